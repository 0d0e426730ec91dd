//! `chanscope explore`: every outcome that a program can have, each with a run that shows it.

mod report;
mod workers;

use std::num::NonZeroUsize;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::thread;
use std::time::{Duration, Instant};

use chanscope_scenario::StrategyName;
use chanscope_session::{
    AskedBounds, Exploration, ExploreBounds, Findings, MAX_EXECUTIONS, MAX_PREEMPTIONS, MAX_SAMPLES, MAX_STEPS, Plan,
    Reason, Standing,
};
use clap::{Args, ValueEnum};

use super::Error;
use super::number::whole;
use super::output::{counted, grouped, print_json};
use super::program::{Base, Program, refused};
use super::progress::{Progress, at_a_rate};
use super::stop::Asked;
use workers::Workers;

/// Find every outcome that a program can have, each with the smallest run found that shows it.
///
/// Executions are counted that differ in the order of steps which matters to somebody: no two of those counted are
/// equivalent, and a count is no probability. How often random scheduling meets an outcome stands beside it. Ctrl-C
/// ends the search with what it has found, which is then said not to be complete.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    program: Program,
    /// Executions to run, at most.
    #[arg(long, value_name = "N", default_value_t = ExploreBounds::default().executions, allow_negative_numbers = true, value_parser = whole(1, MAX_EXECUTIONS))]
    max_executions: u64,
    /// Steps of one execution to look at, at most; what is longer is left there.
    #[arg(long, value_name = "N", default_value_t = ExploreBounds::default().steps as u64, allow_negative_numbers = true, value_parser = whole(1, MAX_STEPS as u64))]
    max_steps: u64,
    /// Seconds for all of it, at most: a tenth for runs by chance, a tenth for looking closer at what was found.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(1, 86_400u64))]
    max_seconds: Option<u64>,
    /// Preemptions of one execution, at most: how often somebody else goes on although whoever moved last could have.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(0, MAX_PREEMPTIONS))]
    max_preemptions: Option<u32>,
    /// Runs by chance beside the search, for the frequencies, and for outcomes that it does not come to.
    #[arg(long, value_name = "N", default_value_t = ExploreBounds::default().samples, allow_negative_numbers = true, value_parser = whole(0, MAX_SAMPLES))]
    samples: u64,
    /// What decides in them: chance alone, or PCT, which meets what takes few orderings with a stated probability.
    #[arg(long, value_name = "NAME", value_enum, default_value_t)]
    sampling: Sampling,
    /// Threads that search; as many as the machine has processors where nothing is said. What is found does not depend on
    /// them, unless a limit cuts the search.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(NonZeroUsize::MIN, MAX_WORKERS))]
    workers: Option<NonZeroUsize>,
    /// Tell executions apart by the order in which lines are printed, too.
    #[arg(long)]
    order: bool,
    /// Show progress on standard error even where that is no terminal.
    #[arg(long)]
    progress: bool,
    #[command(flatten)]
    base: Base,
    /// Print JSON: scenario, config, complete, incomplete, limits, executions, estimate (a guess at how many executions
    /// there are, where the search was cut), blocked (executions begun in vain: none on one thread; on several there can be
    /// some, where parts of the search meet), samples, samplesCut (random runs that met a limit), sampling, kinds (all
    /// outcomes of a verdict taken together), and outcomes with verdict, detail, output, count, sampled, pressed (whether you
    /// press a button in it), witness link, whether it is the smallest, and point of no return, or in `none` why there is
    /// none: good, neverGood, unknown or notLookedFor.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, Default, ValueEnum)]
enum Sampling {
    #[default]
    Random,
    Pct,
}

/// The most threads that search.
const MAX_WORKERS: NonZeroUsize = NonZeroUsize::new(256).unwrap();

/// How long a slice should take, so that Ctrl-C and progress are prompt.
const SLICE: Duration = Duration::from_millis(20);

