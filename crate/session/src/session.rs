//! The run at hand: begun, recorded in slices, and asked about once it has finished.

use chanscope_kernel::{Guided, Position, Run, Strategy};

use crate::finished::Finished;
use crate::plan::{Plan, Spec};
use crate::refusal::{Refusal, RefusalKind};

/// One reader's run. Until a new one has finished, the last one that did stays.
#[derive(Default)]
pub struct Session {
    running: Option<Running>,
    finished: Option<Finished>,
}

struct Running {
    plan: Plan,
    run: Run,
    strategy: Guided<Box<dyn Strategy>>,
}

/// How far a run is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Events so far.
    pub events: Position,
    /// Whether it has ended.
    pub done: bool,
}

impl Session {
    /// Starts a run. One that had been begun and not finished is forgotten.
    ///
    /// # Errors
    /// What is wrong with the spec, by field.
    pub fn begin(&mut self, spec: &Spec) -> Result<(), Refusal> {
        self.running = None;
        let plan = Plan::of(spec)?;
        let (run, strategy) = plan.start();
        self.running = Some(Running { plan, run, strategy });
        Ok(())
    }

    /// Records up to `steps` more steps of the run that was begun. When it is done it is the one that is asked about.
    ///
    /// # Errors
    /// When a choice made by hand is not possible there, or nothing was begun.
    pub fn advance(&mut self, steps: u32) -> Result<Progress, Refusal> {
        let Some(running) = &mut self.running else { return Err(nothing_run()) };
        match running.run.advance(&mut running.strategy, steps) {
            Err(diverged) => {
                self.running = None;
                Err(diverged.into())
            }
            Ok(false) => Ok(Progress { events: running.run.position(), done: false }),
            Ok(true) => {
                let Running { plan, run, mut strategy } = self.running.take().expect("it was there a line ago");
                let finished = Finished::new(plan, run.finish(), strategy.take_schedule());
                let events = finished.trace().len();
                self.finished = Some(finished);
                Ok(Progress { events, done: true })
            }
        }
    }

    /// The last run that finished.
    ///
    /// # Errors
    /// When none has.
    pub fn finished(&self) -> Result<&Finished, Refusal> {
        self.finished.as_ref().ok_or_else(nothing_run)
    }
}

fn nothing_run() -> Refusal {
    Refusal::new(RefusalKind::State, "nothing has been run yet", "还没有运行过任何程序")
}
