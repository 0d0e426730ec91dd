//! Programs on `futures::executor::LocalPool`, with a virtual clock.
//!
//! Here a goroutine runs until it has to wait, and whoever was woken first is polled first. One that never waits keeps
//! all others from running: that is this executor's nature, and the limit on commits says so.

use std::rc::Rc;

use chanscope_kernel::{Hosted, Limits, Program, Recorded, Terms};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

/// Commits that a program may make here.
pub const MOST_COMMITS: usize = 100_000;

/// Runs the program to its end, and answers the order of commits.
#[must_use]
pub fn run(program: Program, seed: u64) -> Recorded {
    let mut pool = LocalPool::new();
    let spawner = Rc::new(pool.spawner());
    let terms = Terms { limits: Limits::default(), most_commits: MOST_COMMITS, commits_a_turn: None, seed };
    let hosted = Hosted::start(program, terms, move |task| {
        spawner.spawn_local(task).expect("the pool is there as long as the program");
    });
    loop {
        pool.run_until_stalled();
        if hosted.is_over() || !(hosted.time_passes() || hosted.press()) {
            return hosted.recorded();
        }
    }
}
