//! Exact counts of inequivalent executions, by brute force over all interleavings.
//!
//! Derived by hand; the reason stands beside each. Every program is explored by the search too,
//! which has to run one execution of each class and begin none in vain.

use chanscope_explore::{Bounds, BruteForce, Matters, brute_force, explore};
use chanscope_kernel::{Ending, Go, Limits, Panic, Run};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::{Chan, Var, WaitGroup, select};

/// All executions of a program, of which there have to be few.
fn all<F>(main: impl Fn(Go) -> F) -> BruteForce
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let start = || Run::new(Limits::default(), &main);
    let result = brute_force(&start, 2_000_000, Matters::default());
    assert!(result.complete, "gave up after {} interleavings", result.interleavings);
    let report = explore(start, Bounds::default());
    assert!(report.is_complete(), "{:?}", report.incomplete);
    assert_eq!((report.executions, report.blocked), (result.classes.len() as u64, 0), "one execution a class");
    result
}

fn count<F>(main: impl Fn(Go) -> F) -> usize
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    all(main).classes.len()
}

/// A goroutine that sends these values.
fn sender(go: &Go, ch: &Chan<u32>, values: &'static [u32]) {
    let ch = ch.clone();
    go.spawn("sender", async move {
        for &value in values {
            ch.send(value).await?;
        }
        Ok(())
    });
}

/// A goroutine that receives this often.
fn receiver(go: &Go, ch: &Chan<u32>, times: usize) {
    let ch = ch.clone();
    go.spawn("receiver", async move {
        for _ in 0..times {
            ch.recv().await;
        }
        Ok(())
    });
}

#[test]
fn one_send_and_one_receive_unbuffered_meet_in_one_way() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        sender(&go, &ch, &[1]);
        receiver(&go, &ch, 1);
        Ok(())
    };
    assert_eq!(count(program), 1);
}

/// Two ways to pair them, and either pair may be the first of the two rendezvous on the channel.
#[test]
fn two_senders_and_two_receivers_unbuffered_meet_in_four_ways() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        sender(&go, &ch, &[1]);
        sender(&go, &ch, &[2]);
        receiver(&go, &ch, 1);
        receiver(&go, &ch, 1);
        Ok(())
    };
    assert_eq!(count(program), 4);
}

/// The attempt finds the receiver parked, or not yet.
#[test]
fn a_receive_beside_an_attempt_to_send_has_two() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        receiver(&go, &ch, 1);
        select! {
            sent = ch.send(1) => sent,
            default => Ok(()),
        }
    };
    let result = all(program);
    assert_eq!(result.classes.len(), 2);
    let leaks: Vec<usize> = result.classes.values().map(|class| class.verdict.findings.len()).collect();
    assert!(leaks.contains(&0) && leaks.contains(&1), "the receiver got it, or waits for ever: {leaks:?}");
}

/// The attempt finds who selects, or does not: he has not come yet, or has gone on by the channel that was closed. That he
/// could have waited for it shows only without the close and without the attempt, of which the one says nothing of the other.
#[test]
fn an_attempt_beside_a_select_that_a_close_lets_go_has_two() {
    for order in 0..6 {
        let program = move |go: Go| async move {
            let (one, two) = (Chan::<u32>::new(&go, "one", 0), Chan::<u32>::new(&go, "two", 0));
            let mut others = vec![0, 1, 2];
            for left in [order / 2, order % 2, 0] {
                let (one, two) = (one.clone(), two.clone());
                match others.remove(left) {
                    0 => go.spawn("attempts", async move {
                        select! {
                            sent = one.send(1) => sent,
                            default => Ok(()),
                        }
                    }),
                    1 => go.spawn("closes", async move { two.close().await }),
                    _ => go.spawn("selects", async move {
                        select! {
                            _ = one.recv() => Ok(()),
                            _ = two.recv() => Ok(()),
                        }
                    }),
                }
            }
            Ok(())
        };
        assert_eq!(count(program), 2, "{order}");
    }
}

