//! Programs on JavaScript's own event loop, in real time.
//!
//! Each goroutine is a task of `wasm_bindgen_futures`. A turn ends after so many commits, so that a goroutine that
//! never waits does not keep the page from answering; timers are real, with a factor on their speed. What comes of it
//! is the order of commits, as a `RunSpec` that replays it on the deterministic executor.

use std::cell::{Cell, RefCell};
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::words::Words;
use chanscope_kernel::{Hosted, Limits, Terms};
use chanscope_scenario::not_taken;
use chanscope_session::{Plan, Refusal, pinned};
use futures::channel::oneshot;
use futures::future::{Either, select};
use js_sys::Promise;
use wasm_bindgen::prelude::{JsValue, wasm_bindgen};
use wasm_bindgen_futures::{JsFuture, future_to_promise, spawn_local};

use crate::javascript::{from_js, refused, to_js};
use crate::wire::RunSpec;

/// Commits in one turn: a fraction of a millisecond.
const COMMITS_A_TURN: u32 = 256;

/// How long, in milliseconds, a reader who can press has for it after each turn. A goroutine that never waits would be
/// at its end before anybody has moved a hand.
const A_HAND: f64 = 100.0;

/// Commits in all. What is longer is not replayed by a link anyway.
const MOST_COMMITS: usize = 20_000;

/// The longest stretch of the program's time, with nothing to do for anybody, that is waited for. The rest an hour
/// takes, as at the end of the notes' context program, passes at once.
const LONGEST_LULL: Duration = Duration::from_mins(1);

/// The longest that a timer of the program is waited for at a time, in milliseconds: what JavaScript's timers can do.
const LONGEST_WAIT: f64 = 2_147_483_647.0;

#[wasm_bindgen]
extern "C" {
    #[wasm_bindgen(js_name = setTimeout)]
    fn set_timeout(callback: &js_sys::Function, milliseconds: f64) -> JsValue;
    #[wasm_bindgen(js_name = clearTimeout)]
    fn clear_timeout(timer: &JsValue);
    #[wasm_bindgen(js_namespace = performance, js_name = now)]
    fn now_milliseconds() -> f64;
}

/// One program under way in real time.
#[wasm_bindgen]
pub struct EventLoop {
    hosted: Hosted,
    plan: Plan,
    /// Wakes the driver while it waits for a timer.
    pressed: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    stopped: Rc<Cell<bool>>,
}

#[wasm_bindgen]
impl EventLoop {
    /// Starts the program of a `RunSpec`. `speed` is how much faster than real its time passes.
    #[wasm_bindgen(constructor)]
    pub fn new(spec: JsValue) -> Result<Self, JsValue> {
        let spec: RunSpec = from_js(spec)?;
        let plan = Plan::of(&(&spec).into()).map_err(|refusal| refused(refusal.into()))?;
        let terms = Terms {
            limits: Limits::default(),
            most_commits: MOST_COMMITS,
            commits_a_turn: Some(COMMITS_A_TURN),
            seed: plan.seed,
        };
        let hosted = Hosted::start(plan.scenario.program(&plan.settings), terms, spawn_local);
        Ok(Self { hosted, plan, pressed: Rc::default(), stopped: Rc::default() })
    }

    /// Lets it run to its end, or until it is [stopped](Self::stop). Answers, by a promise, the `RunSpec` that replays
    /// what happened; what it leaves open is first come, first served.
    pub fn run(&self, speed: f64) -> Result<Promise, JsValue> {
        if !(speed.is_finite() && speed > 0.0) {
            let words = not_taken("speed", &Words::fixed("a number above 0", "大于 0 的数"), &speed.to_string());
            return Err(refused(Refusal::of_field("speed", words).into()));
        }
        let driver = Driver {
            hosted: self.hosted.clone(),
            pressed: Rc::clone(&self.pressed),
            stopped: Rc::clone(&self.stopped),
        };
        let plan = self.plan.clone();
        Ok(future_to_promise(async move {
            driver.drive(speed).await?;
            let recorded = driver.hosted.recorded();
            let pinned = pinned(&plan, recorded).map_err(|diverged| refused(Refusal::from(diverged).into()))?;
            to_js(&RunSpec::from(pinned.spec()))
        }))
    }

    /// The reader presses the button that the program waits for; `false` when it waits for none.
    pub fn press(&self) -> bool {
        let pressed = self.hosted.press();
        self.wake();
        pressed
    }

    /// Whether the program waits for the reader to press a button.
    #[wasm_bindgen(getter, js_name = waitsForReader)]
    #[must_use]
    pub fn waits_for_reader(&self) -> bool {
        self.hosted.waits_for_reader()
    }

    /// Waits no longer: what has happened until here is [recorded](Self::run).
    pub fn stop(&self) {
        self.stopped.set(true);
        self.wake();
    }

    fn wake(&self) {
        if let Some(sender) = self.pressed.borrow_mut().take() {
            // The driver may have given up waiting: then there is nobody to wake.
            let _ = sender.send(());
        }
    }
}

struct Driver {
    hosted: Hosted,
    pressed: Rc<RefCell<Option<oneshot::Sender<()>>>>,
    stopped: Rc<Cell<bool>>,
}

impl Driver {
    async fn drive(&self, speed: f64) -> Result<(), JsValue> {
        let hosted = &self.hosted;
        let mut waited = 0.0;
        while !self.stopped.get() {
            // All tasks that can go on have done so when this comes back: they are microtasks.
            timeout(0.0).await?;
            if hosted.turn_is_used_up() {
                if hosted.waits_for_reader() {
                    self.pressed_within(A_HAND).await?;
                }
                hosted.turn();
            } else if hosted.is_over() {
                break;
            } else if let Some(alarm) = hosted.next_alarm() {
                let started = now_milliseconds();
                let is_lull = alarm > LONGEST_LULL && !hosted.waits_for_reader();
                let left = if is_lull { 0.0 } else { alarm.as_secs_f64() * 1_000.0 / speed - waited };
                if self.pressed_within(left.clamp(0.0, LONGEST_WAIT)).await? {
                    waited += now_milliseconds() - started;
                } else if left <= LONGEST_WAIT {
                    waited = 0.0;
                    hosted.time_passes();
                } else {
                    waited += LONGEST_WAIT;
                }
            } else if hosted.waits_for_reader() {
                self.pressed_within(LONGEST_WAIT).await?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Whether the reader does something before so many milliseconds have passed, or has stopped it already: between
    /// two waits there is nobody to wake.
    async fn pressed_within(&self, milliseconds: f64) -> Result<bool, JsValue> {
        if self.stopped.get() {
            return Ok(true);
        }
        let (sender, receiver) = oneshot::channel();
        *self.pressed.borrow_mut() = Some(sender);
        let timer = std::pin::pin!(timeout(milliseconds));
        match select(receiver, timer).await {
            Either::Left(_) => Ok(true),
            Either::Right((elapsed, _)) => elapsed.map(|()| false),
        }
    }
}

/// A macrotask's time: comes back when so many milliseconds have passed, and everything else had its turn.
async fn timeout(milliseconds: f64) -> Result<(), JsValue> {
    let mut timer = Timer(JsValue::UNDEFINED);
    let promise = Promise::new(&mut |resolve, _| timer.0 = set_timeout(&resolve, milliseconds));
    JsFuture::from(promise).await.map(|_| ())
}

/// A timer that is cleared when nobody waits for it any more.
struct Timer(JsValue);

impl Drop for Timer {
    fn drop(&mut self) {
        clear_timeout(&self.0);
    }
}
