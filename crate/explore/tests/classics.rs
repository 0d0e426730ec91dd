//! The classic benchmarks of dynamic partial order reduction, with the counts of the literature.
//!
//! lastzero, readers and fib_bench: Abdulla, Aronis, Jonsson, Sagonas, Optimal Dynamic Partial Order Reduction, POPL
//! 2014, and JACM 64(4), 2017, section 10 (fib_bench is "false_unreach" of SV-COMP's pthread suite, without its
//! assertion). indexer and filesystem: Flanagan, Godefroid, Dynamic Partial-Order Reduction for Model Checking Software,
//! POPL 2005, figures 4 and 5. Counts derived by hand say how.

use chanscope_explore::{Bounds, Matters, Report, explore};
use chanscope_kernel::{Go, Limits, Panic, Run};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::{Mutex, Var};

/// The whole of a program, whose search threw nothing away.
fn whole<F>(main: impl Fn(Go) -> F) -> Report
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let report = all(main, Matters::default());
    assert_eq!(report.looked, 0, "nothing is run again to look");
    report
}

fn all<F>(main: impl Fn(Go) -> F, matters: Matters) -> Report
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let report = explore(|| Run::new(Limits::default(), &main), Bounds { matters, ..Bounds::default() });
    assert!(report.is_complete(), "{:?}", report.incomplete);
    assert_eq!(report.blocked, 0, "nothing is begun in vain");
    report
}

fn cells(go: &Go, count: usize) -> Vec<Var<u32>> {
    (0..count).map(|_| Var::new(go, "cell", 0)).collect()
}

