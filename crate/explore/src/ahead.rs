//! Sequences that are put ahead of a step: a race is reversed with what that needs, and nothing is remembered of it.
//!
//! After Abdulla, Atig, Das, Jonsson, Sagonas: Parsimonious Optimal Dynamic Partial Order Reduction, CAV 2024, which has
//! threads that load, store and lock. What follows holds for whatever kinds declare, and for races in which more than one
//! step has to be left out.
//!
//! Say that a step `e` was chosen freely at a point, and that its operation always goes through, at once and in one way
//! ([`Choice::Free`]). What begins as the execution does up to there, and is not told from others by having `e` next, has
//! some `f` before `e` that conflicts with it and comes after no other such one. So there is a sequence for each `f` and
//! each way to come to it: what `f` has to come after, then `f`; and next `e`, which the conflict has kept possible.
//!
//! - Where several such `f` come before `e`, the class belongs to that of them which was found first at the point. So in
//!   what begins with the sequence of `f`, those found before it may not come before `e` any more ([`is_asleep`]).
//!   That `e` follows at once wakes them: no execution is stuck with them.
//! - In place of the sequence's own steps nothing is tried ([`Choice::Within`]). What that would lead to has `e` before it,
//!   or another `f` first, and is found from there.
//! - A sequence is found once. Many executions show the same `f` after the same steps; the one that counts is where `f`
//!   comes right after those and `e`, and where whatever was put ahead of a step after the point is in the sequence:
//!   with that step before it, as it was when it was chosen, the sequence shows too. Likewise, what is asleep since a
//!   point after this one (see [`crate::wakeup`]) has to be told from the sequence.
//! - An operation that goes different ways may do something else after `e` than without it. It is asked for
//!   ([`after_both`]): what it would do right after `e` and those steps tells the one execution that counts. Where that is
//!   not declared any execution counts, and the sequences that wait at the point are compared.
//!
//! So what was found need not be remembered once it is being searched, nor does it matter when that is: along with the
//! point, or at once (see [`crate::aside`]); but for what is not declared, which has to wait until all of its like has been
//! found. Where `e` might have to wait after `f`, where something still sleeps, and after time has passed, none of this
//! holds, and there are wakeup trees. Why every class is found: of those that begin with the point and `e`, all are
//! searched, by induction; in one of them `f` comes right after what it needs and `e`, and there it is looked at. That is a
//! sketch and no proof: `tests/random.rs` and `tests/objects.rs` hold the counts to brute force, the tests in `foreseen.rs`
//! whatever is searched first.

use std::rc::Rc;

use crate::action::Asked;
use crate::conductor::Conductor;
use crate::foreseen::Foreseen;
use crate::names::{Names, StepOf};
use crate::past::Past;
use crate::rest::Rest;
use crate::search::Point;
use crate::sequence::{Initial, Sequence};
use crate::sleep::{Sleeper, Sleepers};
use crate::steps::Steps;
use crate::wakeup::{Branch, insert};

/// How a step of the current execution has come about, and so how others are tried in its place.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) enum Choice {
    /// Others are kept in a wakeup tree.
    #[default]
    Tree,
    /// It is [steady](chanscope_kernel::Kind::steady) and was chosen freely before any time had passed, or comes after a
    /// sequence that was put ahead of it: others are put ahead of it.
    Free,
    /// It is the first of a sequence that was put ahead of the one that had been chosen.
    Ahead(Ahead),
    /// It is another one of those.
    Within,
}

/// A sequence that is put ahead of a step.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct Ahead {
    /// Its steps, of which that one is none; of a branch, those that are left.
    pub(crate) count: usize,
    /// Whose the last one is.
    pub(crate) last: StepOf,
    /// It is found once, whatever is searched first.
    pub(crate) once: bool,
}

impl Choice {
    /// Whether nothing is tried in place of the step.
    pub(crate) fn is_settled(self) -> bool {
        matches!(self, Self::Ahead(_) | Self::Within)
    }

    /// The last step of the sequence that begins with this one, which is step `at`.
    fn last_ahead(self, at: usize) -> Option<usize> {
        match self {
            Self::Ahead(ahead) => Some(at + ahead.count - 1),
            _ => None,
        }
    }
}

/// What can be asked about the operation of which a sequence has found the last step.
pub(crate) struct Asking<'a> {
    pub(crate) asked: &'a Asked,
    pub(crate) conductor: &'a Conductor,
    pub(crate) pending: &'a [Asked],
    pub(crate) names: &'a mut Names,
}

/// Takes up a sequence of steps that could be taken from `depth` on, unless it has been or will be. `asking` is for what
/// does not go one way only.
pub(crate) fn schedule(
    (points, foreseen): (&mut [Point], &mut Foreseen),
    sleepers: &Sleepers,
    past: &Past,
    mut depth: usize,
    mut sequence: Sequence<'_>,
    asking: Option<Asking<'_>>,
) {
    loop {
        if sleepers
            .at(depth)
            .any(|sleeper| sequence.starts_with_known(&sleeper.label, &sleeper.dependent) != Initial::No)
        {
            return;
        }
        let Some(current) = past.steps().get(depth) else { return };
        match sequence.starts_with_own(depth) {
            Initial::No => {
                return match points[depth].choice {
                    Choice::Tree => insert(&mut points[depth].tree, depth, sequence, foreseen),
                    Choice::Free => put_ahead((points, foreseen), sleepers, past, depth, sequence, asking),
                    Choice::Ahead(_) | Choice::Within => {}
                };
            }
            // The branch that is being searched leads there.
            place => sequence.come_after(&current.label, place),
        }
        if sequence.is_empty() {
            return;
        }
        depth += 1;
    }
}

