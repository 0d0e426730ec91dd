//! Which parts to search beside each other: as many as wanted, of about the same size, and none in vain.
//!
//! Found out from runs by chance. A pair of steps divides a part well when both happen in every run, their order can
//! always be told, and they come in either order about as often; a step, when it happens in every run, and goes one way
//! about as often as others. That is a guess about all executions, so each half is tried out in the same way before it is
//! taken. What chance has not shown costs executions that are begun in vain and nothing else: the counts are right
//! whatever a program is divided by (see [`crate::part`]).

use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use chanscope_kernel::Start;
use smallvec::SmallVec;
use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::action::{Action, Label, Manner};
use crate::bounded::number;
use crate::explorer::Bounds;
use crate::names::{Names, StepOf, Who};
use crate::part::{Part, StepWay, Turn};
use crate::search::Search;

/// Parts for each who searches.
const PARTS_EACH: usize = 8;

/// Parts that a program is divided into, at most.
const MOST_PARTS: usize = 256;

/// Runs by which a part is known.
const RUNS: u64 = 32;

/// What is tried out, at most, to divide one part.
const MOST_TRIED: usize = 4;

/// How many parts a program is divided into for so many who search: several for each, for their sizes differ.
#[must_use]
pub fn parts_among(workers: usize) -> usize {
    workers.saturating_mul(PARTS_EACH).min(MOST_PARTS)
}

/// Parts of the program that `start` starts, at most so many, whose counts add up to the program's. One where there is no
/// good way to divide it. Cost: some sixty runs for each part; `go_on` is asked before each, and ends it by `false` with the
/// parts so far.
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

/// A step of a run: its places, one for each who took part, and how it went for him.
struct Taken {
    label: Rc<Label>,
    parts: SmallVec<[(StepOf, StepWay); 2]>,
}

/// Some runs of a part by chance.
struct Known {
    runs: Vec<Vec<Taken>>,
    /// How many of them are not equivalent.
    classes: usize,
    names: Names,
}

/// Something to divide a part by.
enum Cut {
    Order([StepOf; 2]),
    Way(StepOf, StepWay),
}

impl Known {
    /// `None` where some run does not end by itself, or not in the part.
    fn of(start: &dyn Start, bounds: Bounds, part: &Part, go_on: &mut dyn FnMut() -> bool) -> Option<Self> {
        let mut search = Search::of_part(Box::new(start), bounds.steps, bounds.matters, part);
        let (mut runs, mut classes) = (Vec::new(), BTreeSet::new());
        for seed in 0..RUNS {
            search.past.shorten(0);
            search.begin();
            if !go_on() || !search.runs_by_chance(seed) {
                return None;
            }
            let (mut turns, mut numbers): (Vec<usize>, Vec<u128>) = (Vec::new(), Vec::new());
            let mut run = Vec::new();
            for step in search.past.steps() {
                numbers.push(number(step, &numbers));
                let ways = ways(step.label.action, &search.names);
                let parts = ways.map(|(who, way)| ((who, nth(&mut turns, who)), way)).collect();
                run.push(Taken { label: Rc::clone(&step.label), parts });
            }
            classes.insert(numbers.iter().fold(0u128, |sum, number| sum.wrapping_add(*number)));
            runs.push(run);
        }
        Some(Self { runs, classes: classes.len(), names: search.names })
    }

