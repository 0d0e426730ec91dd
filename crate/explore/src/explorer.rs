//! What can happen in a program, searched in slices and reported as it goes.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_kernel::{Deviation, Start, Verdict};

use crate::action::Action;
use crate::bounded::{Bounded, Cost};
use crate::gathered::Gathered;
use crate::judge::judge_where;
use crate::matters::Matters;
use crate::outcome::{OutcomeEnding, OutcomeName};
use crate::part::Part;
use crate::search::{Ended, Search};
use crate::smallest::least;
use crate::tally::write_key;
use crate::witness::{deviations, straightened, switches};

/// What a search may take. The caller keeps the time: the library knows no clock.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Bounds {
    /// Executions, at most.
    pub executions: u64,
    /// Steps of one execution, at most; what is longer is left as it is. The cost of an execution grows with the square
    /// of its steps, and faster where operations can wait.
    pub steps: usize,
    /// Preemptions of one execution, at most: how often somebody else goes on although whoever moved last could have,
    /// and did not give way by himself. With such a bound the search is another one, which keeps what it has seen.
    pub preemptions: Option<u32>,
    /// What is told apart beside what goroutines do.
    pub matters: Matters,
}

impl Default for Bounds {
    fn default() -> Self {
        Self { executions: u64::MAX, steps: 400, preemptions: None, matters: Matters::default() }
    }
}

/// Why a search does not know all that can happen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Incomplete {
    /// It has not come to its end.
    Searching,
    /// It was [told to leave off](Explorer::leave_off_at) within an execution.
    LeftOff,
    /// [`Bounds::executions`] were run.
    Executions,
    /// Some execution was longer than [`Bounds::steps`].
    Steps,
    /// Some execution would have taken more than [`Bounds::preemptions`].
    Preemptions,
    /// There are more moments than a search with a bound on preemptions remembers.
    States,
    /// Some moment had more possibilities than are tried.
    Choices,
    /// Some operation could have gone on differently in more ways than are looked at.
    Looks,
    /// More was found to be tried at one time than is remembered.
    Foreseen,
    /// A step that the search had foreseen could not be taken: a fault of the search.
    Astray,
    /// A limit of the program cut some execution short.
    Cut,
}

/// How far a search is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Progress {
    /// Executions so far, no two of them equivalent.
    pub executions: u64,
    /// Outcomes so far.
    pub outcomes: usize,
    /// Whether there is nothing left to run, or nothing that may be.
    pub over: bool,
}

/// An outcome that was seen.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Seen {
    /// Its name.
    pub name: OutcomeName,
    /// The verdict on an execution with it.
    pub verdict: Verdict,
    /// Inequivalent executions with this outcome. Not a probability.
    pub count: u64,
    /// Context switches of the smallest witness found.
    pub switches: usize,
    /// Steps of that witness.
    pub steps: usize,
    /// Whether it was proven that no run with this outcome has fewer switches, nor as many and fewer steps.
    pub smallest: bool,
}

/// What a search has found.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Report {
    /// Executions, no two of them equivalent.
    pub executions: u64,
    /// Executions that were begun and thrown away. There are none; a test holds that.
    pub blocked: u64,
    /// Prefixes that were run only to see what could be done after them.
    pub looked: u64,
    /// Why there may be more; empty when this is all that can happen.
    pub incomplete: Vec<Incomplete>,
    /// By name.
    pub outcomes: Vec<Seen>,
}

impl Report {
    /// Whether this is all that can happen.
    #[must_use]
    pub fn is_complete(&self) -> bool {
        self.incomplete.is_empty()
    }
}

/// A search that goes on when it is told to.
pub struct Explorer<'a> {
    pub(crate) search: Search<'a>,
    /// What goes through the program in the place of the search's own way.
    bounded: Option<Bounded>,
    pub(crate) bounds: Bounds,
    pub(crate) executions: u64,
    pub(crate) over: bool,
    cut: bool,
    /// What is known of its parts, where those are searched in its place.
    pub(crate) gathered: Option<Gathered>,
    /// By name: where in `found`.
    pub(crate) outcomes: BTreeMap<OutcomeName, usize>,
    pub(crate) found: Vec<Found>,
    by_key: BTreeMap<Vec<u32>, usize>,
    /// Of the last execution; kept for its memory.
    key: Vec<u32>,
    /// The key that came last, and where in `found` it is: most executions have the same as the one before.
    last_key: (Vec<u32>, usize),
}

pub(crate) struct Found {
    pub(crate) verdict: Verdict,
    pub(crate) count: u64,
    pub(crate) switches: usize,
    pub(crate) witness: Vec<Action>,
    /// The part that the witness is from.
    pub(crate) part: usize,
    smallest: bool,
}

impl Found {
    fn of(verdict: Verdict) -> Self {
        Self { verdict, count: 0, switches: usize::MAX, witness: Vec::new(), part: 0, smallest: false }
    }

    /// Whether its witness is as small as one of so many switches and steps.
    fn is_as_small(&self, switches: usize, steps: usize) -> bool {
        (switches, steps) >= (self.switches, self.witness.len())
    }
}

