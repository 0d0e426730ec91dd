//! A run that is over, and what can be asked about it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use chanscope_explore::{Order, judge};
use chanscope_kernel::trace::{Checkpoints, DIGEST_VERSION, Difference, Digest, DigestError, Index, Status, Window};
use chanscope_kernel::words::Language;
use chanscope_kernel::{Finding, GoroutineId, Outcome, Position, Queues, Schedule, Strategy, Tell, Trace, Verdict};

use crate::plan::Plan;
use crate::refusal::{Refusal, RefusalKind};
use crate::search::{self, Query};
use crate::verdict::{self, VerdictTold};

/// A finished run with all that answers are made from.
pub struct Finished {
    plan: Plan,
    outcome: Outcome,
    /// Who had which place on processors, where the strategy has some.
    schedule: Option<Schedule>,
    verdict: Verdict,
    index: Index,
    checkpoints: Checkpoints,
    leaked: BTreeSet<GoroutineId>,
    digest: Digest,
    /// Events that printed.
    prints: Vec<Position>,
    /// The two accesses of each data race.
    races: Vec<[Position; 2]>,
    /// What orders its events, once it was asked for.
    pub(crate) order: OnceCell<Order>,
}

impl Finished {
    pub(crate) fn new(plan: Plan, outcome: Outcome, schedule: Option<Schedule>) -> Self {
        let verdict = judge(&outcome);
        let trace = &outcome.trace;
        let mut leaked = BTreeSet::new();
        for finding in &outcome.left_behind {
            if let Finding::Leaked { goroutine } = finding {
                leaked.insert(*goroutine);
            }
        }
        Self {
            races: verdict.findings.iter().filter_map(accesses).collect(),
            order: OnceCell::new(),
            leaked,
            verdict,
            index: Index::new(trace),
            checkpoints: Checkpoints::new(trace),
            digest: Digest::of(trace),
            prints: trace.prints().collect(),
            plan,
            outcome,
            schedule,
        }
    }

    /// Runs a plan to its end.
    ///
    /// # Errors
    /// When a choice made by hand is not possible where it was to be made.
    pub fn run(plan: Plan) -> Result<Self, Refusal> {
        let (mut run, mut strategy) = plan.start();
        while !run.advance(&mut strategy, u32::MAX)? {}
        Ok(Self::new(plan, run.finish(), strategy.take_schedule()))
    }

    /// What made the run.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    pub(crate) fn into_plan(self) -> Plan {
        self.plan
    }

    /// What happened.
    #[must_use]
    pub fn trace(&self) -> &Trace {
        &self.outcome.trace
    }

    /// How it ended, and what was found.
    #[must_use]
    pub fn verdict(&self) -> &Verdict {
        &self.verdict
    }

    /// The verdict in words.
    #[must_use]
    pub fn verdict_told(&self) -> VerdictTold {
        verdict::told(&self.verdict, |language| self.tell(language), &self.checkpoints)
    }

    /// States to start from when the state at a position is asked for.
    #[must_use]
    pub fn checkpoints(&self) -> &Checkpoints {
        &self.checkpoints
    }

    /// Events that printed, in order.
    #[must_use]
    pub fn prints(&self) -> &[Position] {
        &self.prints
    }

    /// The digest of the trace, as links carry it.
    #[must_use]
    pub fn digest(&self) -> String {
        self.digest.to_string()
    }

    /// The trace as the timeline asks about it.
    #[must_use]
    pub fn window(&self) -> Window<'_> {
        Window { trace: self.trace(), index: &self.index, leaked: &self.leaked }
    }

    /// The two accesses of each data race. There are few.
    #[must_use]
    pub fn races(&self) -> &[[Position; 2]] {
        &self.races
    }

    /// Who is on which processor and who waits for one, where the strategy has processors. Whoever waits for something
    /// else, or is over, has no place: a choice made by hand may have taken him out of a queue.
    ///
    /// Cost: how often anybody's place has changed up to there.
    #[must_use]
    pub fn queues(&self, at: Position) -> Option<Queues> {
        let mut queues = self.schedule.as_ref()?.at(at);
        let window = self.window();
        let can_go = |id: &GoroutineId| matches!(window.status(*id, at), Some(Status::Running | Status::Ready));
        for processor in &mut queues.processors {
            processor.running = processor.running.filter(can_go);
            processor.next = processor.next.filter(can_go);
            processor.queue.retain(can_go);
        }
        queues.global.retain(can_go);
        Some(queues)
    }

    /// What says things in words.
    #[must_use]
    pub fn tell(&self, language: Language) -> Tell<'_> {
        Tell { trace: self.trace(), index: &self.index, language }
    }

    /// The position after the nearest event that fits.
    #[must_use]
    pub fn find(&self, query: Query) -> Option<Position> {
        search::find(self.trace(), &self.index, &self.races, query)
    }

    /// The fragment for a moment of the run.
    ///
    /// # Errors
    /// When the run is too long for a link.
    pub fn link(&self, at: Position, with_digest: bool) -> Result<String, Refusal> {
        let digest = with_digest.then(|| self.digest());
        self.plan.link(at, digest.as_deref())
    }

    /// Where the run parts from the one with this digest: `None` when they are the same.
    ///
    /// # Errors
    /// When the text is no digest that can be compared.
    pub fn compare_digest(&self, digest: &str) -> Result<Option<Difference>, Refusal> {
        let recorded = Digest::parse(digest).map_err(|error| {
            let (en, zh) = match error {
                DigestError::Malformed => (
                    "The link's digest is damaged: whether this is the run that was shared cannot be checked.",
                    "链接中的摘要已损坏，无法核对这是否就是所分享的那次运行。",
                ),
                DigestError::OtherVersion(version) if version < DIGEST_VERSION => (
                    "This link was recorded with an older version of Chanscope. It still replays, but whether to the \
                     same run cannot be checked.",
                    "这个链接由较早版本的 Chanscope 生成。它仍可重放，但无法核对是否为同一次运行。",
                ),
                DigestError::OtherVersion(_) => (
                    "This link was recorded with a newer version of Chanscope. It replays here, but whether to the same \
                     run cannot be checked.",
                    "这个链接由更新版本的 Chanscope 生成。它可以在这里重放，但无法核对是否为同一次运行。",
                ),
            };
            Refusal::new(RefusalKind::Digest, en, zh)
        })?;
        Ok(self.digest.difference(&recorded))
    }
}

/// The two accesses of a race.
fn accesses(finding: &Finding) -> Option<[Position; 2]> {
    match finding {
        Finding::DataRace { first, second, .. } => Some([first.at, second.at]),
        Finding::Leaked { .. } | Finding::Lost { .. } | Finding::NotCancelled { .. } => None,
    }
}
