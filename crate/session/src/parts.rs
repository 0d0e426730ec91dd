//! The parts of an exploration, for somebody who searches some of them while others search the rest.
//!
//! Whoever divides the same program for as many gets the same parts, so that between those who search, a part is a
//! number.

use chanscope_explore::{Part, PartSearch, Share, parts_among, split};
use chanscope_kernel::Limits;
use chanscope_scenario::{Checked, Scenario};

use crate::bounds::ExploreBounds;
use crate::exploration::{Starter, searched};
use crate::plan::Plan;

/// The parts of an exploration.
pub struct Parts {
    plan: Plan,
    bounds: ExploreBounds,
    parts: Vec<Part>,
    /// The part that is being searched.
    under_way: Option<(usize, PartSearch<'static>)>,
}

impl Parts {
    /// Divides what can happen for so many who search. Cost: see [`split`].
    #[must_use]
    pub fn new(scenario: &'static Scenario, settings: Checked, bounds: ExploreBounds, workers: usize) -> Self {
        let plan = searched(scenario, settings);
        let program = Starter::of(&plan, Limits::default());
        let parts = split(&program, bounds.of_search(), parts_among(workers), || true);
        Self { plan, bounds, parts, under_way: None }
    }

    /// How many there are; one where there is no good way to divide the program.
    #[must_use]
    pub fn count(&self) -> usize {
        self.parts.len()
    }

    /// Searches on in a part, up to so many executions, and tells what they came to. Another part is begun from its start.
    ///
    /// # Panics
    /// When there is no such part.
    pub fn advance(&mut self, part: usize, executions: u64) -> Share {
        let Self { plan, bounds, parts, under_way } = self;
        let begun = under_way.take().filter(|(nth, _)| *nth == part);
        let (_, search) = under_way.insert(begun.unwrap_or_else(|| {
            let program = Box::new(Starter::of(plan, Limits::default()));
            (part, PartSearch::new(program, bounds.of_search(), &parts[part]))
        }));
        search.advance(executions)
    }
}