impl<'a> Explorer<'a> {
    /// A search through the program that `start` starts, which has to be the same each time.
    #[must_use]
    pub fn new(start: impl Start + 'a, bounds: Bounds) -> Self {
        let bounded = bounds.preemptions.map(|most| Bounded::new(Cost::Preemptions, most));
        let search = Search::new(Box::new(start), bounds.steps, bounds.matters);
        Self { bounded, ..Self::of_search(search, bounds) }
    }

    fn of_search(search: Search<'a>, bounds: Bounds) -> Self {
        Self {
            search,
            bounded: None,
            bounds,
            gathered: None,
            executions: 0,
            over: false,
            cut: false,
            outcomes: BTreeMap::new(),
            found: Vec::new(),
            by_key: BTreeMap::new(),
            key: Vec::new(),
            last_key: (Vec::new(), 0),
        }
    }

    /// The same through a part of what can happen in it.
    #[must_use]
    pub fn of_part(start: Box<dyn Start + 'a>, bounds: Bounds, part: &Part) -> Self {
        Self::of_search(Search::of_part(start, bounds.steps, bounds.matters, part), bounds)
    }

    /// Gives the search a flag to look at within an execution too, of which the first can take long in a large program.
    /// Once it is set nothing more is looked for in the execution at hand, which the report
    /// [tells](Incomplete::LeftOff); who sets it goes on no further.
    pub fn leave_off_at(&mut self, flag: Arc<AtomicBool>) {
        self.search.leave_off = flag;
    }

    /// Runs the program up to so many times more; not at all where others search its [parts](Self::gather).
    pub fn advance(&mut self, executions: u64) -> Progress {
        for _ in 0..executions {
            if self.progress().over || self.gathered.is_some() {
                break;
            }
            self.one_more();
        }
        self.progress()
    }

    /// How far it is.
    #[must_use]
    pub fn progress(&self) -> Progress {
        let over = self.over || self.executions == self.bounds.executions;
        Progress { executions: self.executions, outcomes: self.outcomes.len(), over }
    }

    fn one_more(&mut self) {
        let ended = match &mut self.bounded {
            Some(bounded) => bounded.next(&mut self.search),
            None => self.search.next(),
        };
        let Some(ended) = ended else {
            self.over = true;
            return;
        };
        // What is left is known by now: a bound that is met with the last execution is none.
        self.over = self.bounded.is_none() && self.search.is_done();
        let counts = matches!(ended, Ended::Whole | Ended::TooLong);
        self.executions += u64::from(counts);
        if matches!(ended, Ended::TooLong | Ended::Left | Ended::Elsewhere) {
            return;
        }
        let index = self.outcome_at_hand();
        let found = &mut self.found[index];
        found.count += u64::from(counts);
        let past = &self.search.past;
        let steps = past.len();
        // Putting it in a straighter order is worth its while only where it may win.
        if found.is_as_small(switches(past.actions()), steps) {
            return;
        }
        let order = straightened(past, &self.search.names);
        let witness: Vec<Action> = order.into_iter().map(|step| past.steps()[step].label.action).collect();
        let switches = switches(witness.iter().copied());
        if !found.is_as_small(switches, steps) {
            (found.switches, found.witness) = (switches, witness);
        }
    }

