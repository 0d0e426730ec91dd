//! All that can happen in a scenario with given settings: searched in slices, sampled beside, and told as it goes.
//!
//! The search is `chanscope-explore`'s. Here it gets its limits checked, and each outcome the run that shows it.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::sync::atomic::AtomicBool;

use chanscope_explore::{
    Bounds, Explorer, Incomplete, NoTurning, OutcomeName, Report, Sample, Sampled, Share, WITNESS_BASE,
    point_of_no_return,
};
use chanscope_explore::{Progress, Threads};
use chanscope_kernel::{Limits, Pct, Room, Run, Start};
use chanscope_scenario::{Checked, Scenario, StrategyName};

use crate::bounds::{
    ExploreBounds, MAX_CLOSER, MAX_OUTCOMES, MAX_SAMPLE_EVENTS, PROOF_RUNS, Reason, TURNING_EXECUTIONS,
};
use crate::outcome::{Found, Shown, Turning};
use crate::plan::Plan;

/// A search through what can happen.
pub struct Exploration {
    plan: Plan,
    bounds: ExploreBounds,
    explorer: Explorer<'static>,
    sample: Sample,
    /// Why it goes on no more, where that was not for the search to say.
    stopped: Option<Reason>,
    /// Each with its number.
    shown: BTreeMap<OutcomeName, (usize, Shown)>,
    /// How often it has [looked closer](Exploration::look_closer).
    looked_closer: usize,
}

/// How far a search is.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Standing {
    /// Executions so far, no two of them equivalent.
    pub executions: u64,
    /// Outcomes so far.
    pub outcomes: usize,
    /// A guess at how many executions there are in all, which can be several times too high or too low. `None` while
    /// nothing can be guessed, and once nothing is left to guess.
    pub estimate: Option<f64>,
    /// Random runs so far.
    pub sampled: u64,
    /// Whether the search has nothing left to do. Sampling may have.
    pub over: bool,
}

/// What a search has found.
#[derive(Clone, Debug)]
pub struct Findings {
    /// Executions, no two of them equivalent.
    pub executions: u64,
    /// Executions that were begun and thrown away.
    pub blocked: u64,
    /// A guess at how many executions there are in all (see [`Standing::estimate`]), where the search was cut.
    pub estimate: Option<f64>,
    /// Random runs.
    pub sampled: u64,
    /// Those of them that were cut off at [`MAX_SAMPLE_EVENTS`] or another limit: no outcome counts them.
    pub sampled_cut: u64,
    /// Why there may be more; empty when this is all that can happen.
    pub incomplete: Vec<Reason>,
    /// See [`Exploration::left_to_look_at`].
    pub left_to_look_at: usize,
    /// Good ones first, in an order that does not change as more come.
    pub outcomes: Vec<Found>,
}

impl Exploration {
    /// A search that has not begun.
    #[must_use]
    pub fn new(scenario: &'static Scenario, settings: Checked, bounds: ExploreBounds) -> Self {
        let plan = searched(scenario, settings);
        let explorer = Explorer::new(Starter::of(&plan, Limits::default()), bounds.of_search());
        let (sample, shown) = (Sample::default(), BTreeMap::new());
        Self { plan, bounds, explorer, sample, stopped: None, shown, looked_closer: 0 }
    }

    /// What is searched: witnesses deviate from this plan.
    #[must_use]
    pub fn plan(&self) -> &Plan {
        &self.plan
    }

    /// The limits in force.
    #[must_use]
    pub fn bounds(&self) -> ExploreBounds {
        self.bounds
    }

    /// See [`Explorer::leave_off_at`].
    pub fn leave_off_at(&mut self, flag: Arc<AtomicBool>) {
        self.explorer.leave_off_at(flag);
    }

    /// Runs up to so many executions more.
    pub fn advance(&mut self, executions: u64) -> Standing {
        if self.stopped.is_none() {
            self.explorer.advance(executions);
            self.stopped = too_many(self.explorer.progress());
        }
        self.standing()
    }

