use std::time::Duration;

use chanscope_kernel::{Go, Panic};
use chanscope_sync::context::Context;
use chanscope_sync::time::Time;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) calls: Calls,
    pub(super) ends: Ends,
    pub(super) after_ms: u32,
    pub(super) rest_ms: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Calls {
    Meant,
    Written,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Ends {
    Cancel,
    Timeout,
    Deadline,
    Never,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let after = Duration::from_millis(config.after_ms.into());
    let background = Context::background(&go);
    let ctx = match config.ends {
        Ends::Cancel => {
            let (ctx, cancel) = background.with_cancel("ctx").await; //= with-cancel
            let sleeper = go.clone();
            let canceller = async move {
                sleeper.sleep(after).await; //= sleep
                cancel.call().await; //= cancel
                Ok(())
            };
            go.spawn("canceller", canceller); //= start-canceller
            ctx
        }
        Ends::Timeout => {
            let (ctx, cancel) = background.with_timeout("ctx", after).await; //= with-timeout
            go.defer(async move |_| {
                cancel.call().await; //= cancel-timeout
                Ok(())
            });
            ctx
        }
        Ends::Deadline => {
            let (ctx, cancel) = background.with_deadline("ctx", Time(after)).await; //= with-deadline
            go.defer(async move |_| {
                cancel.call().await; //= cancel-deadline
                Ok(())
            });
            ctx
        }
        Ends::Never => background.with_cancel("ctx").await.0, //= with-cancel
    };
    let answer = a(&go, &ctx, config.calls).await;
    go.println(&answer).await; //= print-a
    go.sleep(Duration::from_millis(config.rest_ms.into())).await; //= rest
    Ok(())
}

async fn a(go: &Go, ctx: &Context, calls: Calls) -> &'static str {
    let (printer, own) = (go.clone(), ctx.clone());
    match calls {
        Calls::Written => {
            let answer = b(go, ctx, calls).await;
            let print = async move {
                printer.println(&answer).await; //= go-println-b
                Ok(())
            };
            go.spawn("print B", print); //= go-println-b
        }
        Calls::Meant => {
            let body = async move {
                let answer = b(&printer, &own, calls).await;
                printer.println(&answer).await; //= print-b
                Ok(())
            };
            go.spawn("B", body); //= go-b
        }
    }
    ctx.done().await; //= a-done
    "A Done"
}

async fn b(go: &Go, ctx: &Context, calls: Calls) -> &'static str {
    let (printer, own) = (go.clone(), ctx.clone());
    match calls {
        Calls::Written => {
            let answer = c(ctx).await;
            let print = async move {
                printer.println(&answer).await; //= go-println-c
                Ok(())
            };
            go.spawn("print C", print); //= go-println-c
        }
        Calls::Meant => {
            let body = async move {
                let answer = c(&own).await;
                printer.println(&answer).await; //= print-c
                Ok(())
            };
            go.spawn("C", body); //= go-c
        }
    }
    ctx.done().await; //= b-done
    "B Done"
}

async fn c(ctx: &Context) -> &'static str {
    ctx.done().await; //= c-done
    "C Done"
}
