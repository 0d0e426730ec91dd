//! Exact counts of inequivalent executions of programs with locks: by brute force, by search, and by hand.

use chanscope_explore::{Bounds, Matters, OutcomeFinding, brute_force, explore};
use chanscope_kernel::{Ending, Go, Limits, Panic, Run};
use chanscope_sync::{Mutex, RwMutex, Var, WaitGroup};

fn count<F>(main: impl Fn(Go) -> F) -> usize
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let start = || Run::new(Limits::default(), &main);
    let brute = brute_force(&start, 2_000_000, Matters::default());
    assert!(brute.complete, "gave up after {} interleavings", brute.interleavings);
    let report = explore(start, Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    assert_eq!((report.executions, report.blocked), (brute.classes.len() as u64, 0), "one execution a class");
    brute.classes.len()
}

/// N critical sections come in one of N! orders.
#[test]
fn critical_sections_come_in_every_order() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        for _ in 0..3 {
            let mu = mu.clone();
            go.spawn("worker", async move {
                mu.lock().await;
                mu.unlock().await;
                Ok(())
            });
        }
        Ok(())
    };
    assert_eq!(count(program), 6);
}

/// Each of three readers comes before the writer or after it.
#[test]
fn three_readers_and_a_writer_have_eight() {
    let program = |go: Go| async move {
        let mu = RwMutex::new(&go, "mu");
        for _ in 0..3 {
            let mu = mu.clone();
            go.spawn("reader", async move {
                mu.read_lock().await;
                mu.read_unlock().await;
                Ok(())
            });
        }
        let mu = mu.clone();
        go.spawn("writer", async move {
            mu.lock().await;
            mu.unlock().await;
            Ok(())
        });
        Ok(())
    };
    assert_eq!(count(program), 8);
}

/// Before the lock, while it is held, after the unlock: the first and the last both get it, and then the other's lock
/// comes second or first.
#[test]
fn an_attempt_beside_a_critical_section_has_three() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        let theirs = mu.clone();
        go.spawn("worker", async move {
            theirs.lock().await;
            theirs.unlock().await;
            Ok(())
        });
        if mu.try_lock().await {
            mu.unlock().await;
        }
        Ok(())
    };
    assert_eq!(count(program), 3);
}

/// The unlock comes while it is held or not; in the second case it ends the program before the lock or after it all.
#[test]
fn an_unlock_beside_a_lock_may_come_too_early() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        let theirs = mu.clone();
        go.spawn("worker", async move {
            theirs.lock().await;
            Ok(())
        });
        mu.unlock().await;
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// Whoever comes second fails, and nobody can tell the order otherwise.
#[test]
fn two_dones_of_a_counter_of_one_have_two() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.add(1).await?;
        for name in ["one", "other"] {
            let wg = wg.clone();
            go.spawn(name, async move {
                // The panic is recovered, so that it cuts nobody off.
                let _ = wg.done().await;
                Ok(())
            });
        }
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// The writer comes before both read locks, or after both, or between them: then each waits for the other.
#[test]
fn a_recursive_read_lock_beside_a_lock_reaches_the_deadlock() {
    let program = |go: Go| async move {
        let mu = RwMutex::new(&go, "mu");
        let theirs = mu.clone();
        go.spawn("writer", async move {
            theirs.lock().await;
            theirs.unlock().await;
            Ok(())
        });
        mu.read_lock().await;
        mu.read_lock().await;
        mu.read_unlock().await;
        mu.read_unlock().await;
        Ok(())
    };
    assert_eq!(count(program), 3);
    let report = explore(|| Run::new(Limits::default(), program), Bounds::default());
    let deadlocks = report.outcomes.iter().filter(|seen| seen.verdict.ending == Ending::Deadlocked);
    assert_eq!(deadlocks.map(|seen| seen.count).sum::<u64>(), 1);
}

/// What one writes in its critical section the other reads in its own, in either order and without a race.
#[test]
fn a_mutex_orders_what_it_guards() {
    let program = |go: Go| async move {
        let (mu, x) = (Mutex::new(&go, "mu"), Var::new(&go, "x", 0));
        let (theirs, their_x) = (mu.clone(), x.clone());
        go.spawn("worker", async move {
            theirs.lock().await;
            their_x.store(1).await;
            theirs.unlock().await;
            Ok(())
        });
        mu.lock().await;
        x.load().await;
        mu.unlock().await;
        Ok(())
    };
    assert_eq!(count(program), 2);
    let report = explore(|| Run::new(Limits::default(), program), Bounds::default());
    assert!(report.outcomes.iter().all(|seen| seen.name.findings.iter().all(|finding| !is_race(finding))));
}

fn is_race(finding: &OutcomeFinding) -> bool {
    matches!(finding, OutcomeFinding::DataRace { .. })
}
