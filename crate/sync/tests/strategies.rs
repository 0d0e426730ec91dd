//! What each strategy lets happen.

use std::collections::BTreeSet;
use std::time::Duration;

use chanscope_kernel::trace::Flags;
use chanscope_kernel::{FirstCome, Go, GoLike, Limits, Outcome, Panic, Pct, RoundRobin, Run, Strategy};
use chanscope_sync::{Chan, Var, WaitGroup};

fn run<F>(strategy: &mut dyn Strategy, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits { events: 100_000, ..Limits::default() }, main);
    assert!(run.advance(strategy, 100_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

/// Goroutines that print their number `times` each.
async fn printers(go: Go, count: u32, times: u32) -> Result<(), Panic> {
    let group = WaitGroup::new(&go, "wg");
    for number in 0..count {
        let inner = go.clone();
        let body = async move {
            for _ in 0..times {
                inner.println(&number).await;
            }
            Ok(())
        };
        group.go(&go, "printer", body).await?;
    }
    group.wait().await;
    Ok(())
}

#[test]
fn in_turn_everybody_takes_one_step() {
    let outcome = run(&mut RoundRobin { seed: 0 }, |go| printers(go, 3, 2));
    // Each is started by main's turn before, so the first is a round ahead of the second.
    assert_eq!(outcome.trace.output().concat(), "001122");
}

#[test]
fn with_fixed_priorities_nobody_is_interrupted_by_somebody_lower() {
    let orders: BTreeSet<String> =
        (0..50).map(|seed| run(&mut Pct::new(seed, 1, 100), |go| printers(go, 2, 3)).trace.output().concat()).collect();
    assert!(orders.contains("000111") && orders.contains("111000"), "{orders:?}");
    for order in &orders {
        let changes = order.as_bytes().windows(2).filter(|pair| pair[0] != pair[1]).count();
        assert!(changes <= 2, "one waits at most for main to start the other: {order}");
    }
}

/// An update is lost when one goroutine is interrupted between its load and its store: a bug of depth 2.
#[test]
fn one_change_of_priority_finds_a_lost_update_as_often_as_is_promised() {
    let lost = |seed| {
        let program = |go: Go| async move {
            let (counter, group) = (Var::new(&go, "counter", 0), WaitGroup::new(&go, "wg"));
            for _ in 0..2 {
                let counter = counter.clone();
                let body = async move {
                    let value = counter.load().await;
                    counter.store(value + 1).await;
                    Ok(())
                };
                group.go(&go, "adder", body).await?;
            }
            group.wait().await;
            let total: u32 = counter.load().await;
            go.println(&total).await;
            Ok(())
        };
        let length = run(&mut FirstCome { seed }, program).trace.len();
        (run(&mut Pct::new(seed, 2, length), program).trace.output() == ["1"], length)
    };
    let runs = 600;
    let found = (0..runs).filter(|&seed| lost(seed).0).count();
    // 1 / (n k^(d-1)), with n = 3 goroutines and k steps.
    let promised = usize::try_from(runs).expect("few") / (3 * lost(0).1 as usize);
    assert!(found >= promised, "{found} of {runs}, promised {promised}");
}

/// On one processor the goroutine started last runs next, and the others in order: what Go prints with GOMAXPROCS=1.
#[test]
fn on_one_processor_who_was_started_last_goes_first() {
    let outcome = run(&mut GoLike::new(7), |go| async move {
        go.gomaxprocs(1);
        printers(go, 10, 1).await
    });
    assert_eq!(outcome.trace.output().concat(), "9012345678");
}

#[test]
fn as_many_processors_are_used_as_there_are() {
    for processors in [1, 2, 4] {
        let outcome = run(&mut GoLike::new(3), move |go| async move {
            go.gomaxprocs(processors);
            printers(go, 8, 20).await
        });
        let trace = &outcome.trace;
        let used: BTreeSet<_> = (0..trace.len()).map(|at| trace.processor(at)).collect();
        assert_eq!(used, (0..u16::from(processors)).map(Some).collect());
        // In a stretch of steps on one processor everybody runs until it stops or is preempted.
        let steps = trace.events().filter(|event| event.flags.has(Flags::STEP)).count();
        assert!(steps > 160);
    }
}

/// A goroutine that never waits is preempted after its slice; without that, one processor would never get to the other.
#[test]
fn who_does_not_stop_is_preempted() {
    let outcome = run(&mut GoLike::new(1), |go| async move {
        go.gomaxprocs(1);
        let stop = Var::new(&go, "stop", false);
        let setter = stop.clone();
        go.spawn("setter", async move {
            setter.store(true).await;
            Ok(())
        });
        while !stop.load().await {}
        Ok(())
    });
    let loads = outcome.trace.len();
    assert!((60..200).contains(&loads), "one slice of 64 steps: {loads}");
}

/// While one goroutine is in a system call the only processor runs another.
#[test]
fn a_system_call_hands_its_processor_on() {
    let outcome = run(&mut GoLike::new(1), |go| async move {
        go.gomaxprocs(1);
        let done = Chan::new(&go, "done", 0);
        let (inner, sender) = (go.clone(), done.clone());
        go.spawn("reader", async move {
            inner.syscall(Duration::from_secs(1)).await;
            inner.println(&"read").await;
            sender.send(()).await
        });
        go.yield_now().await;
        go.println(&"meanwhile").await;
        done.recv().await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["meanwhile", "read"]);
}
