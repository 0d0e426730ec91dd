//! Outcomes as numbers, so that executions are told apart and counted without writing out what each came to.
//!
//! Two executions with one key have one name; the reverse need not hold. The name is made for the first of each key.

use chanscope_kernel::{Ending, Finding, GoroutineId, Trace};

use crate::conductor::Conductor;
use crate::matters::Matters;
use crate::names::Names;
use crate::past::Past;

/// Writes the key of an execution that has ended into `key`: how it ended, who waits with what, which races it had,
/// what it has printed.
pub(crate) fn write_key(conductor: &Conductor, past: &Past, matters: Matters, names: &mut Names, key: &mut Vec<u32>) {
    key.clear();
    let run = conductor.run();
    let ending = run.ending().expect("it has ended");
    let who = |goroutine: GoroutineId| conductor.names()[goroutine.index()];
    let last_words =
        |names: &mut Names| run.trace(|trace| trace.len().checked_sub(1).map_or(0, |last| text(trace, last, names)));
    key.push(match ending {
        Ending::Completed => 0,
        Ending::Panicked { .. } => 1,
        Ending::Fatal { .. } => 2,
        Ending::Deadlocked => 3,
        Ending::Cut(limit) => 4 + limit as u32,
    });
    match ending {
        Ending::Panicked { goroutine } | Ending::Fatal { goroutine } => {
            key.extend([who(goroutine), last_words(names)]);
        }
        _ => {}
    }
    if ending == Ending::Deadlocked || (ending == Ending::Completed && run.is_settled()) {
        write_waiting(conductor, key);
    }
    let found = key.len();
    key.extend(run.left_behind().into_iter().map(|finding| match finding {
        Finding::Leaked { goroutine } => who(goroutine),
        Finding::Lost { object, at } => {
            let thing = conductor.things()[object.index()];
            let value = run.trace(|trace| trace.event_value(&trace.event(at)));
            names.text(&format!("{thing} {}", value.map_or_else(String::new, |value| value.printed()))) | 1 << 30
        }
        Finding::NotCancelled { object } => conductor.things()[object.index()] | 1 << 31,
        Finding::DataRace { .. } => unreachable!("races are not what is left behind"),
    }));
    key[found..].sort_unstable();
    key.push(u32::MAX);
    if matters.races {
        key.extend(past.races());
        key.push(u32::MAX);
    }
    let lines = key.len();
    run.trace(|trace| {
        let end = trace.main_returned().unwrap_or_else(|| trace.len());
        key.extend(trace.prints().take_while(|&at| at < end).map(|at| text(trace, at, names)));
    });
    if !matters.order_of_output {
        key[lines..].sort_unstable();
    }
}

/// Who stands waiting for what, by names that do not depend on the order of births.
fn write_waiting(conductor: &Conductor, key: &mut Vec<u32>) {
    if !conductor.somebody_waits() {
        return;
    }
    let mut waiting: Vec<u32> = conductor.names().to_vec();
    waiting.sort_unstable();
    for asked in waiting.into_iter().filter_map(|who| conductor.pending(who)) {
        key.extend([asked.who, u32::try_from(asked.cases.len()).expect("cases are few")]);
        key.extend(asked.cases.iter().flat_map(|case| [case.thing, case.act.0.into()]));
    }
}

fn text(trace: &Trace, at: u32, names: &mut Names) -> u32 {
    trace.event_value(&trace.event(at)).map_or(0, |value| names.text(&value.printed()) + 1)
}
