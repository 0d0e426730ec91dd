use std::time::Duration;

use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::context::{Cancel, Context, derive_from_nil};
use chanscope_sync::{Chan, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) how: Use,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Use {
    Cancelled,
    NotCancelled,
    Struct,
    Passed,
    Nil,
    Todo,
    Shared,
    Late,
    LateWithRoom,
}

const MINUTE: Duration = Duration::from_secs(60);

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let background = Context::background(&go);
    match config.how {
        Use::Cancelled => ask(&go, Some(&background), true).await,
        Use::NotCancelled => ask(&go, Some(&background), false).await,
        Use::Nil => ask(&go, None, true).await,
        Use::Todo => ask(&go, Some(&Context::todo(&go)), true).await,
        Use::Struct => {
            let (ctx, cancel) = background.with_cancel("client.ctx").await; //= make-client
            let client = Client { ctx, cancel };
            for number in 1..=2 {
                request(&go, &client.ctx, number).await;
                client.cancel.call().await; //= request-over
            }
            Ok(())
        }
        Use::Passed => {
            for number in 1..=2 {
                let (ctx, cancel) = background.with_cancel(&format!("ctx {number}")).await; //= make-ctx
                request(&go, &ctx, number).await;
                cancel.call().await; //= call-over
            }
            Ok(())
        }
        Use::Shared => shared(&go, &background).await,
        Use::Late => late(&go, &background, 0).await,
        Use::LateWithRoom => late(&go, &background, 1).await,
    }
}

/// A client with a context inside, which is then the context of all its requests.
struct Client {
    ctx: Context,
    cancel: Cancel,
}

async fn ask(go: &Go, parent: Option<&Context>, call: bool) -> Result<(), Panic> {
    go.println(&"asking").await; //= asking
    let Some(parent) = parent else { return Err(derive_from_nil()) };
    let (ctx, cancel) = parent.with_timeout("ctx", MINUTE).await; //= derive
    go.defer(async move |_| {
        if call {
            cancel.call().await; //= cancel
        }
        Ok(())
    });
    let answers = Chan::new(go, "answers", 1);
    go.spawn("worker", worker(answers.clone())); //= start-worker
    select! { //= select
        answer = answers.recv() => go.println(&answer.unwrap_or_default()).await, //= answer
        _ = ctx.done() => go.println(&"too late").await, //= too-late
    }
    Ok(())
}

async fn worker(answers: Chan<u32>) -> Result<(), Panic> {
    answers.send(42).await //= send
}

async fn request(go: &Go, ctx: &Context, number: u32) {
    let error = ctx.err().await; //= look
    match error {
        Some(error) => go.println(&format!("request {number}: {error}")).await, //= refused
        None => go.println(&format!("request {number}: ok")).await,             //= ok
    }
}

async fn shared(go: &Go, background: &Context) -> Result<(), Panic> {
    let (ctx, cancel) = background.with_cancel("ctx").await; //= make-shared
    let wg = WaitGroup::new(go, "wg");
    wg.add(3).await?; //= add
    for number in 1..=3_u32 {
        let (printer, ctx, cancel, wg) = (go.clone(), ctx.clone(), cancel.clone(), wg.clone());
        let body = async move {
            if number == 1 {
                cancel.call().await; //= cancel-shared
            }
            ctx.done().await; //= done
            let error = ctx.err().await.map_or("<nil>".to_owned(), |error| error.to_string()); //= err
            printer.println(&format!("worker {number}: {error}")).await; //= print
            wg.done().await //= wg-done
        };
        go.spawn(Name::numbered("worker", number), body); //= start-shared
    }
    wg.wait().await; //= wait
    cancel.call().await; //= cancel-again
    Ok(())
}

/// Gives up before the answer is there. Whether the worker can then leave depends on the room for its answer.
async fn late(go: &Go, background: &Context, room: u32) -> Result<(), Panic> {
    let (ctx, cancel) = background.with_timeout("ctx", Duration::from_millis(20)).await; //= derive-short
    go.defer(async move |_| {
        cancel.call().await; //= cancel-short
        Ok(())
    });
    let answers = Chan::new(go, "answers", room);
    go.spawn("worker", slow_worker(go.clone(), answers.clone())); //= start-slow
    select! { //= select-late
        answer = answers.recv() => go.println(&answer.unwrap_or_default()).await, //= in-time
        _ = ctx.done() => go.println(&"too late").await, //= given-up
    }
    Ok(())
}

async fn slow_worker(go: Go, answers: Chan<u32>) -> Result<(), Panic> {
    go.sleep(Duration::from_millis(200)).await; //= work
    answers.send(42).await //= send-late
}
