//! What tells executions apart and what does not, by counts that can be derived by hand. The classic benchmarks are
//! registered programs: their counts are in `crate/session/tests/classics.rs`.

use chanscope_explore::{Bounds, Matters, Report, explore};
use chanscope_kernel::{Go, Limits, Panic, Run};
use chanscope_sync::atomic::{Atomic, Pointer, Ptr};
use chanscope_sync::{Cond, Mutex, Var};

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

/// Three goroutines with one operation each.
async fn each<F>(go: Go, operation: impl Fn(usize) -> F) -> Result<(), Panic>
where
    F: Future<Output = ()> + 'static,
{
    for nth in 0..3 {
        let operation = operation(nth);
        go.spawn("each", async move {
            operation.await;
            Ok(())
        });
    }
    Ok(())
}

/// Whoever comes first wins, and what it would do elsewhere follows from what is in there.
#[test]
fn a_compare_and_swap_declares_what_it_would_do() {
    let program = |go: Go| {
        let x = Atomic::new(&go, "x", 0u32);
        each(go, move |_| {
            let x = x.clone();
            async move { _ = x.compare_and_swap(0, 1).await }
        })
    };
    assert_eq!(whole(program).executions, 3);
    let flags = |go: Go| {
        let is_set = Atomic::new(&go, "is set", false);
        each(go, move |nth| {
            let is_set = is_set.clone();
            async move { _ = is_set.compare_and_swap(nth == 0, nth != 0).await }
        })
    };
    // One clears it and two set it: each of the 3! orders shows in who succeeds.
    assert_eq!(whole(flags).executions, 6);
}

/// A pointer to an equal value can be another one: there it is run again to look.
#[test]
fn pointers_are_not_told_apart_by_what_they_show() {
    let report = all(
        |go: Go| {
            let nil = Ptr::nil();
            let p = Pointer::new(&go, "p", nil.clone());
            each(go, move |_| {
                let (p, nil) = (p.clone(), nil.clone());
                async move { _ = p.compare_and_swap(nil, Ptr::to(1)).await }
            })
        },
        Matters::default(),
    );
    assert_eq!(report.executions, 3);
    assert!(report.looked > 0);
}

#[test]
fn signals_declare_what_they_would_do() {
    let program = |go: Go| {
        let cond = Cond::new(&go, "cond", &Mutex::new(&go, "mu"));
        each(go, move |nth| {
            let cond = cond.clone();
            async move { if nth == 0 { cond.broadcast().await } else { cond.signal().await } }
        })
    };
    assert_eq!(whole(program).executions, 6, "each shows who was woken by what");
}
