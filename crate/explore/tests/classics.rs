//! The classic benchmarks of dynamic partial order reduction, with the counts of the literature.
//!
//! lastzero, readers and fib_bench: Abdulla, Aronis, Jonsson, Sagonas, Optimal Dynamic Partial Order Reduction, POPL
//! 2014, and JACM 64(4), 2017, section 10 (fib_bench is "false_unreach" of SV-COMP's pthread suite, without its
//! assertion). Counts derived by hand say how.

use chanscope_explore::{Bounds, Report, explore};
use chanscope_kernel::{Go, Limits, Panic, Run};
use chanscope_sync::Var;

/// The whole of a program, whose search threw nothing away.
fn whole<F>(main: impl Fn(Go) -> F) -> Report
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let report = explore(|| Run::new(Limits::default(), &main), Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    assert_eq!((report.blocked, report.looked), (0, 0), "nothing is begun in vain, and nothing run to look");
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
