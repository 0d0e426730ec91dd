//! Exploring the same programs with Chanscope, loom and shuttle, one after the other in one run: one table with ratios.
//!
//! `npm run bench` runs it, and BENCHMARKS.md keeps its last output. `cargo test` runs each program a few times only,
//! so that it goes on working. It is no test: absolute numbers are those of a machine with neighbours, and only ratios
//! within one run say something. loom explores under a memory model weaker than ours and without source sets, so that
//! its executions are more; shuttle samples at random and knows no end.

mod ours;
mod theirs;

use std::num::NonZeroUsize;
use std::thread;
use std::time::{Duration, Instant};

use chanscope_bench::{Measured, measure};
use chanscope_explore::Threads;

/// A program, written for each of the three.
struct Program {
    name: &'static str,
    ours: fn() -> u64,
    loom: fn(),
    shuttle: fn(),
}

const PROGRAMS: [Program; 7] = [
    Program { name: "SB", ours: ours::store_buffering, loom: theirs::loom_sb, shuttle: theirs::shuttle_sb },
    Program {
        name: "3x2 atomic",
        ours: ours::increments,
        loom: theirs::loom_increments,
        shuttle: theirs::shuttle_increments,
    },
    Program { name: "3x2 mutex", ours: ours::guarded, loom: theirs::loom_guarded, shuttle: theirs::shuttle_guarded },
    Program {
        name: "bounded channel",
        ours: ours::channel,
        loom: theirs::loom_channel,
        shuttle: theirs::shuttle_channel,
    },
    Program { name: "readers(3)", ours: ours::readers, loom: theirs::loom_readers, shuttle: theirs::shuttle_readers },
    Program {
        name: "lastzero(3)",
        ours: ours::lastzero::<3>,
        loom: theirs::loom_lastzero::<3>,
        shuttle: theirs::shuttle_lastzero::<3>,
    },
    Program {
        name: "lastzero(4)",
        ours: ours::lastzero::<4>,
        loom: theirs::loom_lastzero::<4>,
        shuttle: theirs::shuttle_lastzero::<4>,
    },
];

/// A thread a core.
struct Cores(NonZeroUsize);

impl Cores {
    fn of_the_machine() -> Self {
        Self(thread::available_parallelism().expect("it says"))
    }
}

impl Threads for Cores {
    fn count(&self) -> NonZeroUsize {
        self.0
    }

    fn run(&self, work: &(dyn Fn() + Sync), own: &mut dyn FnMut()) {
        thread::scope(|scope| {
            (1..self.0.get()).for_each(|_| drop(scope.spawn(work)));
            own();
        });
    }
}

fn main() {
    theirs::quieten();
    let smoke = !std::env::args().any(|argument| argument == "--bench");
    let enough = if smoke { Duration::ZERO } else { Duration::from_secs(2) };
    println!(
        "| program | tool | executions | exhausted | executions/s | time to exhaust | ours is faster per execution | and to exhaust |"
    );
    println!("|---|---|--:|---|--:|--:|--:|--:|");
    for program in &PROGRAMS {
        let ours = measure(enough, || ((program.ours)(), true));
        let once = (program.ours)();
        row(program.name, "chanscope", once, &ours, &ours, once);
        let all = theirs::count_loom(program.loom, if smoke { 100 } else { 300_000 });
        let loom = Measured { executions: all.0, took: all.1, exhausted: all.2 };
        row(program.name, "loom 0.7", all.0, &loom, &ours, once);
        let runs = if smoke { 10 } else { 20_000 };
        let shuttle = measure(Duration::ZERO, || (theirs::run_shuttle(program.shuttle, runs), false));
        row(program.name, "shuttle 0.9.9, random", shuttle.executions, &shuttle, &ours, once);
    }
    if !smoke {
        let begun = Instant::now();
        let executions = ours::lastzero_of(15);
        let alone = begun.elapsed().as_secs_f64();
        println!("\nlastzero(15): {executions} executions, all there are, in {alone:.2} s.");
        let threads = Cores::of_the_machine();
        let begun = Instant::now();
        assert_eq!(ours::lastzero_beside(15, &threads), executions, "threads change no count");
        let beside = begun.elapsed().as_secs_f64();
        println!("lastzero(15) on {} threads: as many, in {beside:.2} s: {:.2}x.", threads.0, alone / beside);
    }
}

#[expect(clippy::cast_precision_loss, reason = "they are ratios")]
fn row(program: &str, tool: &str, once: u64, theirs: &Measured, ours: &Measured, ours_once: u64) {
    let to_exhaust = once as f64 / theirs.per_second();
    let ours_to_exhaust = ours_once as f64 / ours.per_second();
    let times = format!("{:.0}x", to_exhaust / ours_to_exhaust);
    // Of two that come to an end, one has not yet.
    let has_an_end = tool.starts_with("loom");
    let (exhausted, time, ratio) = if theirs.exhausted {
        ("yes", format!("{:.6} s", to_exhaust), times)
    } else {
        ("no", format!("> {to_exhaust:.2} s"), if has_an_end { format!("> {times}") } else { "-".to_owned() })
    };
    let faster = ours.per_second() / theirs.per_second();
    println!(
        "| {program} | {tool} | {once} | {exhausted} | {:.0} | {time} | {faster:.1}x | {ratio} |",
        theirs.per_second()
    );
}