/// Explores.
///
/// # Errors
///
/// An unknown program, a setting out of range, or output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let plan = Plan::of(&options.program.spec()?).map_err(refused)?;
    #[expect(clippy::cast_precision_loss, reason = "bounds are far below 2^53")]
    let asked = AskedBounds {
        executions: options.max_executions as f64,
        steps: options.max_steps as f64,
        samples: options.samples as f64,
        sampling: match options.sampling {
            Sampling::Random => StrategyName::Random,
            Sampling::Pct => StrategyName::Pct,
        },
        preemptions: options.max_preemptions.map(f64::from),
        order_of_output: options.order,
    };
    let bounds = ExploreBounds { seconds: options.max_seconds, ..ExploreBounds::check(asked)? };
    let mut exploration = Exploration::new(plan.scenario, plan.settings, bounds);
    let workers = options.workers.map_or_else(Workers::of_the_machine, Workers);
    let findings = search(&mut exploration, &workers, options.progress)?;
    if options.json {
        return Ok(print_json(&report::json(&exploration, &findings, &options.base))?);
    }
    Ok(report::tell(&exploration, &findings, &options.base)?)
}

/// Samples, searches, makes witnesses small and looks for points of no return, until all is done, or the time allowed
/// is used up, or somebody says stop. Each has its share of the time, and those that come later what is left of it.
fn search(exploration: &mut Exploration, workers: &Workers, shown: bool) -> Result<Findings, Error> {
    let asked = Asked::listen()?;
    let begun = Instant::now();
    let time = exploration.bounds().seconds.map(Duration::from_secs);
    let late = |tenths: u32| time.is_some_and(|time| begun.elapsed() >= time * tenths / 10);
    let mut progress = Progress::on_stderr(shown);
    let samples = grouped(exploration.bounds().samples);
    let mut slice = Slice::new();
    while !asked.to_stop() && !late(1) && slice.time(|count| exploration.sample(count)) {
        progress.show(|_| format!("{} of {samples} random runs", grouped(exploration.standing().sampled)));
    }
    let why = || asked.to_stop().then_some(Reason::Stopped).or_else(|| late(9).then_some(Reason::Time));
    let leave_off = Arc::new(AtomicBool::new(false));
    exploration.leave_off_at(Arc::clone(&leave_off));
    watched(&leave_off, &|| why().is_some(), || {
        exploration.search_beside(workers, |standing| {
            progress.show(|elapsed| so_far(standing, elapsed));
            why()
        });
    });
    loop {
        let left = exploration.left_to_look_at();
        progress.say(&format!("looking for the smallest runs and points of no return: {} left", grouped(left as u64)));
        let in_time = || !asked.to_stop() && !late(10);
        if !in_time() || !exploration.look_closer(in_time) {
            break;
        }
    }
    progress.clear();
    Ok(exploration.findings())
}

/// Does the work, and sets the flag as soon as it is to end: one execution of a large program can take long.
fn watched(leave_off: &AtomicBool, ends: &(dyn Fn() -> bool + Sync), work: impl FnOnce()) {
    let done = AtomicBool::new(false);
    thread::scope(|scope| {
        let watcher = scope.spawn(|| {
            while !done.load(Ordering::Relaxed) && !ends() {
                thread::park_timeout(SLICE);
            }
            leave_off.store(true, Ordering::Relaxed);
        });
        work();
        done.store(true, Ordering::Relaxed);
        watcher.thread().unpark();
    });
}

/// How far a search is.
fn so_far(standing: Standing, elapsed: Duration) -> String {
    let Standing { executions, outcomes, estimate, .. } = standing;
    #[expect(clippy::cast_precision_loss, reason = "for display")]
    let share = estimate
        .map_or_else(String::new, |all| format!(", about {:.0} %", (100.0 * executions as f64 / all).clamp(0.0, 99.0)));
    format!("{}, {}{share}", at_a_rate(executions, elapsed), counted(outcomes as u64, "outcome"))
}

/// How much is done between two looks at the clock: as much as fits into [`SLICE`].
struct Slice(u64);

impl Slice {
    fn new() -> Self {
        Self(1)
    }

    fn time<T>(&mut self, work: impl FnOnce(u64) -> T) -> T {
        let begun = Instant::now();
        let done = work(self.0);
        let taken = begun.elapsed();
        self.0 = if taken > SLICE { (self.0 / 2).max(1) } else { (self.0 * 2).min(1 << 20) };
        done
    }
}