    /// Begins again, searched by others: each searches some of so many [parts](crate::Parts), and what they find is
    /// [told](Self::join). See [`Explorer::gather`].
    pub fn gather(&mut self, parts: usize) {
        self.explorer.gather(parts);
    }

    /// See [`Explorer::join`]. The bound on executions is for whoever has them run to keep.
    pub fn join(&mut self, part: usize, share: Share) -> Standing {
        self.explorer.join(part, share);
        self.stopped = too_many(self.explorer.progress());
        self.standing()
    }

    /// Searches to the end on threads, where there is enough to do for them. `go_on` is told how far they are, and ends the
    /// search by a reason. Counts do not depend on the number of threads.
    pub fn search_beside(&mut self, threads: &dyn Threads, mut go_on: impl FnMut(Standing) -> Option<Reason>) {
        let Self { plan, explorer, stopped, sample, .. } = self;
        let sampled = sample.runs;
        let start = || -> Box<dyn Start> { Box::new(Starter::of(plan, Limits::default())) };
        explorer.search_beside(threads, &start, |progress, estimate| {
            let Progress { executions, outcomes, over } = progress;
            *stopped = too_many(progress).or_else(|| go_on(Standing { executions, outcomes, estimate, sampled, over }));
            stopped.is_none()
        });
        if explorer.progress().over && !explorer.report().incomplete.contains(&Incomplete::LeftOff) {
            *stopped = None;
        }
    }

    /// Ends the search where it is. Nothing changes where it has come to its end.
    pub fn stop(&mut self, why: Reason) {
        if !self.standing().over {
            self.stopped = Some(why);
        }
    }

    /// Runs up to so many random runs more. Answers whether there are still some to come.
    pub fn sample(&mut self, runs: u64) -> bool {
        let left = self.bounds.samples - self.sample.runs;
        let limits = Limits { events: MAX_SAMPLE_EVENTS, ..Limits::default() };
        let starter = Starter::of(&self.plan, limits);
        let Self { plan, bounds, sample, .. } = self;
        let start = || starter.start(Room::default());
        sample.advance(start, |seed| sampled(plan, *bounds, seed).base(), runs.min(left), bounds.matters());
        self.sample.runs < self.bounds.samples
    }

    /// For sampling by PCT: one run meets what takes [`Pct::DEPTH`] orderings with a probability of at least one in so
    /// many (see [`Pct`]), in runs of the usual length. `None` for other samples, and before the first.
    #[must_use]
    pub fn one_in(&self) -> Option<u64> {
        let goroutines = u64::try_from(self.sample.goroutines).expect("they are limited");
        (self.bounds.sampling == StrategyName::Pct && goroutines > 0)
            .then(|| goroutines * u64::from(self.plan.usual_length()).pow(Pct::DEPTH - 1))
    }

    /// How far it is.
    #[must_use]
    pub fn standing(&self) -> Standing {
        let progress = self.explorer.progress();
        let cut = !progress.over || progress.executions == self.bounds.executions;
        Standing {
            executions: progress.executions,
            outcomes: progress.outcomes + self.seen_by_chance_alone().count(),
            estimate: self.estimate(progress.executions, cut),
            sampled: self.sample.runs,
            over: progress.over || self.stopped.is_some(),
        }
    }

    /// A search that was `cut` has seen so many already.
    #[expect(clippy::cast_precision_loss, reason = "it is a guess")]
    fn estimate(&self, executions: u64, cut: bool) -> Option<f64> {
        let guess = self.explorer.estimate().filter(|_| cut)?;
        Some(guess.max(executions as f64))
    }

    /// What the search has not come to, and sampling has.
    fn seen_by_chance_alone(&self) -> impl Iterator<Item = (&OutcomeName, &Sampled)> {
        self.sample.outcomes.iter().filter(|(name, _)| !self.explorer.has_seen(name))
    }

