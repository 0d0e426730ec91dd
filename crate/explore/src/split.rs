//! Which parts to search beside each other: as many as wanted, of about the same size, and none in vain.
//!
//! Found out from runs by chance. A pair of steps divides a part well when both happen in every run, can always be told
//! from each other by their order, and come in either order about as often. That is a guess about all executions, so
//! each half is tried out in the same way before it is taken. What chance has not shown costs executions that are begun
//! in vain and nothing else: the counts are right whatever the pairs (see [`crate::part`]).

use std::collections::BTreeSet;
use std::rc::Rc;

use chanscope_kernel::Start;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::action::{Label, Manner};
use crate::bounded::number;
use crate::explorer::Bounds;
use crate::names::{Names, Who};
use crate::part::{Part, Turn};
use crate::search::Search;

/// Runs by which a part is known.
const RUNS: u64 = 32;

/// Pairs that are tried out, at most, to divide one part.
const MOST_TRIED: usize = 4;

/// Parts of the program that `start` starts, at most so many, whose counts add up to the program's. One where there is no good way to divide
/// it. Cost: some sixty runs for each part; `go_on` is asked before each, and ends it by `false` with the parts so far.
pub fn split(start: &dyn Start, bounds: Bounds, most: usize, mut go_on: impl FnMut() -> bool) -> Vec<Part> {
    let mut known = |part: &Part| Known::of(start, bounds, part, &mut go_on);
    let Some(whole) = known(&Part::default()) else { return vec![Part::default()] };
    let mut parts = vec![Piece { part: Part::default(), known: Some(whole), share: 1.0 }];
    while parts.len() < most {
        let open = parts.iter().enumerate().filter(|(_, piece)| piece.known.is_some());
        let Some((nth, _)) = open.max_by(|(_, one), (_, other)| one.share.total_cmp(&other.share)) else { break };
        let runs = parts[nth].known.take().expect("just looked at");
        if let Some(halves) = runs.divide(&parts[nth], &mut known) {
            let [one, other] = halves;
            parts[nth] = one;
            parts.insert(nth + 1, other);
        }
    }
    parts.into_iter().map(|piece| piece.part).collect()
}

/// Whether a program has so many executions that hardly two of some runs by chance are equivalent. What has fewer is
/// searched sooner than it is divided.
pub(crate) fn is_large(start: &dyn Start, bounds: Bounds, mut go_on: impl FnMut() -> bool) -> bool {
    Known::of(start, bounds, &Part::default(), &mut go_on).is_some_and(|known| known.classes >= known.runs.len() - 1)
}

struct Piece {
    part: Part,
    /// The runs by which to divide it; `None` where that was tried.
    known: Option<Known>,
    /// About how much of the whole it is.
    share: f64,
}

/// A step by its goroutine, and how many that one has taken before.
type Place = (Who, usize);

/// Some runs of a part by chance.
struct Known {
    runs: Vec<Vec<(Place, Rc<Label>)>>,
    /// Pairs of the first run of which the one could have come before the other.
    pairs: Vec<[Place; 2]>,
    /// How many of the runs are not equivalent.
    classes: usize,
    names: Names,
}

impl Known {
    /// `None` where some run does not end by itself, or not in the part.
    fn of(start: &dyn Start, bounds: Bounds, part: &Part, go_on: &mut dyn FnMut() -> bool) -> Option<Self> {
        let mut search = Search::of_part(Box::new(start), bounds.steps, bounds.matters, part);
        let (mut runs, mut pairs, mut classes) = (Vec::new(), Vec::new(), BTreeSet::new());
        for seed in 0..RUNS {
            search.past.shorten(0);
            search.begin();
            if !go_on() || !search.runs_by_chance(seed) {
                return None;
            }
            let past = &search.past;
            let (mut taken, mut numbers): (Vec<usize>, Vec<u128>) = (Vec::new(), Vec::new());
            let mut run = Vec::new();
            for step in past.steps() {
                numbers.push(number(step, &numbers));
                let who = step.label.action.who;
                run.push(((who, nth(&mut taken, who)), Rc::clone(&step.label)));
                if let Some(partner) = step.label.action.partner() {
                    nth(&mut taken, partner);
                }
            }
            classes.insert(numbers.iter().fold(0u128, |sum, number| sum.wrapping_add(*number)));
            if seed == 0 {
                let nearest = |at: usize| run[..at].iter().rfind(|(_, other)| divides(other, &run[at].1));
                pairs = (0..run.len()).filter_map(|at| Some([nearest(at)?.0, run[at].0])).collect();
            }
            runs.push(run);
        }
        Some(Self { runs, pairs, classes: classes.len(), names: search.names })
    }

