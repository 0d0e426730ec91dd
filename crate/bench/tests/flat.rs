//! What a search holds in memory does not grow with the executions, counted by the allocator.
//!
//! One test, so that nothing else allocates beside it.

use std::alloc::System;

use chanscope_explore::{Bounds, Explorer};
use chanscope_kernel::{Anew, Go, Limits};
use chanscope_sync::atomic::Atomic;
use stats_alloc::{INSTRUMENTED_SYSTEM, Region, StatsAlloc};

#[global_allocator]
static ALLOCATOR: &StatsAlloc<System> = &INSTRUMENTED_SYSTEM;

/// Three goroutines of four additions each: 12!/(4! 4! 4!) executions.
const EXECUTIONS: u64 = 34_650;

/// Most bytes that are held in any of `slices` of an equal number of executions.
fn most_held(explorer: &mut Explorer<'_>, region: &Region<'_, System>, slices: u64, executions: u64) -> isize {
    let held = |_| {
        explorer.advance(executions / slices);
        let change = region.change();
        change.bytes_allocated as isize - change.bytes_deallocated as isize
    };
    (0..slices).map(held).max().expect("there are some")
}

#[test]
fn a_search_holds_no_more_after_many_executions_than_after_few() {
    let program = Anew::new(Limits::default(), |go: Go| async move {
        let x = Atomic::new(&go, "x", 0u32);
        for _ in 0..3 {
            let x = x.clone();
            go.spawn("adds", async move {
                for _ in 0..4 {
                    x.add_and_load(1).await;
                }
                Ok(())
            });
        }
        Ok(())
    });
    let region = Region::new(ALLOCATOR);
    let mut explorer = Explorer::new(program, Bounds::default());
    let few = most_held(&mut explorer, &region, 10, EXECUTIONS / 10);
    let many = most_held(&mut explorer, &region, 90, EXECUTIONS * 9 / 10);
    while !explorer.advance(1_000).over {}
    assert_eq!(explorer.report().executions, EXECUTIONS);
    println!("{few} bytes in the first tenth, {many} in the rest");
    assert!(many < few + few / 4, "{few} bytes in the first tenth, {many} in the rest");
}