/// Puts a sequence ahead of the step that was chosen at `depth`, unless it is for another execution to do so.
fn put_ahead(
    (points, foreseen): (&mut [Point], &mut Foreseen),
    sleepers: &Sleepers,
    past: &Past,
    depth: usize,
    mut sequence: Sequence<'_>,
    asking: Option<Asking<'_>>,
) {
    let last = sequence.last_of();
    if is_asleep(points, past, depth, &sequence, last) {
        return;
    }
    sequence.shorten();
    let found_once = asking.is_none();
    let shown = asking.map_or(Shown::Here, |asking| after_both(past, depth, &sequence, asking));
    if matches!(shown, Shown::Elsewhere) || is_shown_before(points, sleepers, past, depth, &sequence) {
        return;
    }
    let Point { tree, found, .. } = &mut points[depth];
    let is_same = |branch: &Branch| {
        let other = branch.ahead().expect("everything here is put ahead of the step");
        other.last == last && sequence.is(branch.steps().take(other.count))
    };
    if !found_once && tree.iter().any(is_same) {
        return;
    }
    let once = matches!(shown, Shown::Here);
    let mut steps = sequence.steps();
    let count = steps.len();
    if !sequence.kills() {
        steps.push(Rc::clone(&past.steps()[depth].label));
    }
    if foreseen.takes_in(steps.len()) {
        tree.push(Branch::of(steps, Some(Ahead { count, last, once })));
        if !found.contains(&last) {
            found.push(last);
        }
    }
}

/// Whether the last step of the sequence was found before the last one of a sequence that is ahead of the same step already,
/// and comes after no other that conflicts with it.
fn is_asleep(points: &[Point], past: &Past, depth: usize, sequence: &Sequence<'_>, last: StepOf) -> bool {
    let mut at = depth;
    while let Some(begin) = points[at].after {
        let Point { choice: Choice::Ahead(ahead), found, .. } = &points[begin] else {
            unreachable!("a sequence begins there")
        };
        if found.iter().take_while(|&&other| other != ahead.last).any(|other| *other == last) {
            let mut among = sequence.left().clone();
            among.join(&Steps::between(begin, depth));
            let needed = sequence.needed(&among);
            let own = &past.steps()[depth].label;
            if !(begin..depth).any(|step| needed.has(step) && past.steps()[step].label.depends_on(own)) {
                return true;
            }
        }
        at = begin;
    }
    false
}

/// Which execution shows a sequence.
enum Shown {
    /// This one: its last operation does there, right after the rest of the sequence and the step that it is put ahead of,
    /// what counts.
    Here,
    /// Another one, in which it does.
    Elsewhere,
    /// Any: what counts is not declared, or nothing.
    Anywhere,
}

/// What the last operation of a sequence does right after the rest of it and the step at `depth`.
fn after_both(past: &Past, depth: usize, sequence: &Sequence<'_>, asking: Asking<'_>) -> Shown {
    let Asking { asked, conductor, pending, names } = asking;
    let steps = past.steps();
    let mut fallen = Steps::between(depth + 1, steps.len());
    fallen.remove(sequence.left());
    let rest = Rest { past, conductor, pending, fallen: &fallen };
    let Ok(possible) = rest.possible(asked, None, names) else { return Shown::Anywhere };
    // What it does in the sequence counts, where it can do that there too; else the first of what it can do.
    let wanted = sequence.last_action();
    let actions = || possible.iter().map(|label| label.action);
    let counts = if actions().any(|action| action == wanted) { Some(wanted) } else { actions().min() };
    let Some(counts) = counts else { return Shown::Anywhere };
    let does = |step: usize| steps[step].label.action == counts && !steps[step].before.meets(&fallen);
    if sequence.last_step().is_some_and(does) { Shown::Here } else { Shown::Elsewhere }
}

/// Whether the steps of the current execution that show a sequence for the point after `depth` steps are also those of one
/// that was, or will be, searched with something else chosen at a later point.
fn is_shown_before(points: &[Point], sleepers: &Sleepers, past: &Past, depth: usize, sequence: &Sequence<'_>) -> bool {
    let mut shows = sequence.left().clone();
    shows.extend(sequence.last_step());
    let steps = past.steps();
    let mut later = points.iter().enumerate().skip(depth + 1);
    let does_something_else = |sleeper: &Sleeper| {
        let mut since = shows.iter().filter(|at| *at >= sleeper.since);
        sleeper.label.spare.is_some() && since.any(|at| !steps[at].label.spares(&sleeper.label))
    };
    let leads_there = |sleeper: &Sleeper| match shows.first_common(&sleeper.dependent) {
        Some(at) => steps[at].label.is_same_as(&sleeper.label),
        None => !does_something_else(sleeper),
    };
    later.any(|(at, point)| point.choice.last_ahead(at).is_some_and(|step| !shows.has(step)))
        || sleepers.later_than(depth).any(leads_there)
}
