//! Every limit of a run at its edge: what takes exactly as much is left alone, and one more is cut, with the limit's
//! name. Limits on a value are in `kernel/tests/values.rs`, that on all values in `values.rs`.

use std::future::Future;
use std::pin::Pin;
use std::time::Duration;

use chanscope_kernel::{
    Ending, FirstCome, Go, Limit, Limits, MAX_CALLS, MAX_CASES, MAX_EVENTS, MAX_PATH_BIRTHS, Outcome, Panic, Resumed,
    Run, Select, Selectable,
};
use chanscope_sync::{Chan, MAX_CAPACITY};

fn run<F>(limits: Limits, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(limits, main);
    assert!(run.advance(&mut FirstCome { seed: 0 }, 10_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

const LIMITS: fn() -> Limits = Limits::default;

/// The program ends as it does without limits where it may take `most`, and is cut where it may take one less.
fn check<F>(limit: Limit, most: u32, limits: impl Fn(u32) -> Limits, main: impl Fn(Go) -> F)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let (free, enough) = (run(LIMITS(), &main), run(limits(most), &main));
    assert_eq!((enough.ending, enough.settled), (free.ending, free.settled), "{limit:?}");
    assert_eq!((enough.trace.len(), &enough.left_behind), (free.trace.len(), &free.left_behind), "{limit:?}");
    let cut = run(limits(most - 1), &main);
    assert_eq!((cut.ending, cut.settled), (Ending::Cut(limit), false), "{limit:?}");
}

async fn prints(go: Go) -> Result<(), Panic> {
    for n in 0..3 {
        go.println(&n).await;
    }
    Ok(())
}

#[test]
fn events() {
    let limits = |events| Limits { events, ..LIMITS() };
    check(Limit::Events, 4, limits, prints);
    // Time that can still pass counts as going on; nobody going on is a deadlock, and no cut.
    check(Limit::Events, 1, limits, async |go: Go| {
        Chan::<()>::new(&go, "ch", 0).recv().await;
        Ok(())
    });
    let sleeps = async |go: Go| {
        go.sleep(Duration::from_secs(1)).await;
        Ok(())
    };
    let events = run(LIMITS(), sleeps).trace.len();
    check(Limit::Events, events, limits, sleeps);
    assert_eq!(run(limits(1), sleeps).ending, Ending::Cut(Limit::Events), "it has parked, and time could pass");
    assert_eq!(LIMITS().events, MAX_EVENTS);
}

#[test]
#[should_panic(expected = "limits are sane")]
fn more_events_than_a_trace_can_have() {
    let _ = Run::new(Limits { events: MAX_EVENTS + 1, ..LIMITS() }, prints);
}

#[test]
fn no_events_at_all() {
    let cut = run(Limits { events: 0, ..LIMITS() }, prints);
    assert_eq!((cut.ending, cut.trace.len()), (Ending::Cut(Limit::Events), 0));
}

#[test]
fn events_after_main() {
    let program = async |go: Go| {
        let other = go.clone();
        go.spawn("late", async move { prints(other).await });
        Ok(())
    };
    let limits = |events_after_main| Limits { events_after_main, ..LIMITS() };
    let strategy = |moment: chanscope_kernel::Moment<'_>| moment.decisions(1)[0];
    let ends = |limits| {
        let mut run = Run::new(limits, program);
        while !run.idle_until_somebody_can_move() {
            let decision = run.moment(strategy);
            run.take(&decision);
        }
        let outcome = run.finish();
        (outcome.ending, outcome.settled)
    };
    // Three lines and the end of who wrote them.
    assert_eq!(ends(limits(4)), (Ending::Completed, true));
    assert_eq!(ends(limits(3)), (Ending::Completed, true), "the end comes with the last line, in one step");
    assert_eq!(ends(limits(2)), (Ending::Completed, false), "what else is left behind is not known");
}

#[test]
fn goroutines() {
    let limits = |goroutines| Limits { goroutines, ..LIMITS() };
    check(Limit::Goroutines, 4, limits, async |go: Go| {
        for _ in 0..3 {
            go.spawn("child", async { Ok(()) });
        }
        go.yield_now().await;
        Ok(())
    });
}

#[test]
fn objects() {
    let limits = |objects| Limits { objects, ..LIMITS() };
    // The runtime is one.
    check(Limit::Objects, 4, limits, async |go: Go| {
        let _channels = ["a", "b", "c"].map(|name| Chan::<()>::new(&go, name, 0));
        go.yield_now().await;
        Ok(())
    });
}

#[test]
fn capacity() {
    let ending = |size: i64| {
        let main = async move |go: Go| {
            let ch = Chan::make(&go, "ch", size)?;
            ch.send(1).await?;
            go.println(&ch.cap()).await;
            Ok(())
        };
        run(LIMITS(), main).ending
    };
    assert_eq!(ending(MAX_CAPACITY.into()), Ending::Completed);
    for size in [i64::from(MAX_CAPACITY) + 1, u32::MAX.into(), i64::from(u32::MAX) + 1, i64::MAX] {
        assert_eq!(ending(size), Ending::Cut(Limit::Capacity), "{size}");
    }
    assert!(matches!(ending(-1), Ending::Panicked { .. }));
}

#[test]
fn cases_of_a_select() {
    let outcome = run(LIMITS(), async |go: Go| {
        let ch = Chan::new(&go, "ch", 1);
        ch.send(7).await?;
        let mut receives: [_; MAX_CASES] = std::array::from_fn(|_| ch.recv());
        let cases = receives.each_mut().map(|case| case as &mut dyn Selectable);
        let Resumed::Case(which) = Select::new(go.runtime(), cases, false).await else { panic!("it has no default") };
        let received = receives.into_iter().nth(which.into()).and_then(|case| case.finish());
        go.println(&received).await;
        Ok(())
    });
    assert_eq!((outcome.ending, outcome.trace.output()), (Ending::Completed, vec!["&7".to_owned()]));
}

/// Calls itself until so many functions are inside each other.
fn calls(go: Go, left: usize) -> Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    Box::pin(async move {
        if left > 0 {
            return go.call(calls(go.clone(), left - 1)).await;
        }
        go.yield_now().await;
        Ok(())
    })
}

#[test]
fn calls_inside_each_other() {
    // The goroutine's own function is one.
    assert_eq!(run(LIMITS(), |go| calls(go, MAX_CALLS - 1)).ending, Ending::Completed);
    assert_eq!(run(LIMITS(), |go| calls(go, MAX_CALLS)).ending, Ending::Cut(Limit::Calls));
    assert_eq!(run(LIMITS(), |go| calls(go, usize::MAX)).ending, Ending::Cut(Limit::Calls), "it recurses for ever");
}

/// Starts a child that starts a child, so many times.
fn births(go: Go, left: usize) -> Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    Box::pin(async move {
        if left > 0 {
            go.spawn("child", births(go.clone(), left - 1));
        }
        go.yield_now().await;
        Ok(())
    })
}

#[test]
fn goroutines_started_by_one_another() {
    let ending = |left| {
        let main = async move |go: Go| {
            births(go.clone(), left).await?;
            for _ in 0..100 {
                go.yield_now().await;
            }
            Ok(())
        };
        run(LIMITS(), main).ending
    };
    assert_eq!(ending(MAX_PATH_BIRTHS), Ending::Completed);
    assert_eq!(ending(MAX_PATH_BIRTHS + 1), Ending::Cut(Limit::Births));
    assert_eq!(ending(usize::MAX), Ending::Cut(Limit::Births), "one after the other for ever");
}
