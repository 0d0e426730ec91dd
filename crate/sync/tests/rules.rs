//! Rules of Go that belong to no object alone: functions and their deferred calls, what is evaluated when, and contexts
//! that end in ways of their own.

use std::cell::RefCell;
use std::pin::Pin;
use std::rc::Rc;
use std::time::Duration;

use chanscope_kernel::{
    Ending, Event, FirstCome, Go, Limits, Outcome, Panic, Random, Run, Show, Strategy, runtime_kind, show_struct,
};
use chanscope_sync::context::{Context, ContextError};
use chanscope_sync::{Chan, select};

fn run_by<F>(strategy: &mut dyn Strategy, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits::default(), main);
    assert!(run.advance(strategy, 10_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

fn output<F>(main: impl FnOnce(Go) -> F) -> Vec<String>
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let outcome = run_by(&mut FirstCome { seed: 0 }, main);
    assert_eq!((outcome.ending, &outcome.left_behind[..]), (Ending::Completed, &[][..]));
    outcome.trace.output()
}

#[test]
fn without_a_panic_there_is_nothing_to_recover() {
    let lines = output(|go| async move {
        let own = go.clone();
        go.defer(async move |recovery| {
            own.println(&recovery.recover().is_none()).await;
            Ok(())
        });
        Ok(())
    });
    assert_eq!(lines, ["true"]);
}

/// The line of this file at which main ended.
fn end<F>(main: impl FnOnce(Go) -> F) -> u32
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let trace = run_by(&mut FirstCome { seed: 0 }, main).trace;
    let ends = |event: &Event| matches!(trace.runtime_act(event), Some(runtime_kind::PANIC | runtime_kind::RETURN));
    let last = (0..trace.len()).map(|at| trace.event(at)).find(ends).expect("main ends");
    trace.site(last.site).line
}

#[test]
fn a_panic_is_where_it_came_up_and_not_where_its_deferred_calls_were() {
    let lines = Rc::new(RefCell::new((0, 0)));
    let noted = Rc::clone(&lines);
    let main = |recovers: bool, again: bool| {
        let lines = Rc::clone(&noted);
        move |go: Go| async move {
            let (own, ch) = (go.clone(), Chan::new(&go, "ch", 1));
            ch.close().await?;
            let (deferred, ours) = (ch.clone(), Rc::clone(&lines));
            go.defer(async move |_| {
                own.println(&"on the way out").await;
                if again {
                    ours.borrow_mut().1 = line!() + 1;
                    deferred.close().await?;
                }
                Ok(())
            });
            let inner = go.clone();
            go.call(async move {
                let own = inner.clone();
                inner.defer(async move |recovery| {
                    own.println(&"further in").await;
                    assert!(!recovers || recovery.recover().is_some());
                    Ok(())
                });
                lines.borrow_mut().0 = line!() + 1;
                ch.send(1).await?;
                Ok(())
            })
            .await
        }
    };
    let at = end(main(false, false));
    assert_eq!(at, lines.borrow().0, "of the send");
    let at = end(main(false, true));
    assert_eq!(at, lines.borrow().1, "of the panic that came upon it");
    let at = end(main(true, true));
    assert_eq!(at, lines.borrow().1, "of the other one where the first was recovered");
}

#[test]
fn after_a_select_a_goroutine_stands_at_the_case_that_went_through() {
    let line = Rc::new(RefCell::new(0));
    let noted = Rc::clone(&line);
    let at = end(move |go| async move {
        let (full, free) = (Chan::new(&go, "full", 0), Chan::new(&go, "free", 1));
        *noted.borrow_mut() = line!() + 3;
        select! {
            _ = full.send(1) => {}
            _ = free.send(1) => {}
        }
        Ok(())
    });
    assert_eq!(at, *line.borrow());
}

