//! Runs of small programs, and what came of them in a line.

use std::collections::BTreeSet;

use chanscope_kernel::{Ending, FirstCome, Go, Limits, Outcome, Panic, Random, Run, Strategy};

const ENOUGH_STEPS: u32 = 10_000;

/// Random runs that show all endings of a program of a handful of steps.
const SEEDS: u64 = 300;

pub(crate) fn run_by<F>(strategy: &mut dyn Strategy, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits::default(), main);
    assert!(run.advance(strategy, ENOUGH_STEPS).expect("nothing was replayed"), "it is over");
    run.finish()
}

pub(crate) fn run<F>(main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run_by(&mut FirstCome { seed: 0 }, main)
}

/// How it ended, with Go's text, and what was printed: `completed [1 2]`, `panicked: close of nil channel []`.
pub(crate) fn told(outcome: &Outcome) -> String {
    let trace = &outcome.trace;
    let last = trace.len().checked_sub(1).and_then(|last| trace.event_value(&trace.event(last)));
    let text = last.map(|value| value.printed()).unwrap_or_default();
    let ending = match outcome.ending {
        Ending::Completed if outcome.left_behind.is_empty() => "completed".to_owned(),
        Ending::Completed => "completed, leaked".to_owned(),
        Ending::Panicked { .. } => format!("panicked: {text}"),
        Ending::Fatal { .. } => format!("fatal: {text}"),
        Ending::Deadlocked => "deadlocked".to_owned(),
        Ending::Cut(limit) => format!("cut: {limit:?}"),
    };
    format!("{ending} [{}]", trace.output().join(" "))
}

/// What comes of the run in which everybody is served in order of arrival.
pub(crate) fn ends<F>(main: impl FnOnce(Go) -> F) -> String
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    told(&run(main))
}

/// All that comes of random runs.
pub(crate) fn all_ends<F>(main: impl Fn(Go) -> F) -> BTreeSet<String>
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    (0..SEEDS).map(|seed| told(&run_by(&mut Random { seed }, &main))).collect()
}

pub(crate) fn set<const N: usize>(lines: [&str; N]) -> BTreeSet<String> {
    lines.map(str::to_owned).into()
}