    /// The two halves by the best pair of those that divide it well.
    fn divide(self, piece: &Piece, known: &mut dyn FnMut(&Part) -> Option<Self>) -> Option<[Piece; 2]> {
        let all = self.runs.len();
        let mut pairs: Vec<(usize, [Place; 2])> =
            self.pairs.iter().filter_map(|&pair| Some((self.in_order(pair)?, pair))).collect();
        pairs.retain(|(in_order, _)| (1..all).contains(in_order));
        pairs.sort_by_key(|(in_order, _)| in_order.abs_diff(all / 2));
        pairs.into_iter().take(MOST_TRIED).find_map(|(in_order, pair)| {
            let turn = |(who, nth): Place| Turn { who: self.names.path(who).clone(), nth };
            let [one, other] = piece.part.halves(&turn(pair[0]), &turn(pair[1]));
            #[expect(clippy::cast_precision_loss, reason = "it is about as much")]
            let share = |runs: usize| piece.share * runs as f64 / all as f64;
            let mut half = |part: Part, runs| {
                let known = Some(known(&part)?);
                Some(Piece { part, known, share: share(runs) })
            };
            Some([half(one, in_order)?, half(other, all - in_order)?])
        })
    }

    /// In how many runs the two come in that order; `None` where they are not always there, or cannot always be told
    /// from each other.
    fn in_order(&self, pair: [Place; 2]) -> Option<usize> {
        let mut in_order = 0;
        for run in &self.runs {
            let [one, other] = pair.map(|place| run.iter().position(|(at, _)| *at == place));
            let (one, other) = (one?, other?);
            if !divides(&run[one].1, &run[other].1) {
                return None;
            }
            in_order += usize::from(one < other);
        }
        Some(in_order)
    }
}

/// How many steps the goroutine has taken before this one.
fn nth(taken: &mut Vec<usize>, who: Who) -> usize {
    let who = who as usize;
    if taken.len() <= who {
        taken.resize(who + 1, 0);
    }
    taken[who] += 1;
    taken[who] - 1
}

/// Whether everybody can tell in which order the two come, and each is one goroutine's alone.
fn divides(one: &Label, other: &Label) -> bool {
    let alone = |label: &Label| matches!(label.action.manner, Manner::Alone { .. });
    alone(one) && alone(other) && !one.action.shares(other.action) && one.depends_on(other)
}

impl Search<'_> {
    /// Goes on by chance to the end. Whether that is one by itself, and in the part.
    fn runs_by_chance(&mut self, seed: u64) -> bool {
        loop {
            let conductor = self.conductor.as_mut().expect("an execution is under way");
            let (possible, time_passed) = conductor.possible();
            let count = possible.len() as u64;
            if count == 0 || self.past.len() == self.most_steps {
                break;
            }
            let drawn = xxh3_64_with_seed(&(self.past.len() as u64).to_le_bytes(), seed) % count;
            let action = conductor.listed(usize::try_from(drawn).expect("possibilities are few"));
            self.take(&action, time_passed);
        }
        let conductor = self.conductor.as_ref().expect("an execution is under way");
        conductor.is_over() && conductor.guard.owns(&self.past, &self.names)
    }
}