#[test]
fn after_a_go_statement_a_goroutine_stands_at_it() {
    let line = Rc::new(RefCell::new(0));
    let noted = Rc::clone(&line);
    let at = end(move |go| async move {
        go.println(&"before").await;
        *noted.borrow_mut() = line!() + 1;
        go.spawn("last", async { Ok(()) });
        Ok(())
    });
    assert_eq!(at, *line.borrow());
}

#[test]
fn a_function_that_has_recovered_returns_to_who_called_it() {
    let lines = output(|go| async move {
        let inner = go.clone();
        let result: u32 = go
            .call(async move {
                inner.defer(async |recovery| {
                    assert_eq!(recovery.recover().map(|panic| panic.message().to_owned()).as_deref(), Some("boom"));
                    assert!(recovery.recover().is_none(), "it is recovered once");
                    Ok(())
                });
                Err(Panic::new("boom"))
            })
            .await?;
        go.println(&result).await;
        Ok(())
    });
    assert_eq!(lines, ["0"], "a result without a name is its zero value");
}

#[test]
fn what_a_deferred_call_is_given_is_evaluated_when_it_is_deferred() {
    let lines = output(|go| async move {
        let mut i = 1;
        let own = go.clone();
        go.defer(async move |_| {
            own.println(&i).await;
            Ok(())
        });
        i += 1;
        go.println(&i).await;
        Ok(())
    });
    assert_eq!(lines, ["2", "1"]);
}

#[test]
fn the_operands_of_a_select_are_evaluated_once_in_order() {
    let looked = Rc::new(RefCell::new(Vec::new()));
    let seen = Rc::clone(&looked);
    output(move |go| async move {
        let (a, b) = (Chan::new(&go, "a", 1), Chan::new(&go, "b", 0));
        let note = |what: &'static str| seen.borrow_mut().push(what);
        let value = |n: u32| {
            note("value");
            n
        };
        let named = |ch: &Chan<u32>, name| {
            note(name);
            ch.clone()
        };
        select! {
            _v = named(&b, "b").recv() => {},
            sent = named(&a, "a").send(value(1)) => sent?,
        }
        Ok(())
    });
    assert_eq!(*looked.borrow(), ["b", "a", "value"]);
}

#[test]
fn gosched_lets_others_go_first_and_waits_for_nobody() {
    let program = async |go: Go| {
        let other = go.clone();
        go.spawn("other", async move {
            other.println(&"other").await;
            Ok(())
        });
        go.yield_now().await;
        go.println(&"main").await;
        go.sleep(Duration::from_secs(1)).await;
        Ok(())
    };
    let orders = (0..50).map(|seed| run_by(&mut Random { seed }, program).trace.output());
    let orders: std::collections::BTreeSet<_> = orders.collect();
    assert_eq!(orders.len(), 2, "it may well be whoever went on before who goes on: {orders:?}");
    assert_eq!(output(program), ["other", "main"], "whoever has waited longest goes next");
}

#[test]
fn a_context_that_expires_says_so_and_one_that_is_cancelled_before_does_not() {
    let lines = output(|go| async move {
        let root = Context::background(&go);
        let (expires, _cancel) = root.with_timeout("expires", Duration::from_secs(1)).await;
        let (cancelled, cancel) = root.with_timeout("cancelled", Duration::from_secs(1)).await;
        assert_eq!((expires.err().await, cancelled.err().await), (None, None));
        cancel.call().await;
        expires.done().await;
        go.println(&expires.err().await).await;
        go.println(&cancelled.err().await).await;
        assert_eq!(cancelled.err().await, Some(ContextError::Canceled));
        Ok(())
    });
    assert_eq!(lines, ["&context deadline exceeded", "&context canceled"]);
}

#[test]
fn without_cancel_keeps_the_values_and_neither_cancellation_nor_deadline() {
    output(|go| async move {
        let (parent, cancel) = Context::background(&go).with_timeout("parent", Duration::from_secs(1)).await;
        let detached = parent.with_value("named", "name", &"gopher").without_cancel("detached");
        cancel.call().await;
        parent.done().await;
        assert_eq!((detached.err().await, detached.deadline()), (None, None));
        assert_eq!(detached.value("name").map(|value| value.printed()).as_deref(), Some("gopher"));
        Ok(())
    });
}