    /// The two halves by the best of what divides it well.
    fn divide(self, piece: &Piece, known: &mut dyn FnMut(&Part) -> Option<Self>) -> Option<[Piece; 2]> {
        let all = self.runs.len();
        let mut cuts: Vec<(usize, Cut)> = self.orders().chain(self.ways()).collect();
        cuts.retain(|(in_first, _)| (1..all).contains(in_first));
        cuts.sort_by_key(|(in_first, _)| in_first.abs_diff(all / 2));
        cuts.into_iter().take(MOST_TRIED).find_map(|(in_first, cut)| {
            let turn = |(who, nth): StepOf| Turn { who: self.names.path(who).clone(), nth };
            let [one, other] = match cut {
                Cut::Order([one, other]) => piece.part.by_order(&turn(one), &turn(other)),
                Cut::Way(place, way) => piece.part.by_way(&turn(place), &way),
            };
            #[expect(clippy::cast_precision_loss, reason = "it is about as much")]
            let mut half = |part: Part, runs: usize| {
                let known = Some(known(&part)?);
                Some(Piece { part, known, share: piece.share * runs as f64 / all as f64 })
            };
            Some([half(one, in_first)?, half(other, all - in_first)?])
        })
    }

    /// Pairs of steps that are there in every run, and whose order can always be told: each step of the first run with
    /// the nearest before it that could have come after it. With the number of runs in which they come in that order.
    fn orders(&self) -> impl Iterator<Item = (usize, Cut)> + '_ {
        let first = &self.runs[0];
        (0..first.len()).filter_map(|at| {
            let nearest = first[..at].iter().rfind(|other| divides(other, &first[at]))?;
            let pair = [nearest, &first[at]].map(|taken| taken.parts[0].0);
            let mut in_order = 0;
            for run in &self.runs {
                let [one, other] = pair.map(|place| run.iter().position(|taken| taken.is(place)));
                let (one, other) = (one?, other?);
                if !divides(&run[one], &run[other]) {
                    return None;
                }
                in_order += usize::from(one < other);
            }
            Some((in_order, Cut::Order(pair)))
        })
    }

    /// Steps that are there in every run, with a way in which they go in some: for each the one in which they go in most.
    /// With the number of runs in which they go differently.
    fn ways(&self) -> impl Iterator<Item = (usize, Cut)> + '_ {
        let places = self.runs[0].iter().flat_map(|taken| &taken.parts).map(|(place, _)| *place);
        places.filter_map(|place| {
            let mut counts: BTreeMap<&StepWay, usize> = BTreeMap::new();
            for run in &self.runs {
                let way = run.iter().flat_map(|taken| &taken.parts).find(|(at, _)| *at == place).map(|(_, way)| way)?;
                *counts.entry(way).or_default() += 1;
            }
            let (way, most) = counts.into_iter().max_by_key(|(_, count)| *count).expect("there are runs");
            Some((self.runs.len() - most, Cut::Way(place, way.clone())))
        })
    }
}

impl Taken {
    fn is(&self, place: StepOf) -> bool {
        self.parts.iter().any(|(at, _)| *at == place)
    }
}

/// How the step went for each who took part.
fn ways(action: Action, names: &Names) -> impl Iterator<Item = (Who, StepWay)> + '_ {
    let meet = |case, partner, partner_case| StepWay::Meet { case, partner: names.path(partner).clone(), partner_case };
    let (own, other) = match action.manner {
        Manner::Alone { case } => (StepWay::Alone(case), None),
        Manner::Draw { value } => (StepWay::Draw(value), None),
        Manner::Default => (StepWay::Default, None),
        Manner::Meet { case, partner, partner_case } => {
            (meet(case, partner, partner_case), Some((partner, meet(partner_case, action.who, case))))
        }
    };
    [Some((action.who, own)), other].into_iter().flatten()
}

/// How many steps the goroutine has taken before this one.
fn nth(turns: &mut Vec<usize>, who: Who) -> usize {
    let who = who as usize;
    if turns.len() <= who {
        turns.resize(who + 1, 0);
    }
    turns[who] += 1;
    turns[who] - 1
}

/// Whether everybody can tell in which order the two come, and each is one goroutine's alone.
fn divides(one: &Taken, other: &Taken) -> bool {
    let alone = |taken: &Taken| matches!(taken.label.action.manner, Manner::Alone { .. });
    alone(one) && alone(other) && !one.label.action.shares(other.label.action) && one.label.depends_on(&other.label)
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
