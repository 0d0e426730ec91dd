//! A run that is over, and what can be asked about it.

use std::cell::OnceCell;
use std::collections::BTreeSet;

use chanscope_explore::{Order, judge};
use chanscope_kernel::trace::{Checkpoints, Difference, Digest, DigestError, Index, Window};
use chanscope_kernel::words::Language;
use chanscope_kernel::{Finding, GoroutineId, Outcome, Position, Tell, Trace, Verdict};

use crate::plan::Plan;
use crate::refusal::{Refusal, RefusalKind};
use crate::search::{self, Query};
use crate::verdict::{self, VerdictTold};

/// A finished run with all that answers are made from.
pub struct Finished {
    plan: Plan,
    outcome: Outcome,
    verdict: Verdict,
    index: Index,
    checkpoints: Checkpoints,
    leaked: BTreeSet<GoroutineId>,
    digest: Digest,
    /// Events that printed.
    prints: Vec<Position>,
    /// The second access of each data race, ascending.
    raced: Vec<Position>,
    /// What orders its events, once it was asked for.
    pub(crate) order: OnceCell<Order>,
}

impl Finished {
    pub(crate) fn new(plan: Plan, outcome: Outcome) -> Self {
        let verdict = judge(&outcome);
        let trace = &outcome.trace;
        let mut leaked = BTreeSet::new();
        for finding in &outcome.left_behind {
            if let Finding::Leaked { goroutine } = finding {
                leaked.insert(*goroutine);
            }
        }
        let mut raced: Vec<Position> = verdict.findings.iter().filter_map(raced_at).collect();
        raced.sort_unstable();
        Self {
            raced,
            order: OnceCell::new(),
            leaked,
            verdict,
            index: Index::new(trace),
            checkpoints: Checkpoints::new(trace),
            digest: Digest::of(trace),
            prints: trace.prints().collect(),
            plan,
            outcome,
        }
    }

    /// Runs a plan to its end.
    ///
    /// # Errors
    /// When a choice made by hand is not possible where it was to be made.
    pub fn run(plan: Plan) -> Result<Self, Refusal> {
        let (mut run, mut strategy) = plan.start();
        while !run.advance(&mut strategy, u32::MAX)? {}
        Ok(Self::new(plan, run.finish()))
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

    /// What says things in words.
    #[must_use]
    pub fn tell(&self, language: Language) -> Tell<'_> {
        Tell { trace: self.trace(), index: &self.index, language }
    }

    /// The position after the nearest event that fits.
    #[must_use]
    pub fn find(&self, query: Query) -> Option<Position> {
        search::find(self.trace(), &self.index, &self.raced, query)
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
            let zh = match error {
                DigestError::Malformed => "链接中的摘要格式不对，无法比对".to_owned(),
                DigestError::OtherVersion(version) => format!("链接中的摘要是第 {version} 版的，本程序无法比对"),
            };
            Refusal::new(RefusalKind::Digest, format!("the link's digest cannot be compared: {error}"), zh)
        })?;
        Ok(self.digest.difference(&recorded))
    }
}

/// Where a race is seen to be one: at the later of its two accesses.
fn raced_at(finding: &Finding) -> Option<Position> {
    match finding {
        Finding::DataRace { first, second, .. } => Some(first.at.max(second.at)),
        Finding::Leaked { .. } | Finding::Lost { .. } | Finding::NotCancelled { .. } => None,
    }
}