/// What Go 1.27 prints after the first `panic: ` for the same functions.
#[test]
fn panics_that_came_one_upon_the_other_are_printed_in_order() {
    let printed = |deferred: &[Deferred]| {
        let deferred = deferred.to_vec();
        let outcome = run_by(&mut FirstCome { seed: 0 }, |go| async move {
            for Deferred { recovers, panics } in deferred {
                go.defer(async move |recovery| {
                    let panic = if recovers { recovery.recover() } else { None };
                    match (panics, panic) {
                        (Some("again"), Some(panic)) => Err(panic),
                        (Some(text), _) => Err(Panic::new(text)),
                        (None, _) => Ok(()),
                    }
                });
            }
            Err(Panic::new("first"))
        });
        let trace = &outcome.trace;
        let last = trace.event_value(&trace.event(trace.len() - 1));
        last.map(|text| text.printed()).unwrap_or_default()
    };
    let call = |recovers, panics| Deferred { recovers, panics };
    assert_eq!(printed(&[call(false, Some("second"))]), "first\n\tpanic: second");
    assert_eq!(printed(&[call(true, Some("second"))]), "first [recovered]\n\tpanic: second");
    assert_eq!(printed(&[call(true, Some("again"))]), "first [recovered, repanicked]");
    assert_eq!(printed(&[call(false, Some("first"))]), "first");
    // The last that was deferred comes first.
    let twice = [call(true, Some("again")), call(true, Some("again"))];
    assert_eq!(printed(&twice), "first [recovered, repanicked]");
    let both = [call(false, Some("third")), call(true, Some("second"))];
    assert_eq!(printed(&both), "first [recovered]\n\tpanic: second\n\tpanic: third");
    let again = [call(true, Some("again")), call(false, Some("second"))];
    assert_eq!(printed(&again), "first\n\tpanic: second [recovered, repanicked]");
}

/// What a deferred call of a test does.
#[derive(Clone, Copy)]
struct Deferred {
    recovers: bool,
    /// With what it panics; `again`: with what it has recovered.
    panics: Option<&'static str>,
}

#[test]
fn a_nil_panic_is_a_runtime_error() {
    let outcome = run_by(&mut FirstCome { seed: 0 }, |_| async { Err(Panic::nil()) });
    assert_eq!(outcome.trace.len(), 1);
    let text = outcome.trace.event_value(&outcome.trace.event(0)).map(|text| text.printed());
    assert_eq!(text.as_deref(), Some("runtime error: panic called with nil argument"));
}

struct Request {
    key: &'static str,
    tries: Vec<u32>,
}
show_struct!(Request { key, tries });

#[test]
fn a_panic_carries_any_value() {
    let lines = output(|go| async move {
        let own = go.clone();
        go.defer(async move |recovery| {
            let panic = recovery.recover().expect("it panics");
            assert!(panic.value::<String>().is_none(), "it is no text");
            assert_eq!(panic.value::<Request>().map(|request| &request.tries[..]), Some(&[1, 2][..]));
            own.println(&panic).await;
            Ok(())
        });
        Err(Panic::with(Request { key: "a", tries: vec![1, 2] }))
    });
    assert_eq!(lines, ["{a [1 2]}"]);
    assert_eq!(Panic::new("boom").value::<String>().map(String::as_str), Some("boom"));
}

