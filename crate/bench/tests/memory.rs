//! What runs take in memory, counted by the allocator: a goroutine that waits, and a million events.
//!
//! One test, so that nothing else allocates beside it.

use std::alloc::System;

use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
use chanscope_sync::Chan;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Bytes that are held more after `run` than before, and what it answers.
fn held<T>(run: impl FnOnce() -> T) -> (usize, T) {
    let region = Region::new(ALLOCATOR);
    let answer = run();
    let change = region.change();
    // Bytes of blocks that grew in place are counted apart.
    let grown = change.bytes_reallocated;
    let held = change.bytes_allocated as isize - change.bytes_deallocated as isize;
    assert!(grown.unsigned_abs() <= change.bytes_allocated, "what grew was allocated");
    (usize::try_from(held).expect("it holds something"), answer)
}

/// Starts so many goroutines that wait for a value each, and stops when all have parked.
fn parked(goroutines: u32) -> usize {
    let (bytes, run) = held(|| {
        let mut run = Run::new(Limits::default(), move |go: Go| async move {
            let ch = Chan::<u32>::new(&go, "ch", 1);
            for _ in 0..goroutines {
                go.spawn("waiting", waits(ch.clone()));
            }
            let never = Chan::<u32>::new(&go, "never", 0);
            never.recv().await;
            Ok(())
        });
        run.advance(&mut FirstCome { seed: 0 }, 1).expect("nothing is replayed");
        run
    });
    let waiting = run.trace(|trace| trace.len());
    assert!(waiting >= 2 * goroutines, "each was started and has parked");
    bytes
}

async fn waits(ch: Chan<u32>) -> Result<(), Panic> {
    ch.recv().await;
    Ok(())
}

/// A pipeline of so many events.
fn trace_bytes(values: u32) -> (usize, u32) {
    let (bytes, trace) = held(|| {
        let mut run = Run::new(Limits::default(), move |go: Go| async move {
            let ch = Chan::new(&go, "ch", 2);
            let out = ch.clone();
            go.spawn("source", async move {
                for n in 0..values {
                    out.send(n).await?;
                }
                out.close().await
            });
            while ch.recv().await.is_some() {}
            Ok(())
        });
        while !run.advance(&mut FirstCome { seed: 0 }, u32::MAX).expect("nothing is replayed") {}
        run.finish().trace
    });
    (bytes, trace.len())
}

#[test]
fn a_parked_goroutine_takes_less_than_512_bytes_and_a_million_events_less_than_32_megabytes() {
    let future = size_of_val(&waits_of_nobody());
    // Tables grow by doubling: both numbers of goroutines just fit. At worst a table has as much room again.
    let (few, many) = (parked((1 << 10) - 8), parked((1 << 14) - 8));
    let each = (many - few) / ((1 << 14) - (1 << 10));
    println!("{each} bytes a parked goroutine, {future} of them its future");
    assert!(each < 512 + future, "{each} bytes, with a future of {future}");
    let (bytes, events) = trace_bytes(400_000);
    assert!(events >= 1_000_000, "{events}");
    let of_a_million = bytes as u64 * 1_000_000 / u64::from(events);
    println!("{of_a_million} bytes a million events");
    assert!(of_a_million < 32_000_000, "{of_a_million}");
}

/// A future like those that wait, to be measured.
fn waits_of_nobody() -> impl Future {
    let mut channel = None;
    let _run = Run::new(Limits::default(), |go| {
        channel = Some(Chan::new(&go, "ch", 1));
        async { Ok(()) }
    });
    waits(channel.expect("it was made"))
}