    /// What was found so far. Cost: a run of each outcome whose smallest witness is new.
    ///
    /// # Panics
    /// When a witness does not replay.
    pub fn findings(&mut self) -> Findings {
        let report = self.show();
        let seen = report.outcomes.iter().map(|seen| (&seen.name, seen.count, seen.smallest));
        let by_chance = self.seen_by_chance_alone().map(|(name, _)| (name, 0, false));
        let found = seen.chain(by_chance).map(|(name, count, smallest)| {
            let (number, shown) = self.shown[name].clone();
            let sampled = self.sample.outcomes.get(name).map_or(0, |sampled| sampled.count);
            Found { name: name.clone(), number, count, sampled, smallest, shown }
        });
        let mut outcomes: Vec<Found> = found.collect();
        let cut = |why: &Incomplete| matches!(why, Incomplete::Searching | Incomplete::Executions);
        let estimate = self.estimate(report.executions, report.incomplete.iter().any(cut));
        let mut incomplete: Vec<Reason> = report.incomplete.iter().map(|&why| why.into()).collect();
        if let Some(why) = self.stopped {
            incomplete.retain(|reason| *reason != Reason::Searching);
            incomplete.push(why);
        }
        outcomes.sort_by(|a, b| place(&a.name).cmp(&place(&b.name)));
        Findings {
            executions: report.executions,
            blocked: report.blocked,
            estimate,
            sampled: self.sample.runs,
            sampled_cut: self.sample.cut,
            incomplete,
            left_to_look_at: self.left_to_look_at(),
            outcomes,
        }
    }

    /// Runs the witness of each outcome that has none yet, or a smaller one than it had.
    fn show(&mut self) -> Report {
        let report = self.explorer.report();
        for seen in &report.outcomes {
            let size = (seen.switches, seen.steps);
            if self.shown.get(&seen.name).is_none_or(|(_, shown)| shown.size != size) {
                let deviations = self.explorer.witness(&seen.name).expect("it was seen");
                self.show_run(seen.name.clone(), Plan { deviations, ..self.plan.clone() }, size);
            }
        }
        let new = self.seen_by_chance_alone().filter(|(name, _)| !self.shown.contains_key(name));
        let new: Vec<_> = new.map(|(name, sampled)| (name.clone(), sampled.seed)).collect();
        for (name, seed) in new {
            self.show_run(name, sampled(&self.plan, self.bounds, seed), BY_CHANCE);
        }
        report
    }

    fn show_run(&mut self, name: OutcomeName, plan: Plan, size: (usize, usize)) {
        let shown = Shown::of(plan, size, &name);
        let number = self.shown.get(&name).map_or(self.shown.len(), |(number, _)| *number);
        self.shown.insert(name, (number, shown));
    }

    /// Looks closer at one outcome more, once nothing is added to them: first makes the witness of each [the
    /// smallest](Self::prove_smallest), then looks for the [point of no return](Self::turning) of each bad one; of the
    /// first [`MAX_CLOSER`] at most. Answers whether there was one left to look at. `go_on` ends the look by `false`.
    pub fn look_closer(&mut self, go_on: impl FnMut() -> bool) -> bool {
        self.show();
        let Some(look) = self.looks().into_iter().nth(self.looked_closer) else { return false };
        match look {
            Look::Smallest(name) => self.prove_smallest(&name, go_on),
            // Why there is none is told with the outcome.
            Look::Turning(name) => _ = self.turning(&name, go_on),
        }
        self.looked_closer += 1;
        true
    }

    /// How often [`look_closer`](Self::look_closer) has something left to do, among the outcomes so far.
    #[must_use]
    pub fn left_to_look_at(&self) -> usize {
        self.looks().len().saturating_sub(self.looked_closer)
    }