    /// Tries to prove that the witness of an outcome is the smallest there is, and replaces it where there is a smaller
    /// one: all runs with no switch, all with one, and so on until the outcome shows. Before each run `go_on` is told
    /// how many there were, and ends it by `false`. Answers whether it is proven. Nothing is done for an outcome that
    /// was not seen, or is proven already.
    pub fn prove_smallest(&mut self, name: &OutcomeName, go_on: impl FnMut(u64) -> bool) -> bool {
        let Self { search, key, outcomes, found, .. } = self;
        let Some(&wanted) = outcomes.get(name) else { return false };
        let Found { switches: most, witness, smallest, .. } = &mut found[wanted];
        if *smallest {
            return true;
        }
        let names = std::mem::take(&mut search.names);
        let mut stage = Search::new(Box::new(&*search.start), search.most_steps, search.matters);
        stage.names = names;
        // Keys are a matter of the search: races are numbered in the order in which it meets them.
        let mut by_key: BTreeMap<Vec<u32>, bool> = BTreeMap::new();
        let shows = |stage: &mut Search<'_>| {
            let Search { conductor, past, names, matters, .. } = stage;
            write_key(conductor.as_ref().expect("it has ended"), past, *matters, names, key);
            if let Some(&shows) = by_key.get(key) {
                return shows;
            }
            let outcome = conductor.take().expect("it has ended").finish();
            let shows = OutcomeName::of(&outcome, &judge_where(&outcome, *matters), *matters) == *name;
            by_key.insert(key.clone(), shows);
            shows
        };
        let least = least(&mut stage, *most, go_on, shows);
        let names = stage.names;
        search.names = names;
        if let Some(shorter) = least.witness {
            let size = switches(shorter.iter().copied());
            if (size, shorter.len()) < (*most, witness.len()) {
                (*most, *witness) = (size, shorter);
            }
        }
        *smallest = least.proven;
        *smallest
    }

    /// Which of the outcomes the last execution has come to; a new one where it was not seen yet.
    fn outcome_at_hand(&mut self) -> usize {
        let Search { conductor, past, names, matters, .. } = &mut self.search;
        write_key(conductor.as_ref().expect("it has ended"), past, *matters, names, &mut self.key);
        if self.key == self.last_key.0 {
            return self.last_key.1;
        }
        self.last_key.0.clone_from(&self.key);
        if let Some(&index) = self.by_key.get(&self.key) {
            self.last_key.1 = index;
            return index;
        }
        let outcome = conductor.take().expect("it has ended").finish();
        let verdict = judge_where(&outcome, *matters);
        let name = OutcomeName::of(&outcome, &verdict, *matters);
        self.cut |= matches!(name.ending, OutcomeEnding::Cut(_));
        let index = self.index_of(name, verdict);
        self.by_key.insert(self.key.clone(), index);
        self.last_key.1 = index;
        index
    }

    /// Where in `found` the outcome is, from now on.
    pub(crate) fn index_of(&mut self, name: OutcomeName, verdict: Verdict) -> usize {
        let index = *self.outcomes.entry(name).or_insert(self.found.len());
        if index == self.found.len() {
            self.found.push(Found::of(verdict));
        }
        index
    }

    /// Whether the outcome was seen.
    #[must_use]
    pub fn has_seen(&self, name: &OutcomeName) -> bool {
        self.outcomes.contains_key(name)
    }

    /// The outcomes so far.
    pub fn outcomes(&self) -> impl Iterator<Item = &OutcomeName> {
        self.outcomes.keys()
    }

    /// The smallest run found that shows the outcome, as its deviations from [`WITNESS_BASE`](crate::WITNESS_BASE).
    /// `None` when the outcome was not seen.
    pub fn witness(&mut self, name: &OutcomeName) -> Option<Vec<Deviation>> {
        let found = &self.found[*self.outcomes.get(name)?];
        Some(deviations(&*self.search.start, &found.witness, &mut self.search.names))
    }

    /// A guess at how many executions there are, from how much of the tree of choices is behind: one when all is. Where
    /// others search its parts, the sum of such guesses.
    /// After Knuth, Estimating the Efficiency of Backtrack Programs, Mathematics of Computation 29, 1975. It can be several
    /// times too high or too low until most is behind: branches differ in size, and are found as the search goes on. `None`
    /// before the first one, and with a bound on preemptions.
    #[must_use]
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    pub fn estimate(&self) -> Option<f64> {
        let own = || self.executions as f64 / self.search.fraction();
        let guess = self.gathered.as_ref().map_or_else(own, Gathered::estimate);
        (self.executions > 0 && self.bounded.is_none() && guess.is_finite()).then_some(guess)
    }

    /// Why there may be more than was found so far.
    pub(crate) fn incomplete(&self) -> BTreeSet<Incomplete> {
        let reasons = [
            (!self.over && self.executions < self.bounds.executions, Incomplete::Searching),
            (!self.over && self.executions == self.bounds.executions, Incomplete::Executions),
            (self.search.too_long, Incomplete::Steps),
            (self.bounded.as_ref().is_some_and(|bounded| bounded.left_out), Incomplete::Preemptions),
            (self.bounded.as_ref().is_some_and(|bounded| bounded.full), Incomplete::States),
            (self.search.too_many_choices, Incomplete::Choices),
            (self.search.too_many_looks, Incomplete::Looks),
            (self.search.foreseen.too_many, Incomplete::Foreseen),
            (self.search.has_left_off, Incomplete::LeftOff),
            (self.search.astray, Incomplete::Astray),
            (self.cut, Incomplete::Cut),
        ];
        let own = reasons.into_iter().filter(|(holds, _)| *holds).map(|(_, reason)| reason);
        own.chain(self.gathered.iter().flat_map(|gathered| gathered.incomplete.iter().copied())).collect()
    }

    /// What was found so far.
    #[must_use]
    pub fn report(&self) -> Report {
        let outcomes =
            self.outcomes.iter().map(|(name, &index)| (name, &self.found[index])).map(|(name, found)| Seen {
                name: name.clone(),
                verdict: found.verdict.clone(),
                count: found.count,
                switches: found.switches,
                steps: found.witness.len(),
                smallest: found.smallest,
            });
        Report {
            executions: self.executions,
            blocked: self.search.blocked,
            looked: self.search.looked,
            incomplete: self.incomplete().into_iter().collect(),
            outcomes: outcomes.collect(),
        }
    }
}

/// Searches to the end, or to a bound.
#[must_use]
pub fn explore<'a>(start: impl Start + 'a, bounds: Bounds) -> Report {
    let mut explorer = Explorer::new(start, bounds);
    while !explorer.advance(1024).over {}
    explorer.report()
}
