//! `select`.

use chanscope_kernel::Go;
use chanscope_sync::{Chan, select, select_nothing};

use crate::support::{all_ends, ends, set};

#[test]
fn any_ready_case_can_be_taken() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::new(&go, "a", 1), Chan::new(&go, "b", 1));
        a.send(1).await?;
        let line = select! {
            _ = a.recv() => "received",
            sent = b.send(2) => { sent?; "sent" },
        };
        go.println(&line).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [received]", "completed [sent]"]));
}

#[test]
fn a_select_waits_until_some_case_is_ready() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::new(&go, "a", 0), Chan::<u32>::new(&go, "b", 0));
        let theirs = a.clone();
        go.spawn("sender", async move { theirs.send(1).await });
        let line = select! {
            _ = a.recv() => "a",
            _ = b.recv() => "b",
        };
        go.println(&line).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [a]"]));
}

#[test]
fn the_default_is_taken_only_when_no_case_is_ready() {
    let program = |sends| {
        move |go: Go| async move {
            let ch = Chan::new(&go, "ch", 1);
            if sends {
                ch.send(1).await?;
            }
            let line = select! {
                _ = ch.recv() => "received",
                default => "default",
            };
            go.println(&line).await;
            Ok(())
        }
    };
    assert_eq!(all_ends(program(true)), set(["completed [received]"]));
    assert_eq!(all_ends(program(false)), set(["completed [default]"]));
}

/// A receiver that is there is met, one that is still on its way is not.
#[test]
fn an_attempt_meets_only_who_waits_there_already() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        let theirs = ch.clone();
        go.spawn("receiver", async move {
            theirs.recv().await;
            Ok(())
        });
        let line = select! {
            sent = ch.send(1) => { sent?; "sent" },
            default => "default",
        };
        go.println(&line).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [sent]", "completed, leaked [default]"]));
}

#[test]
fn a_nil_case_is_never_ready() {
    let program = |go: Go| async move {
        let (nil, ch) = (Chan::<u32>::nil(&go, "nil"), Chan::new(&go, "ch", 1));
        ch.send(1).await?;
        select! {
            _ = nil.recv() => unreachable!("it is nil"),
            _ = ch.recv() => {},
        }
        select! {
            _ = nil.send(1) => unreachable!("it is nil"),
            default => go.println(&"default").await,
        }
        select! {
            _ = nil.recv() => {},
            _ = nil.send(1) => {},
        }
        Ok(())
    };
    assert_eq!(all_ends(program), set(["deadlocked [default]"]));
}

/// The usual way to switch a case off: the variable is set to nil.
#[test]
fn a_case_is_switched_off_by_a_nil_channel() {
    let program = |go: Go| async move {
        let (mut a, mut b) = (Chan::new(&go, "a", 1), Chan::new(&go, "b", 1));
        for ch in [&a, &b] {
            ch.send(1).await?;
            ch.close().await?;
        }
        let mut sum = 0;
        while !a.is_nil() || !b.is_nil() {
            select! {
                value = a.recv() => match value {
                    Some(value) => sum += value,
                    None => a = Chan::nil(&go, "a"),
                },
                value = b.recv() => match value {
                    Some(value) => sum += value,
                    None => b = Chan::nil(&go, "b"),
                },
            }
        }
        go.println(&sum).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [2]"]));
}

#[test]
fn a_select_with_no_case_waits_for_ever() {
    let program = |go: Go| async move { match select_nothing(&go).await {} };
    assert_eq!(ends(program), "deadlocked []");
}

#[test]
fn two_selects_can_meet() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::new(&go, "a", 0), Chan::new(&go, "b", 0));
        let (their_a, their_b) = (a.clone(), b.clone());
        go.spawn("other", async move {
            select! {
                sent = their_a.send(1) => sent,
                _ = their_b.recv() => Ok(()),
            }
        });
        let line = select! {
            _ = a.recv() => "received",
            sent = b.send(2) => { sent?; "sent" },
        };
        go.println(&line).await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed [received]", "completed [sent]"]));
}

#[test]
fn a_send_case_on_a_closed_channel_panics_when_it_is_taken() {
    let program = |go: Go| async move {
        let (open, closed) = (Chan::new(&go, "open", 1), Chan::new(&go, "closed", 1));
        closed.close().await?;
        select! {
            sent = open.send(1) => sent,
            sent = closed.send(1) => sent,
        }
    };
    assert_eq!(all_ends(program), set(["completed []", "panicked: send on closed channel []"]));
}

#[test]
fn a_receive_case_on_a_closed_channel_is_always_ready() {
    let program = |go: Go| async move {
        let ch = Chan::<u32>::new(&go, "ch", 0);
        ch.close().await?;
        select! {
            value = ch.recv() => assert_eq!(value, None),
            default => unreachable!("it is closed"),
        }
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

#[test]
fn a_select_has_room_for_sixteen_cases() {
    let program = |go: Go| async move {
        let nil = |number: u32| Chan::<u32>::nil(&go, format!("nil {number}"));
        let last = Chan::new(&go, "last", 1);
        last.send(7).await?;
        select! {
            _ = nil(0).recv() => Ok(()),
            _ = nil(1).recv() => Ok(()),
            _ = nil(2).recv() => Ok(()),
            _ = nil(3).recv() => Ok(()),
            _ = nil(4).recv() => Ok(()),
            _ = nil(5).recv() => Ok(()),
            _ = nil(6).recv() => Ok(()),
            _ = nil(7).recv() => Ok(()),
            _ = nil(8).recv() => Ok(()),
            _ = nil(9).recv() => Ok(()),
            _ = nil(10).recv() => Ok(()),
            _ = nil(11).recv() => Ok(()),
            _ = nil(12).recv() => Ok(()),
            _ = nil(13).recv() => Ok(()),
            _ = nil(14).recv() => Ok(()),
            value = last.recv() => {
                go.println(&value.expect("it is open")).await;
                Ok(())
            }
        }
    };
    assert_eq!(all_ends(program), set(["completed [7]"]));
}
