//! The programs in Chanscope. Each answers how many executions there are.

use chanscope_explore::{Bounds, Explorer, Threads, explore};
use chanscope_kernel::{Anew, Go, Limits, Panic, Start};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::{Chan, Mutex, Var};

fn count<F>(main: impl Fn(Go) -> F) -> u64
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let report = explore(Anew::new(Limits::default(), main), Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    report.executions
}

pub(crate) fn store_buffering() -> u64 {
    count(|go| async move {
        let (x, y) = (Atomic::new(&go, "x", 0u32), Atomic::new(&go, "y", 0u32));
        for (own, other) in [(x.clone(), y.clone()), (y, x)] {
            go.spawn("thread", async move {
                own.store(1).await;
                other.load().await;
                Ok(())
            });
        }
        Ok(())
    })
}

pub(crate) fn increments() -> u64 {
    count(|go| async move {
        let x = Atomic::new(&go, "x", 0u32);
        for _ in 0..3 {
            let x = x.clone();
            go.spawn("thread", async move {
                x.add_and_load(1).await;
                x.add_and_load(1).await;
                Ok(())
            });
        }
        Ok(())
    })
}

pub(crate) fn guarded() -> u64 {
    count(|go| async move {
        let (mu, x) = (Mutex::new(&go, "mu"), Var::new(&go, "x", 0u32));
        for _ in 0..3 {
            let (mu, x) = (mu.clone(), x.clone());
            go.spawn("thread", async move {
                for _ in 0..2 {
                    mu.lock().await;
                    let value = x.load().await;
                    x.store(value + 1).await;
                    mu.unlock().await;
                }
                Ok(())
            });
        }
        Ok(())
    })
}

/// Two producers of two, a consumer of four, room for two.
pub(crate) fn channel() -> u64 {
    count(|go| async move {
        let ch = Chan::new(&go, "ch", 2);
        for _ in 0..2 {
            let ch = ch.clone();
            go.spawn("producer", async move {
                ch.send(1u32).await?;
                ch.send(2).await
            });
        }
        for _ in 0..4 {
            ch.recv().await;
        }
        Ok(())
    })
}

pub(crate) fn readers() -> u64 {
    count(|go| async move {
        let x = Atomic::new(&go, "x", 0u32);
        for _ in 0..3 {
            let x = x.clone();
            go.spawn("reader", async move {
                x.load().await;
                Ok(())
            });
        }
        x.store(1).await;
        Ok(())
    })
}

pub(crate) fn lastzero<const WRITERS: usize>() -> u64 {
    lastzero_of(WRITERS)
}

pub(crate) fn lastzero_of(n: usize) -> u64 {
    count(move |go| lastzero_in(go, n))
}

/// The same on threads.
pub(crate) fn lastzero_beside(n: usize, threads: &dyn Threads) -> u64 {
    let start = || -> Box<dyn Start> { Box::new(Anew::new(Limits::default(), move |go| lastzero_in(go, n))) };
    let mut explorer = Explorer::new(Anew::new(Limits::default(), move |go| lastzero_in(go, n)), Bounds::default());
    explorer.search_beside(threads, &start, |_, _| true);
    let report = explorer.report();
    assert!(report.is_complete() && report.blocked == 0, "{:?}", report.incomplete);
    report.executions
}

async fn lastzero_in(go: Go, n: usize) -> Result<(), Panic> {
    let cells: Vec<Atomic<u32>> = (0..=n).map(|_| Atomic::new(&go, "cell", 0)).collect();
    for j in 1..=n {
        let (from, to) = (cells[j - 1].clone(), cells[j].clone());
        go.spawn("writer", async move {
            let value = from.load().await;
            to.store(value + 1).await;
            Ok(())
        });
    }
    for cell in cells.iter().rev() {
        if cell.load().await == 0 {
            break;
        }
    }
    Ok(())
}