/// One goroutine looks from the last cell downwards for a zero; goroutine j of n writes cell j = cell j-1 plus one.
fn lastzero(n: usize) -> u64 {
    let report = whole(move |go| async move {
        let cells = cells(&go, n + 1);
        for j in 1..=n {
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
    });
    report.executions
}

#[test]
fn lastzero_of_5_and_10() {
    assert_eq!(lastzero(5), 64);
    assert_eq!(lastzero(10), 3_328);
}

#[test]
fn lastzero_of_15() {
    assert_eq!(lastzero(15), 147_456);
}

/// One writer and n readers, each of which comes before it or after it: 2^n.
fn readers(n: usize) -> u64 {
    let report = whole(move |go| async move {
        let x = Var::new(&go, "x", 0);
        let written = x.clone();
        go.spawn("writer", async move {
            written.store(1).await;
            Ok(())
        });
        for _ in 0..n {
            let x = x.clone();
            go.spawn("reader", async move {
                x.load().await;
                Ok(())
            });
        }
        Ok(())
    });
    report.executions
}

#[test]
fn readers_have_two_to_the_n() {
    assert_eq!([2, 8, 13].map(readers), [4, 256, 8_192]);
}

/// One goroutine adds j to i, another i to j, k times each; a third looks at both once.
fn fib_bench(k: usize) -> u64 {
    let report = whole(move |go| async move {
        let (i, j) = (Var::new(&go, "i", 1u32), Var::new(&go, "j", 1u32));
        for (to, from) in [(i.clone(), j.clone()), (j.clone(), i.clone())] {
            go.spawn("adder", async move {
                for _ in 0..k {
                    let (a, b) = (to.load().await, from.load().await);
                    to.store(a + b).await;
                }
                Ok(())
            });
        }
        go.spawn("checker", async move {
            i.load().await;
            j.load().await;
            Ok(())
        });
        Ok(())
    });
    report.executions
}

#[test]
fn fib_bench_of_2_to_4() {
    assert_eq!([2, 3, 4].map(fib_bench), [140, 1_698, 19_605]);
}

/// As large as it is listed, in release builds: 218 243 executions take a while unoptimised.
#[test]
fn fib_bench_of_5() {
    if !cfg!(debug_assertions) {
        assert_eq!(fib_bench(5), 218_243);
    }
}

/// n goroutines insert four messages each into a hash table of 128 places, by compare-and-swap.
fn indexer(n: u32) -> u64 {
    let report = all(
        move |go| async move {
            let table: Vec<Atomic<u32>> = (0..128).map(|_| Atomic::new(&go, "place", 0)).collect();
            for id in 0..n {
                let table = table.clone();
                go.spawn("thread", async move {
                    for m in 1..=4 {
                        let message = m * 11 + id;
                        let mut place = message * 7 % 128;
                        while !table[place as usize].compare_and_swap(0, message).await {
                            place = (place + 1) % 128;
                        }
                    }
                    Ok(())
                });
            }
            Ok(())
        },
        Matters::default(),
    );
    report.executions
}

#[test]
fn indexer_of_12_and_15() {
    assert_eq!(indexer(12), 8);
    if !cfg!(debug_assertions) {
        assert_eq!(indexer(15), 4_096);
    }
}

/// n goroutines give blocks to inodes: 32 inodes and 26 blocks, each under a lock of its own.
fn filesystem(n: usize) -> u64 {
    let report = whole(move |go| async move {
        let inodes: Vec<(Mutex, Var<u32>)> =
            (0..32).map(|_| (Mutex::new(&go, "inode lock"), Var::new(&go, "inode", 0))).collect();
        let blocks: Vec<(Mutex, Var<bool>)> =
            (0..26).map(|_| (Mutex::new(&go, "block lock"), Var::new(&go, "busy", false))).collect();
        for id in 0..n {
            let (blocks, inode) = (blocks.clone(), inodes[id % 32].clone());
            go.spawn("thread", async move {
                inode.0.lock().await;
                if inode.1.load().await == 0 {
                    let mut at = id % 32 * 2 % 26;
                    loop {
                        let (lock, busy) = &blocks[at];
                        lock.lock().await;
                        if !busy.load().await {
                            busy.store(true).await;
                            inode.1.store(u32::try_from(at).expect("small") + 1).await;
                            lock.unlock().await;
                            break;
                        }
                        lock.unlock().await;
                        at = (at + 1) % 26;
                    }
                }
                inode.0.unlock().await;
                Ok(())
            });
        }
        Ok(())
    });
    report.executions
}

#[test]
fn filesystem_of_14_to_19() {
    assert_eq!([14, 16, 18, 19].map(filesystem), [2, 8, 32, 64]);
}

/// Nobody is told what they come to. Where races are looked for each of them orders what is around it, so all 4! orders
/// count.
#[test]
fn four_adds_commute_unless_races_are_looked_for() {
    let program = |go: Go| async move {
        let sum = Atomic::new(&go, "sum", 0u32);
        for _ in 0..4 {
            let sum = sum.clone();
            go.spawn("adder", async move {
                sum.add(1).await;
                Ok(())
            });
        }
        Ok(())
    };
    assert_eq!(all(program, Matters { races: false, ..Matters::default() }).executions, 1);
    assert_eq!(whole(program).executions, 24);
}

/// A write, then an add, beside an add, then a read: a race in one order of the adds only.
#[test]
fn the_order_of_adds_shows_a_race() {
    let report = whole(|go: Go| async move {
        let (x, sum) = (Var::new(&go, "x", 0u32), Atomic::new(&go, "sum", 0u32));
        let (their_x, their_sum) = (x.clone(), sum.clone());
        go.spawn("writer", async move {
            their_x.store(1).await;
            their_sum.add(1).await;
            Ok(())
        });
        sum.add(1).await;
        x.load().await;
        Ok(())
    });
    let races = report.outcomes.iter().map(|seen| seen.name.findings.is_empty());
    assert_eq!(races.collect::<std::collections::BTreeSet<_>>().len(), 2, "{report:?}");
}

/// n goroutines of k stores each to one variable: every interleaving is a class of its own, (nk)!/(k!)^n.
fn dependent(n: usize, k: usize) -> u64 {
    let report = whole(move |go| async move {
        let x = Var::new(&go, "x", 0);
        for _ in 0..n {
            let x = x.clone();
            go.spawn("writer", async move {
                for value in 0..u32::try_from(k).expect("small") {
                    x.store(value).await;
                }
                Ok(())
            });
        }
        Ok(())
    });
    report.executions
}

#[test]
fn dependent_steps_have_all_interleavings() {
    assert_eq!(dependent(3, 2), 90);
    assert_eq!(dependent(4, 2), 2_520);
}

/// Store buffering under sequential consistency: the fourth of the outcomes, both reading zero, cannot be.
#[test]
fn store_buffering_has_three() {
    let report = whole(|go: Go| async move {
        let (x, y) = (Var::new(&go, "x", 0u32), Var::new(&go, "y", 0u32));
        for (own, other) in [(x.clone(), y.clone()), (y, x)] {
            go.spawn("goroutine", async move {
                own.store(1).await;
                other.load().await;
                Ok(())
            });
        }
        Ok(())
    });
    assert_eq!(report.executions, 3);
}
