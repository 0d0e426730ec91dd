//! Channels outside `select`.

use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Chan, MAX_CAPACITY, RecvOnly, SendOnly};
use futures::StreamExt;

use crate::support::{all_ends, ends, set};

#[test]
fn values_come_out_in_the_order_in_which_they_went_in() {
    let program = |capacity| {
        move |go: Go| async move {
            let ch = Chan::new(&go, "ch", capacity);
            let theirs = ch.clone();
            go.spawn("sender", async move {
                for value in [1, 2, 3] {
                    theirs.send(value).await?;
                }
                Ok(())
            });
            for _ in 0..3 {
                go.println(&ch.recv().await.unwrap_or(0)).await;
            }
            Ok(())
        }
    };
    for capacity in [0, 1, 3] {
        assert_eq!(all_ends(program(capacity)), set(["completed [1 2 3]"]), "capacity {capacity}");
    }
}

/// With no room left the next send waits.
#[test]
fn a_send_waits_only_when_the_buffer_is_full() {
    let program = |sends| {
        move |go: Go| async move {
            let ch = Chan::new(&go, "ch", 2);
            for value in 0..sends {
                ch.send(value).await?;
            }
            Ok(())
        }
    };
    assert_eq!(ends(program(2)), "completed []");
    assert_eq!(ends(program(3)), "deadlocked []");
}

/// Neither goes on without the other.
#[test]
fn an_unbuffered_channel_needs_both_at_once() {
    let alone = |go: Go| async move { Chan::new(&go, "ch", 0).send(1).await };
    assert_eq!(ends(alone), "deadlocked []");
    let together = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        let theirs = ch.clone();
        go.spawn("sender", async move { theirs.send(1).await });
        go.println(&ch.recv().await.unwrap_or(0)).await;
        Ok(())
    };
    assert_eq!(all_ends(together), set(["completed [1]"]));
}

#[test]
fn what_was_sent_before_the_close_is_received_before_the_end_is_told() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 2);
        ch.send(1).await?;
        ch.close().await?;
        go.println(&format!("{:?}", ch.recv().await)).await;
        go.println(&format!("{:?}", ch.recv().await)).await;
        go.println(&format!("{:?}", ch.recv().await)).await;
        Ok(())
    };
    assert_eq!(ends(program), "completed [Some(1) None None]");
}

#[test]
fn a_close_wakes_everybody_who_receives() {
    let program = |go: Go| async move {
        let ch = Chan::<u32>::new(&go, "ch", 0);
        for _ in 0..3 {
            let ch = ch.clone();
            go.spawn("receiver", async move {
                assert_eq!(ch.recv().await, None);
                Ok(())
            });
        }
        ch.close().await
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

#[test]
fn to_send_on_a_closed_channel_is_a_panic_also_for_who_waits_there() {
    let late = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 1);
        ch.close().await?;
        ch.send(1).await
    };
    assert_eq!(ends(late), "panicked: send on closed channel []");
    let waiting = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        let theirs = ch.clone();
        go.spawn("closer", async move { theirs.close().await });
        ch.send(1).await
    };
    assert_eq!(all_ends(waiting), set(["panicked: send on closed channel []"]));
}

#[test]
fn to_close_twice_is_a_panic() {
    let program = |go: Go| async move {
        let ch = Chan::<u32>::new(&go, "ch", 0);
        ch.close().await?;
        ch.close().await
    };
    assert_eq!(ends(program), "panicked: close of closed channel []");
}

#[test]
fn a_nil_channel_lets_nobody_through() {
    assert_eq!(ends(|go: Go| async move { Chan::nil(&go, "ch").send(1).await }), "deadlocked []");
    let receive = |go: Go| async move {
        Chan::<u32>::nil(&go, "ch").recv().await;
        Ok(())
    };
    assert_eq!(ends(receive), "deadlocked []");
    // Not even a sender and a receiver of the same nil channel meet.
    let both = |go: Go| async move {
        let ch = Chan::nil(&go, "ch");
        let theirs = ch.clone();
        go.spawn("sender", async move { theirs.send(1).await });
        ch.recv().await;
        Ok(())
    };
    assert_eq!(ends(both), "deadlocked []");
}

#[test]
fn to_close_a_nil_channel_is_a_panic() {
    let program = |go: Go| async move { Chan::<u32>::nil(&go, "ch").close().await };
    assert_eq!(ends(program), "panicked: close of nil channel []");
}

#[test]
fn length_and_capacity_are_those_of_the_buffer() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 3);
        let mut seen = vec![ch.len().await];
        ch.send(1).await?;
        ch.send(2).await?;
        seen.push(ch.len().await);
        ch.recv().await;
        ch.close().await?;
        seen.push(ch.len().await);
        let nil = Chan::<u32>::nil(&go, "nil");
        seen.extend([ch.cap(), nil.len().await, nil.cap()]);
        go.println(&format!("{seen:?}")).await;
        Ok(())
    };
    assert_eq!(ends(program), "completed [[0, 2, 1, 3, 0, 0]]");
}

/// Also while a sender waits there.
#[test]
fn an_unbuffered_channel_has_nothing_in_it() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        let theirs = ch.clone();
        go.spawn("sender", async move { theirs.send(1).await });
        go.yield_now().await;
        go.println(&ch.len().await).await;
        ch.recv().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [0]"]));
}

#[test]
fn range_receives_until_the_channel_is_closed_and_drained() {
    let program = |closes| {
        move |go: Go| async move {
            let ch = Chan::new(&go, "ch", 1);
            let theirs = ch.clone();
            go.spawn("sender", async move {
                for value in [1, 2, 3] {
                    theirs.send(value).await?;
                }
                if closes { theirs.close().await } else { Ok(()) }
            });
            let mut range = ch.range();
            while let Some(value) = range.next().await {
                go.println(&value).await;
            }
            Ok(())
        }
    };
    assert_eq!(all_ends(program(true)), set(["completed [1 2 3]"]));
    assert_eq!(all_ends(program(false)), set(["deadlocked [1 2 3]"]));
}

#[test]
fn a_handle_for_one_direction_is_the_same_channel() {
    async fn produce(out: SendOnly<u32>) -> Result<(), Panic> {
        out.send(out.cap()).await?;
        assert_eq!(out.len().await, 1);
        out.close().await
    }
    async fn consume(go: &Go, input: RecvOnly<u32>) {
        while let Some(value) = input.recv().await {
            go.println(&value).await;
        }
    }
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 7);
        produce(ch.send_only()).await?;
        consume(&go, ch.into()).await;
        Ok(())
    };
    assert_eq!(ends(program), "completed [7]");
}

#[test]
fn a_negative_size_is_a_panic() {
    let program = |size| move |go: Go| async move { Chan::<u32>::make(&go, "ch", size).map(drop) };
    assert_eq!(ends(program(-1)), "panicked: makechan: size out of range []");
    assert_eq!(ends(program(0)), "completed []");
}

/// Our own limit, not Go's.
#[test]
fn what_a_channel_can_hold_is_limited() {
    let program = |size| move |go: Go| async move { Chan::<u32>::make(&go, "ch", size)?.send(1).await };
    assert_eq!(ends(program(i64::from(MAX_CAPACITY))), "completed []");
    assert_eq!(ends(program(i64::from(MAX_CAPACITY) + 1)), "cut: Capacity []");
    assert_eq!(ends(program(i64::MAX)), "cut: Capacity []");
}
