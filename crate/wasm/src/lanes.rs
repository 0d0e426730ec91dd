//! Lanes that are no goroutines: which events happened on a processor, and which to an object.
//!
//! The lists are made when they are first asked for, and then stay with the run: four bytes an event for each kind.

use std::cell::OnceCell;

use chanscope_kernel::trace::Trace;
use chanscope_kernel::{ObjectId, Position};

use crate::wire::LanesBy;

/// Events by processor and by object, once they were asked for.
#[derive(Default)]
pub(crate) struct Lanes {
    processors: OnceCell<Lists>,
    objects: OnceCell<Lists>,
}

impl Lanes {
    /// The lists of a trace, which has to be the same one each time; none for goroutines, which have an index.
    pub(crate) fn lists(&self, trace: &Trace, by: LanesBy) -> Option<&Lists> {
        match by {
            LanesBy::Goroutine => None,
            LanesBy::Processor => Some(self.processors.get_or_init(|| {
                Lists::new(trace, processors(trace) as usize, |at| trace.processor(at).map(usize::from))
            })),
            LanesBy::Object => Some(self.objects.get_or_init(|| {
                let object = |at| Some(trace.object_of(at)).filter(|&id| id != ObjectId::RUNTIME);
                Lists::new(trace, trace.objects().len(), |at| object(at).map(ObjectId::index))
            })),
        }
    }
}

/// How many processors the steps of a run ran on. Cost: linear in the events.
pub(crate) fn processors(trace: &Trace) -> u32 {
    if trace.is_empty() || trace.processor(trace.len() - 1).is_none() {
        return 0;
    }
    (0..trace.len()).filter_map(|at| trace.processor(at)).max().map_or(0, |last| u32::from(last) + 1)
}

/// Events of each lane, ascending.
pub(crate) struct Lists {
    /// Where each lane's list begins in `events`, and one past the end.
    starts: Vec<u32>,
    events: Vec<Position>,
}

impl Lists {
    fn new(trace: &Trace, lanes: usize, lane_of: impl Fn(Position) -> Option<usize>) -> Self {
        let mut starts = vec![0_u32; lanes + 1];
        for lane in (0..trace.len()).filter_map(&lane_of) {
            starts[lane + 1] += 1;
        }
        for lane in 0..lanes {
            starts[lane + 1] += starts[lane];
        }
        let mut free = starts.clone();
        let mut events = vec![0; starts[lanes] as usize];
        for (at, lane) in (0..trace.len()).filter_map(|at| Some((at, lane_of(at)?))) {
            events[free[lane] as usize] = at;
            free[lane] += 1;
        }
        Self { starts, events }
    }

    /// A lane's events; none where there is no such lane.
    pub(crate) fn of(&self, lane: u32) -> &[Position] {
        let Some(&[from, to]) = self.starts.get(lane as usize..).and_then(<[u32]>::first_chunk::<2>) else {
            return &[];
        };
        &self.events[from as usize..to as usize]
    }
}
