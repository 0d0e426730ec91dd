//! The smallest run that shows something: the fewest context switches, then the fewest steps.

use crate::action::Action;
use crate::bounded::{Bounded, Cost};
use crate::search::{Ended, Search};

/// What was found.
pub(crate) struct Least {
    /// The smallest seen; `None` when the runs were used up before.
    pub(crate) witness: Option<Vec<Action>>,
    /// All runs that could be smaller were tried.
    pub(crate) proven: bool,
}

/// Tries all runs with no switch, then all with one, and so on up to `most`, until some of them show what is wanted:
/// the first time that happens no run can have fewer switches, and at the end of that round none of as many has fewer
/// steps. `go_on` is told how many runs there were, and ends it by `false`. Memory is that of a [`Bounded`] search.
pub(crate) fn least(
    search: &mut Search<'_>,
    most: usize,
    mut go_on: impl FnMut(u64) -> bool,
    mut shows: impl FnMut(&mut Search<'_>) -> bool,
) -> Least {
    let mut witness: Option<Vec<Action>> = None;
    let mut runs = 0;
    for switches in 0..=most {
        search.past.shorten(0);
        let mut bounded = Bounded::new(Cost::Switches, u32::try_from(switches).expect("runs are limited"));
        loop {
            if !go_on(runs) {
                return Least { witness, proven: false };
            }
            runs += 1;
            let Some(ended) = bounded.next(search) else { break };
            if !matches!(ended, Ended::Whole | Ended::Again) || !shows(search) {
                continue;
            }
            if witness.as_ref().is_none_or(|known| search.past.len() < known.len()) {
                witness = Some(search.past.actions().collect());
            }
        }
        if witness.is_some() || bounded.full {
            let all = !bounded.full && !search.too_long && !search.too_many_choices;
            return Least { proven: witness.is_some() && all, witness };
        }
    }
    Least { witness, proven: false }
}
