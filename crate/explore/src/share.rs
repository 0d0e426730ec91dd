//! What a worker has found in its parts, to be put together with what the others have.

use chanscope_kernel::Verdict;

use crate::action::{Action, Manner};
use crate::explorer::{Explorer, Incomplete};
use crate::names::Names;
use crate::outcome::OutcomeName;

/// What was found in one part.
pub(crate) struct Share {
    executions: u64,
    blocked: u64,
    looked: u64,
    /// Why there may be more in that part.
    incomplete: Vec<Incomplete>,
    outcomes: Vec<Outcome>,
    /// By which the witnesses are told.
    names: Names,
}

struct Outcome {
    name: OutcomeName,
    verdict: Verdict,
    count: u64,
    switches: usize,
    witness: Vec<Action>,
}

impl Explorer<'_> {
    /// Ends the search, and leaves what it has found.
    pub(crate) fn leave(mut self) -> Share {
        let report = self.report();
        // The bound on executions is that of all parts together.
        let own = |why: &Incomplete| !matches!(why, Incomplete::Searching | Incomplete::Executions);
        let outcomes = std::mem::take(&mut self.outcomes).into_iter().map(|(name, index)| {
            let found = &mut self.found[index];
            let (verdict, witness) = (found.verdict.clone(), std::mem::take(&mut found.witness));
            Outcome { name, verdict, count: found.count, switches: found.switches, witness }
        });
        Share {
            executions: report.executions,
            blocked: report.blocked,
            looked: report.looked,
            incomplete: report.incomplete.into_iter().filter(own).collect(),
            outcomes: outcomes.collect(),
            names: std::mem::take(&mut self.search.names),
        }
    }

    /// Adds what was found in a part of what this is the whole of.
    pub(crate) fn join(&mut self, share: Share) {
        let Share { executions, blocked, looked, incomplete, outcomes, names } = share;
        self.executions += executions;
        self.search.blocked += blocked;
        self.search.looked += looked;
        self.elsewhere.extend(incomplete);
        for Outcome { name, verdict, count, switches, witness } in outcomes {
            let index = self.index_of(name, verdict);
            let own = &mut self.search.names;
            let witness = witness.into_iter().map(|action| renamed(action, |who| own.adopt(&names, who))).collect();
            self.found[index].count += count;
            self.found[index].take_smaller(switches, witness);
        }
    }
}

fn renamed(action: Action, mut name: impl FnMut(u32) -> u32) -> Action {
    let manner = match action.manner {
        Manner::Meet { case, partner, partner_case } => Manner::Meet { case, partner: name(partner), partner_case },
        alone => alone,
    };
    Action { who: name(action.who), manner }
}
