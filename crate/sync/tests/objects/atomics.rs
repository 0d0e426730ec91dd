//! `sync/atomic`.

use chanscope_kernel::trace::Fold;
use chanscope_kernel::{Go, ObjectId, Value};
use chanscope_sync::atomic::{self, AtomicState, Ptr};
use chanscope_sync::{Var, WaitGroup};

use crate::support::{all_ends, ends, run, set};

#[test]
fn adds_are_never_lost() {
    let program = |go: Go| async move {
        let (wg, count) = (WaitGroup::new(&go, "wg"), atomic::Int64::new(&go, "count", 0));
        for _ in 0..3 {
            let count = count.clone();
            wg.go(&go, "adder", async move {
                count.add(1).await;
                count.add_and_load(1).await;
                Ok(())
            })
            .await?;
        }
        wg.wait().await;
        go.println(&count.load().await).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [6]"]));
}

/// Beside the plain variable, where the same increments get lost.
#[test]
fn plain_increments_can_be_lost() {
    let program = |go: Go| async move {
        let (wg, count) = (WaitGroup::new(&go, "wg"), Var::new(&go, "count", 0));
        for _ in 0..2 {
            let count = count.clone();
            wg.go(&go, "adder", async move {
                let read = count.load().await;
                count.store(read + 1).await;
                Ok(())
            })
            .await?;
        }
        wg.wait().await;
        go.println(&count.load().await).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [1]", "completed [2]"]));
}

#[test]
fn add_answers_the_new_value_and_wraps_around() {
    let program = |go: Go| async move {
        let (signed, unsigned) = (atomic::Int32::new(&go, "i", i32::MAX), atomic::Uint32::new(&go, "u", 0));
        go.println(&signed.add_and_load(1).await).await;
        go.println(&unsigned.add_and_load(u32::MAX).await).await;
        unsigned.add(1).await;
        go.println(&unsigned.load().await).await;
        Ok(())
    };
    assert_eq!(ends(program), format!("completed [{} {} 0]", i32::MIN, u32::MAX));
}

#[test]
fn swap_answers_the_old_value() {
    let program = |go: Go| async move {
        let flag = atomic::Bool::new(&go, "flag", false);
        go.println(&flag.swap(true).await).await;
        go.println(&flag.swap(true).await).await;
        flag.store(false).await;
        go.println(&flag.load().await).await;
        Ok(())
    };
    assert_eq!(ends(program), "completed [false true false]");
}

#[test]
fn compare_and_swap_changes_only_what_is_as_expected() {
    let program = |go: Go| async move {
        let x = atomic::Int32::new(&go, "x", 1);
        for expected in [2, 1] {
            let went = x.compare_and_swap(expected, 7).await;
            go.println(&went).await;
            go.println(&x.load().await).await;
        }
        Ok(())
    };
    assert_eq!(ends(program), "completed [false 1 true 7]");
}

/// Of several that expect the same exactly one goes through.
#[test]
fn one_compare_and_swap_wins() {
    let program = |go: Go| async move {
        let (wg, x) = (WaitGroup::new(&go, "wg"), atomic::Int32::new(&go, "x", 0));
        for number in [1, 2] {
            let (x, own) = (x.clone(), go.clone());
            wg.go(&go, "worker", async move {
                if x.compare_and_swap(0, number).await {
                    own.println(&number).await;
                }
                Ok(())
            })
            .await?;
        }
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [1]", "completed [2]"]));
}

#[test]
fn pointers_are_compared_by_what_they_point_to() {
    let program = |go: Go| async move {
        let (one, same) = (Ptr::to(1), Ptr::to(1));
        let p = atomic::Pointer::new(&go, "p", Ptr::nil());
        assert!(p.load().await.get().is_none());
        p.store(one.clone()).await;
        assert!(!p.compare_and_swap(same.clone(), Ptr::nil()).await, "equal, and somewhere else");
        assert!(p.compare_and_swap(one, same).await);
        go.println(p.load().await.get().expect("it points to something")).await;
        Ok(())
    };
    assert_eq!(ends(program), "completed [1]");
}

/// What the trace makes of the events is what the program has read.
#[test]
fn the_state_follows_from_the_events() {
    let outcome = run(|go| async move {
        let x = atomic::Int32::new(&go, "x", i32::MAX);
        x.add(2).await;
        x.compare_and_swap(0, 5).await;
        assert_eq!(x.load().await, i32::MIN + 1);
        Ok(())
    });
    let mut fold = Fold::new(&outcome.trace);
    while fold.at() < outcome.trace.len() {
        fold.advance(&outcome.trace);
    }
    let state: &AtomicState = fold.object(ObjectId(1)).of();
    assert_eq!(state.value, Some(Value::Int((i32::MIN + 1).into())));
}
