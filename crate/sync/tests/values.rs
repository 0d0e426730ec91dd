//! Values of any type in a trace: what travels, what is stored, what is printed, what it all may take, and that nothing
//! of it outlives its run.

use std::rc::{Rc, Weak};

use chanscope_kernel::trace::Fold;
use chanscope_kernel::words::Language;
use chanscope_kernel::{
    Ending, FirstCome, Go, Hosted, Limit, Limits, MAX_TEXT_BYTES, ObjectId, Outcome, Panic, Program, Run, Show, Tell,
    Terms, Value, show_struct, trace,
};
use chanscope_sync::{Chan, ChannelState, Var, VariableState, context::Context};

fn run<F>(limits: Limits, main: impl FnOnce(Go) -> F) -> Outcome
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(limits, main);
    assert!(run.advance(&mut FirstCome { seed: 0 }, 10_000).expect("nothing is replayed"), "it ends");
    run.finish()
}

#[derive(Clone)]
struct Request {
    key: String,
    reply: Chan<String>,
    sizes: Vec<u32>,
}
show_struct!(Request { key, reply, sizes });

#[test]
fn a_value_with_parts_is_short_in_sentences_and_whole_in_states() {
    let outcome = run(Limits::default(), |go| async move {
        let (requests, last) = (Chan::new(&go, "requests", 1), Var::new(&go, "last", None::<Rc<u8>>));
        let reply = Chan::new(&go, "reply", 0);
        let request = Request { key: "https://example.org/".to_owned(), reply, sizes: (0..9).collect() };
        requests.send(request).await?;
        last.store(Some(Rc::new(7))).await;
        go.println(&last.load().await).await;
        go.println(&requests.recv().await.map(|request| request.sizes)).await;
        Ok(())
    });
    let trace = &outcome.trace;
    assert_eq!(trace.output(), ["&7", "&[0 1 2 3 4 5 6 7 8]"]);
    let index = trace::Index::new(trace);
    let tell = Tell { trace, index: &index, language: Language::English };
    let mut fold = Fold::new(trace);
    let sent = tell.plain(&tell.happened(&fold));
    assert_eq!(sent, "main sends Request{key: \"https://example.o… on requests");
    fold.advance(trace);
    let ChannelState { buffer, .. } = fold.object(ObjectId(1)).of();
    let full = trace.value(buffer[0]).expect("it was sent").full();
    let lines =
        ["Request{", "    key: \"https://example.org/\",", "    reply: reply,", "    sizes: [0 1 2 3 4 5 6 7 8],", "}"];
    assert_eq!(full.lines().collect::<Vec<_>>(), lines);
    fold.advance(trace);
    let VariableState { value, .. } = fold.object(ObjectId(2)).of();
    assert_eq!(value.as_ref().map(Value::full).as_deref(), Some("&7"));
}

#[test]
fn a_channel_can_be_stored_and_an_error_sent() {
    let outcome = run(Limits::default(), |go| async move {
        let events = Chan::<()>::new(&go, "events", 0);
        let shared = Var::new(&go, "shared", events.clone());
        go.println(&shared.load().await.recv_only()).await;
        let errors = Chan::new(&go, "errors", 1);
        let (ctx, cancel) = Context::background(&go).with_cancel("ctx").await;
        cancel.call().await;
        errors.send(ctx.err().await).await?;
        go.println(&errors.recv().await.flatten()).await;
        Ok(())
    });
    assert_eq!(outcome.trace.output(), ["events", "&context canceled"]);
}

#[test]
fn a_line_of_output_is_cut_where_a_text_is() {
    let outcome = run(Limits::default(), |go| async move {
        go.println(&vec![0u8; MAX_TEXT_BYTES / 2]).await;
        go.println(&vec![0u8; MAX_TEXT_BYTES / 2 - 1]).await;
        Ok(())
    });
    let lines = outcome.trace.output();
    assert!(lines[0].len() == MAX_TEXT_BYTES && lines[0].ends_with(" …"), "{}", lines[0]);
    assert!(lines[1].ends_with("0 0]"), "one more zero and its space do not fit: {}", lines[1]);
}

/// Stores texts of a hundred bytes, each another one, and then the first once more.
async fn stores(go: Go, texts: u32) -> Result<(), Panic> {
    let text = Var::new(&go, "text", String::new());
    for n in (0..texts).chain([0]) {
        text.store(format!("{n:100}")).await;
    }
    Ok(())
}

#[test]
fn all_values_together_have_an_edge() {
    let bytes = |value_bytes, texts| {
        let outcome = run(Limits { value_bytes, ..Limits::default() }, move |go| stores(go, texts));
        (outcome.ending, outcome.trace.len())
    };
    let (mut enough, mut too_little) = (100_000, 0);
    while enough - too_little > 1 {
        let middle = usize::midpoint(enough, too_little);
        match bytes(middle, 20).0 {
            Ending::Completed => enough = middle,
            ending => {
                assert_eq!(ending, Ending::Cut(Limit::Values));
                too_little = middle;
            }
        }
    }
    assert!((20 * 100..20 * 200).contains(&enough), "a text of a hundred bytes takes about its own size: {enough}");
    assert_eq!(bytes(enough, 20), (Ending::Completed, 22), "the first text is kept once");
    assert_eq!(bytes(enough, 21), (Ending::Cut(Limit::Values), 20), "cut before what would take more goes through");
}

/// Says whether it is still there.
#[derive(Clone)]
struct Held(Rc<()>);

impl Show for Held {
    fn show(&self) -> Value {
        Value::Unit
    }
}

/// A letter with the channel for an answer.
struct Envelope {
    reply: Chan<Envelope>,
    held: Held,
}
show_struct!(Envelope { reply, held });

/// Ends with a deferred call that waits for its turn, a body that waits, and a channel that holds itself.
async fn holds(go: Go, held: Held) -> Result<(), Panic> {
    let deferred = (go.clone(), held.clone());
    go.defer(|_| async move {
        drop(deferred);
        Ok(())
    });
    let mail = Chan::new(&go, "mail", 1);
    mail.send(Envelope { reply: mail.clone(), held: held.clone() }).await?;
    mail.send(Envelope { reply: mail.clone(), held }).await
}

#[test]
fn nothing_outlives_its_run() {
    let dropped = |ends: &dyn Fn(Held)| {
        let held = Held(Rc::new(()));
        let left: Weak<()> = Rc::downgrade(&held.0);
        ends(held);
        assert_eq!(left.strong_count(), 0);
    };
    dropped(&|held| {
        let outcome = run(Limits::default(), |go| holds(go, held));
        assert_eq!(outcome.ending, Ending::Deadlocked);
    });
    dropped(&|held| drop(Run::new(Limits::default(), |go| holds(go, held))));
    dropped(&|held| {
        let mut pool = futures::executor::LocalPool::new();
        let spawner = pool.spawner();
        let terms = Terms { limits: Limits::default(), most_commits: 100, commits_a_turn: None, seed: 0 };
        let hosted = Hosted::start(Program::new(|go| holds(go, held)), terms, move |task| {
            futures::task::LocalSpawnExt::spawn_local(&spawner, task).expect("the pool is there");
        });
        pool.run_until_stalled();
        assert_eq!(hosted.recorded().choices.len(), 1);
    });
}