/// As `recover().(error)` says in Go 1.27: what the runtime raises is an error, what a package raises mostly a text.
#[test]
fn run_time_panics_are_errors_and_those_of_packages_texts() {
    type Raising = Pin<Box<dyn Future<Output = Result<(), Panic>>>>;
    let raised = |raise: fn(Go) -> Raising| {
        let lines = output(move |go| async move {
            let own = go.clone();
            go.defer(async move |recovery| {
                own.println(&recovery.recover().expect("it panics").show().to_string()).await;
                Ok(())
            });
            raise(go.clone()).await
        });
        lines.concat()
    };
    let send = raised(|go| {
        Box::pin(async move {
            let ch = Chan::new(&go, "ch", 1);
            ch.close().await?;
            ch.send(1).await
        })
    });
    assert_eq!(send, r#"error("send on closed channel")"#);
    assert_eq!(
        raised(|go| Box::pin(async move { Chan::<u32>::nil(&go, "ch").close().await })),
        r#"error("close of nil channel")"#
    );
    assert_eq!(raised(|go| Box::pin(async move { go.intn(0).await.map(drop) })), r#""invalid argument to Intn""#);
}

/// What Go 1.27 prints; where it prints an address, the value.
#[test]
fn an_unrecovered_panic_is_printed_with_its_value() {
    let check = |panic: Panic, expected| assert_eq!(panic.printed(), expected);
    check(Panic::with(42), "42");
    check(Panic::with(true), "true");
    check(Panic::with(1.5), "1.5");
    check(Panic::new("a\nb"), "a\n\tb");
    check(Panic::error("boom\nnext"), "boom\n\tnext");
    check(Panic::with(Request { key: "a", tries: vec![] }), "(main.Request) {a []}");
    check(Panic::with(Box::new(Request { key: "a", tries: vec![] })), "(*main.Request) &{a []}");
    check(Panic::with(()), "(struct {}) {}");
}

/// As Go 1.27 tells whether a call panics again with what it has recovered, or with its like.
#[test]
fn the_same_value_panics_again_and_its_like_panics_anew() {
    let printed = |first: fn() -> Panic, second: fn(Panic) -> Panic| {
        let outcome = run_by(&mut FirstCome { seed: 0 }, move |go| async move {
            go.defer(async move |recovery| Err(second(recovery.recover().expect("it panics"))));
            Err(first())
        });
        let trace = &outcome.trace;
        trace.event_value(&trace.event(trace.len() - 1)).map(|text| text.printed()).unwrap_or_default()
    };
    assert_eq!(printed(|| Panic::error("x"), |again| again), "x [recovered, repanicked]");
    assert_eq!(printed(|| Panic::error("x"), |_| Panic::error("x")), "x [recovered]\n\tpanic: x");
    assert_eq!(printed(|| Panic::with(1000), |_| Panic::with(1000)), "1000 [recovered, repanicked]");
    assert_eq!(printed(|| Panic::with(1000), |_| Panic::new("1000")), "1000 [recovered]\n\tpanic: 1000");
}

/// The trace shows the beginning of a long text; the program has all of it.
#[test]
fn a_panic_is_recovered_in_full() {
    let text = "p".repeat(10_000);
    let lines = output(|go| async move {
        let (own, expected) = (go.clone(), text.clone());
        go.defer(async move |recovery| {
            let panic = recovery.recover().expect("it panics");
            own.println(&(panic.message() == expected)).await;
            Ok(())
        });
        Err(Panic::new(&text))
    });
    assert_eq!(lines, ["true"]);
}

#[test]
fn there_is_no_number_below_zero_to_draw() {
    let outcome = run_by(&mut FirstCome { seed: 0 }, |go| async move { go.intn(0).await.map(|_| ()) });
    assert!(matches!(outcome.ending, Ending::Panicked { .. }));
    let text = outcome.trace.event_value(&outcome.trace.event(0)).map(|text| text.printed());
    assert_eq!(text.as_deref(), Some("invalid argument to Intn"));
}

#[test]
fn gomaxprocs_below_one_changes_nothing() {
    let mut run = Run::new(Limits::default(), |go: Go| async move {
        go.gomaxprocs(8);
        go.gomaxprocs(0);
        go.yield_now().await;
        Ok(())
    });
    run.idle_until_somebody_can_move();
    assert_eq!(run.moment(|moment| moment.gomaxprocs()), 8);
}