    fn looks(&self) -> Vec<Look> {
        let by_chance = self.seen_by_chance_alone().map(|(name, _)| name);
        let mut names: Vec<&OutcomeName> = self.explorer.outcomes().chain(by_chance).collect();
        names.sort_by_key(|name| place(name));
        let proofs = names.iter().take(MAX_CLOSER).map(|&name| Look::Smallest(name.clone()));
        let bad = names.iter().filter(|name| !name.is_good()).take(MAX_CLOSER);
        let turnings = bad.map(|&name| Look::Turning(name.clone()));
        proofs.chain(turnings).collect()
    }

    /// Tries to prove that an outcome's witness is the smallest there is, and finds a smaller one where there is one.
    /// Cost: at most [`PROOF_RUNS`] runs; `go_on` is asked before each, and ends it by `false`.
    pub fn prove_smallest(&mut self, name: &OutcomeName, mut go_on: impl FnMut() -> bool) {
        self.explorer.prove_smallest(name, |runs| runs < PROOF_RUNS && go_on());
    }

    /// The last choice of a bad outcome's witness from which a good outcome could still be reached. Cost: searches from
    /// a few prefixes of the witness, each of at most [`TURNING_EXECUTIONS`]. `go_on` is asked between executions; it
    /// ends the search by `false`, and the question can be asked again.
    ///
    /// # Errors
    /// [`NoTurning`].
    ///
    /// # Panics
    /// When no such outcome was found.
    pub fn turning(&mut self, name: &OutcomeName, go_on: impl FnMut() -> bool) -> Result<Turning, NoTurning> {
        let (_, shown) = self.shown.get_mut(name).expect("it was found");
        if let Some(turning) = &shown.turning {
            return turning.clone();
        }
        // A bound on preemptions says nothing about what can still be reached.
        if shown.size == BY_CHANCE {
            return Err(NoTurning::Unknown);
        }
        let bounds = Bounds { executions: TURNING_EXECUTIONS, preemptions: None, ..self.bounds.of_search() };
        let starter = Starter::of(&self.plan, Limits::default());
        let start = || starter.start(Room::default());
        let point = point_of_no_return(start, &shown.plan.deviations, bounds, OutcomeName::is_good, go_on);
        if point == Err(NoTurning::Stopped) {
            return Err(NoTurning::Stopped);
        }
        let turning = point.map(|point| shown.tell_turning(point.at));
        shown.turning = Some(turning.clone());
        turning
    }
}

/// What is looked at more closely.
enum Look {
    Smallest(OutcomeName),
    Turning(OutcomeName),
}

/// The size of a run that no search has made small.
const BY_CHANCE: (usize, usize) = (usize::MAX, usize::MAX);

/// Where an outcome is told: good ones first.
fn place(name: &OutcomeName) -> (bool, &OutcomeName) {
    (!name.is_good(), name)
}

/// Why a search stops that has found as many outcomes as are kept.
fn too_many(progress: Progress) -> Option<Reason> {
    (!progress.over && progress.outcomes >= MAX_OUTCOMES).then_some(Reason::Outcomes)
}

/// What a search goes through.
pub(crate) fn searched(scenario: &'static Scenario, settings: Checked) -> Plan {
    let strategy = StrategyName::FirstCome;
    Plan { scenario, settings, strategy, seed: WITNESS_BASE.seed, deviations: Vec::new() }
}

/// The plan of a run by chance.
fn sampled(plan: &Plan, bounds: ExploreBounds, seed: u64) -> Plan {
    Plan { strategy: bounds.sampling, seed, ..plan.clone() }
}

/// Starts a plan's program anew each time.
pub(crate) struct Starter {
    scenario: &'static Scenario,
    settings: Checked,
    limits: Limits,
}

impl Starter {
    pub(crate) fn of(plan: &Plan, limits: Limits) -> Self {
        Self { scenario: plan.scenario, settings: plan.settings.clone(), limits }
    }
}

impl Start for Starter {
    fn start(&self, room: Room) -> Run {
        self.scenario.program(&self.settings).run_within(room, self.limits)
    }
}