/// The item is there, or not yet.
#[test]
fn a_buffered_send_beside_an_attempt_to_receive_has_two() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 1);
        sender(&go, &ch, &[1]);
        select! {
            _ = ch.recv() => Ok(()),
            default => Ok(()),
        }
    };
    assert_eq!(count(program), 2);
}

/// By either case, and before main asks for the length or after it.
#[test]
fn a_select_beside_a_length_has_four() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 2);
        ch.send(1).await?;
        let own = ch.clone();
        go.spawn("selects", async move {
            select! {
                sent = own.send(2) => sent,
                _ = own.recv() => Ok(()),
            }
        });
        ch.len().await;
        Ok(())
    };
    assert_eq!(count(program), 4);
}

/// Nobody can tell it from the length of `a`, which nobody sends to, and from that of `b` in two ways.
#[test]
fn an_attempt_beside_two_lengths_has_two() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::<u32>::new(&go, "a", 1), Chan::new(&go, "b", 1));
        b.send(1).await?;
        let own = (a.clone(), b.clone());
        go.spawn("selects", async move {
            select! {
                _ = own.0.recv() => {},
                _ = own.1.recv() => {},
                default => {},
            }
            Ok(())
        });
        a.len().await;
        b.len().await;
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// Either case wins; the sender of the other waits for ever.
#[test]
fn a_select_between_two_senders_has_two() {
    let program = |go: Go| async move {
        let (a, b) = (Chan::new(&go, "a", 0), Chan::new(&go, "b", 0));
        sender(&go, &a, &[1]);
        sender(&go, &b, &[2]);
        select! {
            _ = a.recv() => Ok(()),
            _ = b.recv() => Ok(()),
        }
    };
    assert_eq!(count(program), 2);
}

/// The items can come in 4!/(2! 2!) orders, and when they are taken out nobody can tell: at any capacity.
#[test]
fn two_producers_of_two_have_six_at_any_capacity() {
    for capacity in [1, 2, 4] {
        let program = move |go: Go| async move {
            let ch = Chan::new(&go, "ch", capacity);
            sender(&go, &ch, &[1, 2]);
            sender(&go, &ch, &[3, 4]);
            receiver(&go, &ch, 4);
            Ok(())
        };
        assert_eq!(count(program), 6, "capacity {capacity}");
    }
}

/// Dones commute, and the wait can only come after the last of them.
#[test]
fn three_dones_and_a_wait_have_one() {
    let program = |go: Go| async move {
        let wg = WaitGroup::new(&go, "wg");
        wg.add(3).await?;
        for _ in 0..3 {
            let wg = wg.clone();
            go.spawn("worker", async move { wg.done().await });
        }
        wg.wait().await;
        Ok(())
    };
    assert_eq!(count(program), 1);
}

/// From the channel table of the exploration issue: a buffer that never fills or runs dry orders nothing.
#[test]
fn one_producer_and_one_consumer_with_room_for_all_have_one() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 3);
        sender(&go, &ch, &[1, 2, 3]);
        receiver(&go, &ch, 3);
        Ok(())
    };
    assert_eq!(count(program), 1);
}

/// The sends come in two orders, and so do the receives, independently.
#[test]
fn two_producers_and_two_consumers_of_one_have_four() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 2);
        sender(&go, &ch, &[1]);
        sender(&go, &ch, &[2]);
        receiver(&go, &ch, 1);
        receiver(&go, &ch, 1);
        Ok(())
    };
    assert_eq!(count(program), 4);
}

/// Somebody who could only meet himself meets nobody.
#[test]
fn a_select_cannot_meet_itself() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        select! {
            sent = ch.send(1) => sent,
            _ = ch.recv() => Ok(()),
        }
    };
    let result = all(program);
    let endings: Vec<Ending> = result.classes.values().map(|class| class.verdict.ending).collect();
    assert_eq!(endings, [Ending::Deadlocked]);
}

/// Two selects on both directions of one channel: either of them may be the sender.
#[test]
fn two_selects_meet_either_way_round() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        let other = ch.clone();
        go.spawn("other", async move {
            select! {
                sent = other.send(1) => sent,
                _ = other.recv() => Ok(()),
            }
        });
        select! {
            sent = ch.send(2) => sent,
            _ = ch.recv() => Ok(()),
        }
    };
    assert_eq!(count(program), 2);
}

