//! A search whose parts others search: what they [tell](crate::share) is put together as it comes.
//!
//! In which order it comes changes nothing: counts are added, and of witnesses that are equally small the one from the
//! first part is taken.

use std::collections::BTreeSet;

use chanscope_kernel::{Outcome, Path, Room};

use crate::action::{Action, Manner};
use crate::conductor::Conductor;
use crate::explorer::{Explorer, Found, Incomplete};
use crate::guard::Guard;
use crate::judge::judge_where;
use crate::matters::Matters;
use crate::names::Names;
use crate::outcome::OutcomeName;
use crate::part::StepWay;
use crate::search::Search;
use crate::share::{Share, ShareOutcome, ShareWitness};

/// How much of a part that is not over is taken to be behind beside what is, and to have come to as much as is usual: what
/// has not begun is guessed at by the others, and what has hardly begun mostly so.
const ROUGH: f64 = 0.05;

/// What is known of parts that others search.
pub(crate) struct Gathered {
    parts: Vec<Known>,
    pub(crate) incomplete: BTreeSet<Incomplete>,
}

/// What is known of one part.
#[derive(Clone, Default)]
struct Known {
    /// Where its outcomes are among those of the whole.
    outcomes: Vec<usize>,
    executions: u64,
    /// How much of it is behind, at a guess: nothing before its first execution.
    fraction: f64,
    over: bool,
}

impl Gathered {
    /// A guess at how many executions there are in all parts; no number before the first one.
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    pub(crate) fn estimate(&self) -> f64 {
        let sum = |of: fn(&Known) -> f64| self.parts.iter().map(of).sum::<f64>();
        let usual = sum(|part| part.executions as f64) / sum(|part| part.fraction);
        let guess = |part: &Known| match part.executions as f64 {
            all if part.over => all,
            some => (some + ROUGH * usual) / (part.fraction + ROUGH),
        };
        self.parts.iter().map(guess).sum()
    }
}

impl Explorer<'_> {
    /// From here on others search, each some of so many parts, and what they find is [told](Self::join). All is counted
    /// anew; outcomes that were seen stay, with none of the executions until the parts come to them.
    pub fn gather(&mut self, parts: usize) {
        (self.executions, self.search.blocked, self.search.looked, self.over) = (0, 0, 0, false);
        self.found.iter_mut().for_each(|found| found.count = 0);
        self.gathered = Some(Gathered { parts: vec![Known::default(); parts], incomplete: BTreeSet::new() });
    }

    /// Takes what was found in one of the parts, in the order in which it was found there. Cost: a run for each witness
    /// that is smaller than what was known.
    ///
    /// # Panics
    /// Where nothing is [gathered](Self::gather), or it was not found in a part of this program.
    pub fn join(&mut self, part: usize, share: Share) {
        let Share { executions, blocked, looked, fraction, over, incomplete, outcomes } = share;
        self.executions += executions;
        assert!(self.executions <= self.bounds.executions, "the bound is one for all parts");
        self.search.blocked += blocked;
        self.search.looked += looked;
        for ShareOutcome { nth, count, witness } in outcomes {
            let known = self.gathered().parts[part].outcomes.get(nth).copied();
            let index = match witness {
                Some(witness) => self.take_witness(part, known, &witness),
                None => known.expect("an outcome comes with a witness"),
            };
            self.found[index].count += count;
            let outcomes = &mut self.gathered().parts[part].outcomes;
            if known.is_none() {
                assert_eq!(nth, outcomes.len(), "outcomes come in order");
                outcomes.push(index);
            }
        }
        let gathered = self.gathered();
        gathered.incomplete.extend(incomplete);
        let known = &mut gathered.parts[part];
        known.executions += executions;
        known.over = over;
        known.fraction = match known.executions {
            _ if over => 1.0,
            0 => 0.0,
            _ => fraction,
        };
        self.over = gathered.parts.iter().all(|part| part.over);
    }

    fn gathered(&mut self) -> &mut Gathered {
        self.gathered.as_mut().expect("the parts are searched by others")
    }

    /// Keeps a witness, where it is smaller than the outcome's. Answers which outcome that is, `known` where it was known.
    fn take_witness(&mut self, part: usize, known: Option<usize>, witness: &ShareWitness) -> usize {
        let size = (witness.switches, witness.steps.len(), part);
        // How much was seen before there were parts is a matter of time: it gives way.
        let is_smaller = |found: &Found| found.count == 0 || size < (found.switches, found.witness.len(), found.part);
        if let Some(index) = known.filter(|&index| !is_smaller(&self.found[index])) {
            return index;
        }
        let (actions, outcome) = self.repeated(&witness.steps);
        let verdict = judge_where(&outcome, self.search.matters);
        let index = known.unwrap_or_else(|| {
            let name = OutcomeName::of(&outcome, &verdict, self.search.matters);
            self.index_of(name, verdict.clone())
        });
        let found = &mut self.found[index];
        if is_smaller(found) {
            (found.verdict, found.witness) = (verdict, actions);
            (found.switches, found.part) = (witness.switches, part);
        }
        index
    }

    /// Runs steps that others have taken: the same by the names of this search, and what they come to.
    fn repeated(&mut self, steps: &[(Path, StepWay)]) -> (Vec<Action>, Outcome) {
        let Search { start, names, .. } = &mut self.search;
        let run = start.start(Room::default());
        let mut conductor = Conductor::new(run, Matters::default(), Guard::default(), names);
        let mut actions = Vec::with_capacity(steps.len());
        for (who, way) in steps {
            let _ = conductor.possible();
            let action = by_names(who, way, names);
            conductor.repeat(&action, false, names);
            actions.push(action);
        }
        let _ = conductor.possible();
        assert!(conductor.is_over(), "a witness is a whole run");
        (actions, conductor.finish())
    }
}

fn by_names(who: &Path, way: &StepWay, names: &Names) -> Action {
    let name = |path| names.who(path).expect("who moves was born");
    let manner = match way {
        StepWay::Alone(case) => Manner::Alone { case: *case },
        StepWay::Draw(value) => Manner::Draw { value: *value },
        StepWay::Default => Manner::Default,
        StepWay::Meet { case, partner, partner_case } => {
            Manner::Meet { case: *case, partner: name(partner), partner_case: *partner_case }
        }
    };
    Action { who: name(who), manner }
}
