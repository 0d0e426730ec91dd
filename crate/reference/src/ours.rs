//! The same programs on our kernel, and what exploration finds.

use std::cell::Cell;
use std::future::Future;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use chanscope_explore::{Bounds, Explorer, Incomplete, Matters, OutcomeEnding, OutcomeFinding, OutcomeName, Text};
use chanscope_kernel::{Case as Submitted, Go, Limits, Operation, Panic, Passing, Resumed, Run, Select, Selectable};
use chanscope_sync::context::{Cancel, Context, Node};
use chanscope_sync::errgroup::Group;
use chanscope_sync::time::{Hand, Ticker, Time, Timer, after_func, new_ticker, new_timer};
use chanscope_sync::{
    Ask, Chan, Cond, Map, Mutex, Once, Recv, RwMutex, Semaphore, Send, Var, WaitGroup, atomic, select_nothing,
};

use crate::outcome::{COMPLETED, DEADLOCK, Outcome, Outcomes, last_panic, line};
use crate::program::{BOOM, CHANNELS, Case, MEMBERS, MUTEXES, Op, PERIOD, Program, UNITS};

const MATTERS: Matters = Matters { races: false, order_of_output: false };

/// What the optimal search finds; `None` when it takes more than `most` executions.
///
/// # Errors
/// It has gone astray, or has begun an execution in vain.
pub fn searched(program: &Program, most: u64) -> Result<Option<Outcomes>, String> {
    let bounds = Bounds { executions: most, matters: MATTERS, ..Bounds::default() };
    let mut explorer = Explorer::new(|| start(program), bounds);
    while !explorer.advance(1024).over {}
    let report = explorer.report();
    if report.blocked > 0 || report.incomplete.contains(&Incomplete::Astray) {
        return Err(format!("{} executions begun in vain; {:?}", report.blocked, report.incomplete));
    }
    Ok(report.is_complete().then(|| explorer.outcomes().map(outcome).collect()))
}

/// Whether races are found, or may be where there is more than is searched. Without plain memory there are none.
#[must_use]
pub fn has_race(program: &Program, most: u64) -> bool {
    let is_plain = |op: &&Op| matches!(op, Op::Read | Op::Write(_) | Op::Get(_) | Op::Set(..) | Op::Delete(_));
    if !program.ops().iter().any(is_plain) {
        return false;
    }
    let bounds = Bounds { executions: most, matters: Matters { races: true, ..MATTERS }, ..Bounds::default() };
    let mut explorer = Explorer::new(|| start(program), bounds);
    while !explorer.advance(1024).over {}
    let is_race = |finding: &OutcomeFinding| matches!(finding, OutcomeFinding::DataRace { .. });
    !explorer.report().is_complete() || explorer.outcomes().any(|name| name.findings.iter().any(is_race))
}

fn outcome(name: &OutcomeName) -> Outcome {
    let ending = match &name.ending {
        OutcomeEnding::Completed => COMPLETED.to_owned(),
        OutcomeEnding::Deadlocked { .. } => DEADLOCK.to_owned(),
        OutcomeEnding::Panicked { message, .. } => last_panic(&format!("panic: {message}")),
        OutcomeEnding::Fatal { message, .. } => format!("fatal error: {message}"),
        OutcomeEnding::Cut(limit) => format!("cut: {limit:?}"),
    };
    let mut lines: Vec<String> = name.output.iter().map(Text::to_string).collect();
    lines.sort();
    Outcome { ending, lines }
}

