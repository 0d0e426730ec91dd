//! What Go's documentation of `sync` says of Mutex and RWMutex, sentence by sentence.

use std::collections::BTreeSet;
use std::future::Future;

use chanscope_kernel::{Ending, FirstCome, Go, Limits, Panic, Random, Run, Strategy};
use chanscope_sync::{Mutex, RwMutex, WaitGroup};

const ENOUGH_STEPS: u32 = 1_000;

/// How the program ends, and the last value of its trace: a fatal error's text.
fn end<F>(main: impl FnOnce(Go) -> F, strategy: &mut dyn Strategy) -> (Ending, Option<String>)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits::default(), main);
    assert!(run.advance(strategy, ENOUGH_STEPS).expect("nothing was replayed"), "it is over");
    let outcome = run.finish();
    let last = outcome.trace.event(outcome.trace.len() - 1);
    (outcome.ending, outcome.trace.event_value(&last).map(|value| value.printed()))
}

fn fatal<F>(main: impl FnOnce(Go) -> F) -> Option<String>
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let (ending, text) = end(main, &mut FirstCome { seed: 0 });
    matches!(ending, Ending::Fatal { .. }).then_some(text).flatten()
}

#[test]
fn what_nobody_holds_cannot_be_unlocked() {
    let mutex = fatal(|go| async move {
        // A fatal error is no panic: nothing recovers it.
        go.defer(async |recovery| {
            let _ = recovery.recover();
            Ok(())
        });
        Mutex::new(&go, "mu").unlock().await;
        Ok(())
    });
    assert_eq!(mutex.as_deref(), Some("sync: unlock of unlocked mutex"));
    let writer = fatal(|go| async move {
        RwMutex::new(&go, "mu").unlock().await;
        Ok(())
    });
    assert_eq!(writer.as_deref(), Some("sync: Unlock of unlocked RWMutex"));
    let reader = fatal(|go| async move {
        RwMutex::new(&go, "mu").read_unlock().await;
        Ok(())
    });
    assert_eq!(reader.as_deref(), Some("sync: RUnlock of unlocked RWMutex"));
}

#[test]
fn a_mutex_is_not_reentrant() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        mu.lock().await;
        mu.lock().await;
        Ok(())
    };
    assert_eq!(end(program, &mut FirstCome { seed: 0 }).0, Ending::Deadlocked);
}

#[test]
fn another_goroutine_may_unlock_a_mutex() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        mu.lock().await;
        let theirs = mu.clone();
        go.spawn("other", async move {
            theirs.unlock().await;
            Ok(())
        });
        mu.lock().await;
        Ok(())
    };
    assert_eq!(end(program, &mut FirstCome { seed: 0 }).0, Ending::Completed);
}

#[test]
fn readers_hold_it_together() {
    let program = |go: Go| async move {
        let mu = RwMutex::new(&go, "mu");
        mu.read_lock().await;
        mu.read_lock().await;
        Ok(())
    };
    assert_eq!(end(program, &mut FirstCome { seed: 0 }).0, Ending::Completed);
}

/// The documentation prohibits recursive read-locking: it deadlocks when a writer has asked in between, and only then.
#[test]
fn a_recursive_read_lock_deadlocks_beside_a_writer_only() {
    let program = |writers: u32| {
        move |go: Go| async move {
            let (mu, wg) = (RwMutex::new(&go, "mu"), WaitGroup::new(&go, "wg"));
            for _ in 0..writers {
                let mu = mu.clone();
                wg.go(&go, "writer", async move {
                    mu.lock().await;
                    mu.unlock().await;
                    Ok(())
                })
                .await?;
            }
            mu.read_lock().await;
            mu.read_lock().await;
            mu.read_unlock().await;
            mu.read_unlock().await;
            wg.wait().await;
            Ok(())
        }
    };
    let endings =
        |writers| -> BTreeSet<Ending> { (0..200).map(|seed| end(program(writers), &mut Random { seed }).0).collect() };
    assert_eq!(endings(0), BTreeSet::from([Ending::Completed]));
    assert_eq!(endings(1), BTreeSet::from([Ending::Completed, Ending::Deadlocked]));
}

#[test]
fn try_lock_takes_only_what_is_free() {
    let program = |go: Go| async move {
        let mu = Mutex::new(&go, "mu");
        let got = [mu.try_lock().await, mu.try_lock().await];
        mu.unlock().await;
        assert_eq!((got, mu.try_lock().await), ([true, false], true));
        Ok(())
    };
    assert_eq!(end(program, &mut FirstCome { seed: 0 }).0, Ending::Completed);
}

/// The words are Go's: a writer tries only where nobody holds it, a reader where no writer does.
#[test]
fn attempts_on_an_rwmutex_see_who_holds_it() {
    let program = |go: Go| async move {
        let mu = RwMutex::new(&go, "mu");
        mu.read_lock().await;
        assert_eq!((mu.try_lock().await, mu.try_read_lock().await), (false, true));
        mu.read_unlock().await;
        mu.read_unlock().await;
        assert!(mu.try_lock().await);
        assert_eq!((mu.try_lock().await, mu.try_read_lock().await), (false, false));
        mu.unlock().await;
        assert!(mu.try_read_lock().await);
        Ok(())
    };
    assert_eq!(end(program, &mut FirstCome { seed: 0 }).0, Ending::Completed);
}

/// A writer that waits for a reader holds back `TryRLock`, and `RLock` with it.
#[test]
fn a_waiting_writer_makes_attempts_to_read_fail() {
    let program = |go: Go| async move {
        let mu = RwMutex::new(&go, "mu");
        mu.read_lock().await;
        let theirs = mu.clone();
        go.spawn("writer", async move {
            theirs.lock().await;
            theirs.unlock().await;
            Ok(())
        });
        let got = mu.try_read_lock().await;
        if got {
            mu.read_unlock().await;
        }
        go.println(&got).await;
        mu.read_unlock().await;
        Ok(())
    };
    let printed: BTreeSet<Vec<String>> = (0..200)
        .map(|seed| {
            let mut run = Run::new(Limits::default(), program);
            assert!(run.advance(&mut Random { seed }, ENOUGH_STEPS).expect("nothing was replayed"), "it is over");
            run.finish().trace.output()
        })
        .collect();
    assert_eq!(printed, BTreeSet::from([vec!["false".to_owned()], vec!["true".to_owned()]]));
}