/// The sends come in 3! orders, and so do the receives. Capacity 2 keeps the third send behind some receive, and that
/// one is made by whoever has sent: of the 36 pairs of orders those remain where the first to receive is not the last
/// to send.
#[test]
fn three_that_send_and_then_receive_at_capacity_two_have_24() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 2);
        for value in 0..3 {
            let ch = ch.clone();
            go.spawn("both", async move {
                ch.send(value).await?;
                ch.recv().await;
                Ok(())
            });
        }
        Ok(())
    };
    assert_eq!(count(program), 24);
}

/// A select over k ready channels can take each.
#[test]
fn a_select_over_three_ready_channels_has_three() {
    let program = |go: Go| async move {
        let [a, b, c] = ["a", "b", "c"].map(|name| Chan::new(&go, name, 1));
        for ch in [&a, &b, &c] {
            ch.send(1).await?;
        }
        select! {
            _ = a.recv() => Ok(()),
            _ = b.recv() => Ok(()),
            _ = c.recv() => Ok(()),
        }
    };
    assert_eq!(count(program), 3);
}

/// Either receiver gets the item; the other stays blocked.
#[test]
fn one_sender_and_two_receivers_have_two() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 0);
        sender(&go, &ch, &[1]);
        receiver(&go, &ch, 1);
        receiver(&go, &ch, 1);
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// The other receiver's pending operation is looked at too, with the item in a buffer.
#[test]
fn one_buffered_item_and_two_receivers_have_two() {
    let program = |go: Go| async move {
        let ch = Chan::new(&go, "ch", 1);
        sender(&go, &ch, &[1]);
        receiver(&go, &ch, 1);
        receiver(&go, &ch, 1);
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// The print comes out before main returns, or never.
#[test]
fn a_print_beside_mains_return_has_two() {
    let program = |go: Go| async move {
        let own = go.clone();
        go.spawn("printer", async move {
            own.println(&1u32).await;
            Ok(())
        });
        Ok(())
    };
    assert_eq!(count(program), 2);
}

/// A panic cuts off what the others had still to do, so each number of their steps before it is a class: a second close
/// after none, one or both of two independent stores, and before main's return or, with each of these, after it.
#[test]
fn a_panic_is_placed_among_the_steps_that_it_cuts_off() {
    let program = |go: Go| async move {
        let x = Var::new(&go, "x", 0u32);
        let ch = Chan::<u32>::new(&go, "ch", 0);
        ch.close().await?;
        go.spawn("closer", async move { ch.close().await });
        go.spawn("writer", async move {
            x.store(1).await;
            x.store(2).await;
            Ok(())
        });
        Ok(())
    };
    assert_eq!(count(program), 6);
}

/// Three orders of the additions, the second one's two being in order, and the two stores in either. A search that leaves
/// a branch to itself finds five: that the third goroutine adds between the two and stores before the first is told to
/// the branch of the second only from that of the first, whose store sleeps there.
#[test]
fn a_branch_is_told_of_what_an_elder_one_has_seen() {
    let program = |go: Go| async move {
        let (x, count) = (Var::new(&go, "x", 0u32), Atomic::new(&go, "count", 0u32));
        let (first, second) = (x.clone(), count.clone());
        go.spawn("stores", async move {
            first.store(1).await;
            Ok(())
        });
        go.spawn("adds twice", async move {
            second.add_and_load(1).await;
            second.add_and_load(1).await;
            Ok(())
        });
        go.spawn("adds and stores", async move {
            count.add_and_load(1).await;
            x.store(2).await;
            Ok(())
        });
        Ok(())
    };
    assert_eq!(count(program), 6);
}

/// Three values, and nobody else to tell.
#[test]
fn a_draw_of_three_has_three() {
    let program = |go: Go| async move {
        go.intn(3).await?;
        Ok(())
    };
    assert_eq!(count(program), 3);
}