/// The program, begun.
#[must_use]
pub fn start(program: &Program) -> Run {
    let program = program.clone();
    Run::new(Limits::default(), move |go| async move {
        let channel = |name, capacity: Option<u8>| match capacity {
            Some(capacity) => Chan::new(&go, name, capacity.into()),
            None => Chan::nil(&go, name),
        };
        if program.at_any_moment {
            go.time_passes(Passing::AtAnyMoment);
        }
        let background = Context::background(&go);
        let (context, cancel) = match program.timeout {
            Some(timeout) => background.with_timeout("ctx", seconds(timeout)).await,
            None => background.with_cancel("ctx").await,
        };
        let (lower, cancel_lower) = context.with_cancel("lower").await;
        let mutexes = ["mu", "nu"].map(|name| Mutex::new(&go, name));
        let world = Rc::new(World {
            channels: [channel("a", program.channels[0]), channel("b", program.channels[1])],
            cond: Cond::new(&go, "cond", &mutexes[0]),
            mutexes,
            timer: new_timer(&go, "timer", seconds(program.timer)),
            ticker: new_ticker(&go, "ticker", seconds(PERIOD))?,
            members: Group::new(&go, "members").with_limit(MEMBERS.into()),
            context,
            cancel,
            lower,
            cancel_lower,
            rw: RwMutex::new(&go, "rw"),
            group: WaitGroup::new(&go, "wg"),
            once: Once::new(&go, "once"),
            atomic: atomic::Int32::new(&go, "x", 0),
            variable: Var::new(&go, "v", 0),
            map: Map::new(&go, "m"),
            semaphore: Semaphore::new(&go, "sem", UNITS.into()),
            background,
        });
        if program.count > 0 {
            world.group.add(program.count.into()).await?;
        }
        Me::new(&go, &world, "0".to_owned()).all(program.main).await
    })
}

fn seconds(number: u8) -> Duration {
    Duration::from_secs(number.into())
}

struct World {
    channels: [Chan<u8>; CHANNELS],
    mutexes: [Mutex; MUTEXES],
    cond: Cond,
    timer: Timer,
    ticker: Ticker,
    members: Group,
    context: Context,
    cancel: Cancel,
    lower: Context,
    cancel_lower: Cancel,
    rw: RwMutex,
    group: WaitGroup,
    once: Once,
    atomic: atomic::Int32,
    variable: Var<u8>,
    map: Map<u8, u8>,
    semaphore: Semaphore,
    background: Context,
}

/// A goroutine, and what it needs to know of itself.
struct Me {
    go: Go,
    world: Rc<World>,
    path: String,
    said: Cell<usize>,
    children: Cell<usize>,
}

type Doing = Pin<Box<dyn Future<Output = Result<(), Panic>>>>;

impl Me {
    fn new(go: &Go, world: &Rc<World>, path: String) -> Rc<Self> {
        Rc::new(Self { go: go.clone(), world: Rc::clone(world), path, said: Cell::new(0), children: Cell::new(0) })
    }

    fn all(self: &Rc<Self>, ops: Vec<Op>) -> Doing {
        let me = Rc::clone(self);
        Box::pin(async move {
            for op in ops {
                me.one(op).await?;
            }
            Ok(())
        })
    }

    async fn say(&self, text: String) {
        let number = self.said.replace(self.said.get() + 1);
        self.go.println(&line(&self.path, number, &text)).await;
    }

