//! Executions a second on two classics: `cargo run --release -p chanscope-explore --example rate`.
//!
//! A look while working on the search, not a benchmark: one process, wall-clock time, race detection and witnesses
//! included.

use std::time::Instant;

use chanscope_explore::{Bounds, explore};
use chanscope_kernel::{Go, Limits, Run};
use chanscope_sync::Var;

fn main() {
    let increments = || {
        Run::new(Limits::default(), |go: Go| async move {
            let x = Var::new(&go, "x", 0u32);
            for _ in 0..3 {
                let x = x.clone();
                go.spawn("writer", async move {
                    for value in 0..2 {
                        x.store(value).await;
                    }
                    Ok(())
                });
            }
            Ok(())
        })
    };
    let lastzero = || {
        Run::new(Limits::default(), |go: Go| async move {
            let cells: Vec<Var<u32>> = (0..=10).map(|_| Var::new(&go, "cell", 0)).collect();
            for j in 1..cells.len() {
                let (from, to) = (cells[j - 1].clone(), cells[j].clone());
                go.spawn("writer", async move {
                    let value = from.load().await;
                    to.store(value + 1).await;
                    Ok(())
                });
            }
            go.spawn("reader", async move {
                for cell in cells.iter().rev() {
                    if cell.load().await == 0 {
                        break;
                    }
                }
                Ok(())
            });
            Ok(())
        })
    };
    measure("3 goroutines of 2 dependent steps", 200, increments);
    measure("lastzero(10)", 1, lastzero);
}

fn measure(name: &str, times: u32, start: impl Fn() -> Run) {
    let begun = Instant::now();
    let mut executions = 0;
    for _ in 0..times {
        executions += explore(&start, Bounds::default()).executions;
    }
    let seconds = begun.elapsed().as_secs_f64();
    println!("{name}: {executions} executions in {seconds:.2} s, {:.0} a second", executions as f64 / seconds);
}
