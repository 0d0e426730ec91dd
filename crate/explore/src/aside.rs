//! What is put aside so that something else can be searched at once.
//!
//! Mostly the search goes back no further than it has to, and what is still to be tried from earlier points waits there.
//! Where [much](crate::foreseen) waits, what may be searched at [any time](crate::ahead) is searched at once instead, from
//! the earliest point first: the end of the execution at hand is put aside, and is run again when that is done with. So what
//! waits grows no further. How many ends are aside at a time no bound here says: with nothing allowed to wait it was 20 in a
//! program of 15 steps and 40 320 executions.

use crate::action::Action;
use crate::search::{Point, Search};
use crate::sleep::Sleeper;

/// The end of an execution, from the point after `depth` steps on.
pub(crate) struct Aside {
    depth: usize,
    /// Each with whether time has passed before it.
    steps: Vec<(Action, bool)>,
    points: Vec<Point>,
    sleepers: Vec<Sleeper>,
}

impl Search<'_> {
    /// All points from which something may still be to be tried.
    pub(crate) fn all_points(&mut self) -> impl Iterator<Item = &mut Point> {
        let Self { points, aside, .. } = self;
        points.iter_mut().chain(aside.iter_mut().flat_map(|aside| &mut aside.points))
    }

    /// Whether nothing is left to be tried.
    pub(crate) fn is_done(&self) -> bool {
        self.aside.is_empty() && self.points.iter().all(|point| point.tree.is_empty())
    }

    /// The point at which to go on: the search is taken back to where that can be done. `None` when nothing is left.
    pub(crate) fn next_point(&mut self) -> Option<usize> {
        self.count_what_is_foreseen();
        loop {
            let begin = self.aside.last().map_or(0, |aside| aside.depth);
            let latest = self.points.iter().rposition(|point| !point.tree.is_empty());
            if let Some(latest) = latest.filter(|latest| *latest >= begin) {
                let earlier = &self.points[..latest];
                let at_once = |depth: usize| earlier[depth].can_be_searched_at_once().map(|nth| (depth, nth));
                let at_once = (0..latest).filter(|_| self.foreseen.is_much()).find_map(at_once);
                let Some((depth, nth)) = at_once else { return Some(latest) };
                self.put_aside((depth, nth), latest);
                return Some(depth);
            }
            let aside = self.aside.pop()?;
            self.take_up(aside);
        }
    }

    /// Puts aside what comes after the point after `depth` steps, up to the one after `latest` from which something is
    /// still to be tried. At the point itself its `nth` branch is left.
    fn put_aside(&mut self, (depth, nth): (usize, usize), latest: usize) {
        self.go_back(latest + 1);
        self.past.shorten(latest + 1);
        let steps = self.past.steps()[depth..].iter().map(|step| (step.label.action, step.noted.time_passed)).collect();
        let mut points = self.points.split_off(depth);
        let sleepers = self.sleepers.take_later_than(depth);
        self.points.push(points[0].with_branch(nth));
        self.aside.push(Aside { depth, steps, points, sleepers });
    }

    fn take_up(&mut self, Aside { depth, steps, points, sleepers }: Aside) {
        self.go_back(depth);
        self.past.shorten(depth);
        self.points.pop();
        self.begin();
        for (action, time_passed) in steps {
            if time_passed {
                self.conductor.as_mut().expect("just begun").possible();
            }
            self.take(&action, time_passed);
            let label = &self.past.steps().last().expect("just taken").label;
            self.sleepers.pass(self.past.len() - 1, label);
        }
        self.points.extend(points);
        self.points[depth].done += 1;
        self.sleepers.extend(sleepers);
    }
}