    async fn one(self: &Rc<Self>, op: Op) -> Result<(), Panic> {
        let World { channels, mutexes, cond, timer, rw, group, once, atomic, .. } = &*self.world;
        let World { context, cancel, lower, cancel_lower, variable, map, semaphore, background, .. } = &*self.world;
        let World { ticker, members, .. } = &*self.world;
        match op {
            Op::Send(n, value) => channels[n].send(value).await?,
            Op::Recv(n) => self.say(format!("recv{}", got(channels[n].recv().await))).await,
            Op::Range(n) => {
                while let Some(value) = channels[n].recv().await {
                    self.say(format!("range {value}")).await;
                }
            }
            Op::Close(n) => channels[n].close().await?,
            Op::Len(n) => self.say(format!("len {}", channels[n].len().await)).await,
            Op::Select { cases, default } => self.select(&cases, default).await?,
            Op::Lock(n) => mutexes[n].lock().await,
            Op::Unlock(n) => mutexes[n].unlock().await,
            Op::TryLock(n, body) => {
                if self.tried(mutexes[n].try_lock().await, body).await? {
                    mutexes[n].unlock().await;
                }
            }
            Op::WriteLock => rw.lock().await,
            Op::WriteUnlock => rw.unlock().await,
            Op::ReadLock => rw.read_lock().await,
            Op::ReadUnlock => rw.read_unlock().await,
            Op::Writing(body) => {
                rw.lock().await;
                self.all(body).await?;
                rw.unlock().await;
            }
            Op::Reading(body) => {
                rw.read_lock().await;
                self.all(body).await?;
                rw.read_unlock().await;
            }
            Op::TryWriteLock(body) => {
                if self.tried(rw.try_lock().await, body).await? {
                    rw.unlock().await;
                }
            }
            Op::TryReadLock(body) => {
                if self.tried(rw.try_read_lock().await, body).await? {
                    rw.read_unlock().await;
                }
            }
            Op::CondWait => cond.wait().await,
            Op::Signal => cond.signal().await,
            Op::Broadcast => cond.broadcast().await,
            Op::Read => self.say(format!("read {}", variable.load().await)).await,
            Op::Write(value) => variable.store(value).await,
            Op::Get(key) => {
                let got = map.get(key).await.map_or_else(|| "nothing".to_owned(), |value| value.to_string());
                self.say(format!("get {got}")).await;
            }
            Op::Set(key, value) => map.insert(key, value).await?,
            Op::Delete(key) => map.delete(key).await,
            Op::Acquire(units) => semaphore.acquire(background, units.into()).await.expect("nobody cancels it"),
            Op::TryAcquire(units) => {
                self.say(format!("acquire {}", semaphore.try_acquire(units.into()).await)).await;
            }
            Op::Release(units) => semaphore.release(units.into()).await?,
            Op::Sleep(duration) => self.go.sleep(seconds(duration)).await,
            Op::AfterFunc(duration, body) => {
                let child = self.child();
                drop(after_func(&self.go, "later", seconds(duration), move || child.all(body.clone())));
            }
            Op::Timer => {
                timer.recv().await;
                self.say("timer".to_owned()).await;
            }
            Op::Stop => self.say(format!("stop {}", timer.stop().await)).await,
            Op::Reset(duration) => self.say(format!("reset {}", timer.reset(seconds(duration)).await)).await,
            Op::Tick => {
                ticker.recv().await;
                self.say("tick".to_owned()).await;
            }
            Op::StopTicker => drop(ticker.stop().await),
            Op::ResetTicker(period) => drop(ticker.reset(seconds(period))?.await),
            Op::Member(body, fails) => members.go("member", self.child().as_member(body, fails)).await?,
            Op::TryMember(body, fails) => {
                let started = members.try_go("member", self.child().as_member(body, fails)).await?;
                self.say(format!("try go {started}")).await;
            }
            Op::WaitMembers => self.say(format!("group {}", why(members.wait().await.err()))).await,
            Op::Cancel => cancel.call().await,
            Op::CtxDone => {
                context.done().await;
                self.say("done".to_owned()).await;
            }
            Op::CtxErr => self.say(format!("err {}", why(context.err().await))).await,
            Op::Cause => self.say(format!("cause {}", why(context.cause().await))).await,
            Op::Derive => {
                drop(context.with_cancel("derived").await);
                self.say("derived".to_owned()).await;
            }
            Op::CancelLower => cancel_lower.call().await,
            Op::LowerDone => {
                lower.done().await;
                self.say("lower done".to_owned()).await;
            }
            Op::LowerErr => self.say(format!("lower err {}", why(lower.err().await))).await,
            Op::Add => group.add(1).await?,
            Op::Done => group.done().await?,
            Op::Wait => group.wait().await,
            Op::Once(body) => once.call(&self.go, self.all(body)).await?,
            Op::Load => self.say(format!("load {}", atomic.load().await)).await,
            Op::Store(value) => atomic.store(value.into()).await,
            Op::Increment => self.say(format!("add {}", atomic.add_and_load(1).await)).await,
            Op::CompareAndSwap(old, new) => {
                let went = atomic.compare_and_swap(old.into(), new.into()).await;
                self.say(format!("cas {went}")).await;
            }
            Op::Print(value) => self.say(format!("print {value}")).await,
            Op::Spawn(body) => {
                self.go.spawn("worker", self.child().all(body));
            }
            Op::Go(body) => group.go(&self.go, "worker", self.child().all(body)).await?,
            Op::Yield => self.go.yield_now().await,
            Op::Panic => return Err(Panic::new(BOOM)),
            Op::Goexit => return Err(Panic::goexit()),
            Op::Call { body, recovers, deferred } => {
                let me = Rc::clone(self);
                let function = async move {
                    let deferring = Rc::clone(&me);
                    me.go.defer(move |recovery| async move {
                        let recovered = if recovers { recovery.recover() } else { None };
                        if let Some(panic) = recovered {
                            deferring.say(format!("recovered {}", panic.message())).await;
                        }
                        deferring.all(deferred).await
                    });
                    me.all(body).await
                };
                self.go.call(function).await?;
            }
        }
        Ok(())
    }

