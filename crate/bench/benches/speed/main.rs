//! The same programs on Chanscope's kernel with everything recorded, on two executors of futures, and in shuttle: how
//! many operations each lets through a second, one after the other in one run, round by round.
//!
//! `npm run bench` runs it, and BENCHMARKS.md keeps its last output. `cargo test` runs each program once and short. An
//! operation is a send or a receive that has gone through. Absolute numbers are those of a machine with neighbours:
//! only ratios within one run say something.

mod ours;
mod with_futures;
mod with_shuttle;
mod with_tokio;

use std::time::{Duration, Instant};

/// Room in the channels of the pipeline.
const CAPACITY: usize = 16;
/// Channels that are selected from.
const CHANNELS: usize = 8;
/// How often everything is measured; the best time of each counts, since neighbours only ever add to it.
const ROUNDS: usize = 5;

/// What a recorded run takes.
struct Cost {
    events: u64,
    trace_bytes: u64,
}

struct Program {
    name: &'static str,
    /// How much of it is run: rounds, values or goroutines. In shuttle less, since it takes so long.
    size: u64,
    shuttle_size: u64,
    /// Sends and receives for each of these.
    operations: u64,
    first_come: fn(u64) -> Cost,
    random: fn(u64) -> Cost,
    futures: fn(u64),
    tokio: fn(u64),
    shuttle: fn(u64),
}

macro_rules! program {
    ($name:literal, $of:ident, $size:expr, $shuttle_size:expr, $operations:expr) => {
        Program {
            name: $name,
            size: $size,
            shuttle_size: $shuttle_size,
            operations: $operations,
            first_come: |size| ours::first_come(ours::$of(size)),
            random: |size| ours::random(ours::$of(size)),
            futures: with_futures::$of,
            tokio: with_tokio::$of,
            shuttle: with_shuttle::$of,
        }
    };
}

const PROGRAMS: [Program; 4] = [
    program!("ping-pong, unbuffered", ping_pong, 100_000, 10_000, 4),
    program!("pipeline of 4, buffers of 16", pipeline, 100_000, 10_000, 6),
    program!("select over 8 channels", select_8, 200_000, 10_000, 2),
    program!("10 000 goroutines, one channel", many, 10_000, 10_000, 2),
];

fn main() {
    let smoke = !std::env::args().any(|argument| argument == "--bench");
    let rounds = if smoke { 1 } else { ROUNDS };
    println!("| program | tool | operations/s | first come | by chance | bytes an event |");
    println!("|---|---|--:|--:|--:|--:|");
    for program in &PROGRAMS {
        let less = |size: u64| if smoke { 8 * (size / 8 / 500).max(1) } else { size };
        let (size, shuttle_size) = (less(program.size), less(program.shuttle_size));
        let mut costs = [const { None }; 2];
        let mut best = [Duration::MAX; 5];
        for _ in 0..rounds {
            let timed = |run: &mut dyn FnMut()| {
                let begun = Instant::now();
                run();
                begun.elapsed()
            };
            let times = [
                timed(&mut || costs[0] = Some((program.first_come)(size))),
                timed(&mut || costs[1] = Some((program.random)(size))),
                timed(&mut || (program.futures)(size)),
                timed(&mut || (program.tokio)(size)),
                timed(&mut || (program.shuttle)(shuttle_size)),
            ];
            for (best, time) in best.iter_mut().zip(times) {
                *best = time.min(*best);
            }
        }
        let rates: Vec<f64> = [size, size, size, size, shuttle_size]
            .iter()
            .zip(best)
            .map(|(size, time)| (size * program.operations) as f64 / time.as_secs_f64())
            .collect();
        let tools = [
            "chanscope, first come, recorded",
            "chanscope, by chance, recorded",
            "futures, LocalPool",
            "tokio, current thread",
            "shuttle 0.9.9, random",
        ];
        for (nth, tool) in tools.iter().enumerate() {
            let bytes = costs
                .get(nth)
                .and_then(Option::as_ref)
                .map_or_else(|| "-".to_owned(), |cost| format!("{:.1}", cost.trace_bytes as f64 / cost.events as f64));
            println!(
                "| {} | {tool} | {:.0} | {:.2}x | {:.2}x | {bytes} |",
                program.name,
                rates[nth],
                rates[0] / rates[nth],
                rates[1] / rates[nth]
            );
        }
    }
}
