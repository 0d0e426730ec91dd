//! What a search takes in memory as it goes on, counted by the allocator: for a step, and after many executions.
//!
//! `npm run bench` runs it, and BENCHMARKS.md keeps its last output. `cargo test` runs a few executions only, so that it
//! goes on working: what checks itself in a build for debugging allocates more.

use std::alloc::System;

use chanscope_explore::{Bounds, Explorer};
use chanscope_kernel::{Anew, Go, Limits, Panic};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::{Chan, Mutex, RwMutex, Var, select};
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Executions after which everything has the room that it needs.
const WARM: u64 = 1000;

/// Two adds of each goroutine that race, after so many rounds of steps with what is its own.
async fn adds(go: Go, goroutines: usize, rounds: usize) -> Result<(), Panic> {
    let sum = Atomic::new(&go, "sum", 0u32);
    for _ in 0..goroutines {
        let (sum, own) = (sum.clone(), Var::new(&go, "own", 0u32));
        let (mu, ch) = (Mutex::new(&go, "mu"), Chan::new(&go, "ch", 1));
        go.spawn("adds", async move {
            for _ in 0..rounds {
                mu.lock().await;
                own.store(1).await;
                mu.unlock().await;
                ch.send(1u32).await?;
                ch.recv().await;
            }
            sum.add_and_load(1).await;
            sum.add_and_load(1).await;
            Ok(())
        });
    }
    Ok(())
}

async fn readers(go: Go, count: usize) -> Result<(), Panic> {
    let x = Atomic::new(&go, "x", 0u32);
    for _ in 0..count {
        let x = x.clone();
        go.spawn("reader", async move {
            x.load().await;
            Ok(())
        });
    }
    x.store(1).await;
    Ok(())
}

/// What comes last.
#[derive(Clone, Copy)]
enum Last {
    Load,
    CompareAndSwap,
    Lock,
}

/// Adds as above, and then something that races with what main does: as many different beginnings of each as there are
/// orders of adds.
async fn adds_and_last(go: Go, count: usize, last: Last) -> Result<(), Panic> {
    let (x, sum) = (Atomic::new(&go, "x", 0u32), Atomic::new(&go, "sum", 0u32));
    let mu = Mutex::new(&go, "mu");
    for _ in 0..count {
        let (x, sum, mu) = (x.clone(), sum.clone(), mu.clone());
        go.spawn("adds", async move {
            sum.add_and_load(1).await;
            sum.add_and_load(1).await;
            match last {
                Last::Load => _ = x.load().await,
                Last::CompareAndSwap => _ = x.compare_and_swap(0, 2).await,
                Last::Lock => {
                    mu.lock().await;
                    mu.unlock().await;
                }
            }
            Ok(())
        });
    }
    if let Last::Lock = last {
        mu.lock().await;
        mu.unlock().await;
    } else {
        x.store(1).await;
    }
    Ok(())
}

/// Each sends, or sees that it is told to quit.
async fn selects(go: Go, count: usize) -> Result<(), Panic> {
    let (quit, data) = (Chan::<()>::new(&go, "quit", 0), Chan::new(&go, "data", 16));
    for _ in 0..count {
        let (quit, data) = (quit.clone(), data.clone());
        go.spawn("selects", async move {
            select! {
                sent = data.send(1u32) => sent,
                _ = quit.recv() => Ok(()),
            }
        });
    }
    quit.close().await
}

async fn read_locks(go: Go, count: usize) -> Result<(), Panic> {
    let mu = RwMutex::new(&go, "mu");
    for _ in 0..count {
        let mu = mu.clone();
        go.spawn("reader", async move {
            mu.read_lock().await;
            mu.read_unlock().await;
            Ok(())
        });
    }
    mu.lock().await;
    mu.unlock().await;
    Ok(())
}

fn search<F>(main: impl Fn(Go) -> F + 'static, executions: u64) -> Explorer<'static>
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    Explorer::new(Anew::new(Limits::default(), main), Bounds { executions, ..Bounds::default() })
}

/// Steps of an execution of six adds, where each goroutine takes so many rounds before, and allocations of the second
/// half of the 90 executions that there are.
fn allocations(before: usize) -> (usize, usize) {
    let mut explorer = search(move |go| adds(go, 3, before), u64::MAX);
    explorer.advance(45);
    let region = Region::new(ALLOCATOR);
    explorer.advance(45);
    let change = region.change();
    assert_eq!(explorer.progress().executions, 90, "rounds with what is one's own make no difference");
    (explorer.report().outcomes[0].steps, change.allocations + change.reallocations)
}

/// Steps of an execution of a search, how many there were, and the bytes that it holds more, at most, than when it was warm.
fn growth(mut explorer: Explorer<'_>) -> (usize, u64, isize) {
    explorer.advance(WARM);
    let mut most = 0;
    let region = Region::new(ALLOCATOR);
    loop {
        let progress = explorer.advance(1024);
        let change = region.change();
        most = most.max(change.bytes_allocated.cast_signed() - change.bytes_deallocated.cast_signed());
        if progress.over {
            return (explorer.report().outcomes[0].steps, progress.executions, most);
        }
    }
}

fn main() {
    let smoke = !std::env::args().any(|argument| argument == "--bench");
    println!(
        "| program | steps | executions | allocations of the last 45 | bytes held more than after {WARM}, at most |"
    );
    println!("|---|--:|--:|--:|--:|");
    for before in [1, 3, 5, 9] {
        let (steps, allocations) = allocations(before);
        println!("| 3x2 atomic, {} steps more each | {steps} | 90 | {allocations} | - |", 5 * before);
    }
    let (many, count) = if smoke { (1 << 11, 9) } else { (1 << 20, 20) };
    let with_last = |last, executions| search(move |go| adds_and_last(go, 5, last), executions);
    for (program, explorer) in [
        ("6x2 atomic".to_owned(), search(|go| adds(go, 6, 0), many)),
        (format!("readers({count})"), search(move |go| readers(go, count), many)),
        ("5x2 atomic, then loads".to_owned(), with_last(Last::Load, many)),
        ("5x2 atomic, then compare-and-swaps".to_owned(), with_last(Last::CompareAndSwap, many)),
        ("5x2 atomic, then locks".to_owned(), with_last(Last::Lock, many)),
        (format!("read locks({count})"), search(move |go| read_locks(go, count), many)),
        ("9 selects and a close".to_owned(), search(|go| selects(go, 9), many)),
    ] {
        let (steps, executions, bytes) = growth(explorer);
        println!("| {program} | {steps} | {executions} | - | {bytes} |");
    }
}