    /// The next goroutine that this one starts.
    fn child(&self) -> Rc<Self> {
        self.children.set(self.children.get() + 1);
        Self::new(&self.go, &self.world, format!("{}.{}", self.path, self.children.get()))
    }

    async fn as_member(self: Rc<Self>, body: Vec<Op>, fails: bool) -> Result<Result<(), String>, Panic> {
        self.all(body).await?;
        Ok(if fails { Err(self.path.clone()) } else { Ok(()) })
    }

    async fn tried(self: &Rc<Self>, got: bool, body: Vec<Op>) -> Result<bool, Panic> {
        self.say(format!("try {got}")).await;
        if got {
            self.all(body).await?;
        }
        Ok(got)
    }

    async fn select(&self, cases: &[Case], default: bool) -> Result<(), Panic> {
        let World { channels, timer, ticker, context, lower, .. } = &*self.world;
        let mut asked = cases.iter().map(|case| match *case {
            Case::Send(n, value) => Asked::Send(channels[n].send(value)),
            Case::Recv(n) => Asked::Recv(channels[n].recv()),
            Case::Timer => Asked::Timer(timer.recv()),
            Case::Tick => Asked::Timer(ticker.recv()),
            Case::CtxDone => Asked::Done(context.done()),
            Case::LowerDone => Asked::Done(lower.done()),
        });
        let mut next = || asked.next().expect("as many as there are");
        let (nth, taken) = match cases.len() {
            0 => match select_nothing(&self.go).await {},
            1 => self.select_of([next()], default).await,
            2 => self.select_of([next(), next()], default).await,
            3 => self.select_of([next(), next(), next()], default).await,
            4 => self.select_of([next(), next(), next(), next()], default).await,
            more => unreachable!("a select here has at most four cases, not {more}"),
        }
        .map_or((0, None), |(nth, taken)| (nth, Some(taken)));
        let text = match taken {
            None => "default".to_owned(),
            Some(Asked::Send(send)) => {
                send.finish()?;
                format!("case {nth}")
            }
            Some(Asked::Recv(recv)) => format!("case {nth}{}", got(recv.finish())),
            Some(Asked::Timer(_) | Asked::Done(_)) => format!("case {nth}"),
        };
        self.say(text).await;
        Ok(())
    }

    /// Which case went through; `None` for the default.
    async fn select_of<const N: usize>(&self, mut cases: [Asked; N], default: bool) -> Option<(usize, Asked)> {
        let submitted = cases.each_mut().map(|case| case as &mut dyn Selectable);
        match Select::new(self.go.runtime(), submitted, default).await {
            Resumed::Default => None,
            Resumed::Case(nth) => cases.into_iter().enumerate().nth(nth.into()),
        }
    }
}

fn why(error: Option<impl ToString>) -> String {
    error.map_or_else(|| "<nil>".to_owned(), |error| error.to_string())
}

fn got(received: Option<u8>) -> String {
    received.map_or_else(|| " closed".to_owned(), |value| format!(" {value}"))
}

/// A case of a select whose cases are known only now.
enum Asked {
    Send(Operation<Send<u8>>),
    Recv(Operation<Recv<u8>>),
    Timer(Operation<Ask<Hand, Time>>),
    Done(Operation<Ask<Node, ()>>),
}

impl Asked {
    fn case(&mut self) -> &mut dyn Selectable {
        match self {
            Self::Send(send) => send,
            Self::Recv(recv) => recv,
            Self::Timer(timer) => timer,
            Self::Done(done) => done,
        }
    }
}

impl Selectable for Asked {
    fn open(&mut self) -> Submitted {
        self.case().open()
    }

    fn withdraw(&mut self) {
        self.case().withdraw();
    }
}
