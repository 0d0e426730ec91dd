//! The programs on Chanscope's kernel, everything recorded.

use std::array;

use chanscope_kernel::{Ending, FirstCome, Go, Limits, Panic, Random, Run, Strategy};
use chanscope_sync::{Chan, select};

use crate::{CAPACITY, CHANNELS, Cost};

/// Runs main to its end by a strategy.
fn run<F>(mut strategy: impl Strategy, main: impl FnOnce(Go) -> F) -> Cost
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let mut run = Run::new(Limits::default(), main);
    while !run.advance(&mut strategy, u32::MAX).expect("nothing is replayed") {}
    let outcome = run.finish();
    assert_eq!(outcome.ending, Ending::Completed);
    Cost { events: outcome.trace.len().into(), trace_bytes: outcome.trace.bytes() as u64 }
}

/// By whoever has waited longest.
pub(crate) fn first_come<F>(main: impl FnOnce(Go) -> F) -> Cost
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run(FirstCome { seed: 1 }, main)
}

/// By chance.
pub(crate) fn random<F>(main: impl FnOnce(Go) -> F) -> Cost
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    run(Random { seed: 1 }, main)
}

pub(crate) fn ping_pong(rounds: u64) -> impl FnOnce(Go) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    move |go| {
        Box::pin(async move {
            let (ping, pong) = (Chan::new(&go, "ping", 0), Chan::new(&go, "pong", 0));
            let (from, back) = (ping.clone(), pong.clone());
            go.spawn("other", async move {
                while let Some(value) = from.recv().await {
                    back.send(value).await?;
                }
                Ok(())
            });
            for n in 0..rounds as u32 {
                ping.send(n).await?;
                pong.recv().await;
            }
            ping.close().await
        })
    }
}

pub(crate) fn pipeline(values: u64) -> impl FnOnce(Go) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    move |go| {
        Box::pin(async move {
            let [first, second, third] = ["first", "second", "third"].map(|name| Chan::new(&go, name, CAPACITY as u32));
            let out = first.clone();
            go.spawn("source", async move {
                for n in 0..values as u32 {
                    out.send(n).await?;
                }
                out.close().await
            });
            for (from, to) in [(first, second.clone()), (second, third.clone())] {
                go.spawn("stage", async move {
                    while let Some(value) = from.recv().await {
                        to.send(value).await?;
                    }
                    to.close().await
                });
            }
            while third.recv().await.is_some() {}
            Ok(())
        })
    }
}

pub(crate) fn select_8(values: u64) -> impl FnOnce(Go) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    move |go| {
        Box::pin(async move {
            let channels: [Chan<u32>; CHANNELS] = array::from_fn(|n| Chan::new(&go, format!("c{n}"), 1));
            for out in channels.clone() {
                go.spawn("source", async move {
                    for n in 0..(values / CHANNELS as u64) as u32 {
                        out.send(n).await?;
                    }
                    Ok(())
                });
            }
            let [a, b, c, d, e, f, g, h] = &channels;
            for _ in 0..values {
                select! {
                    _v = a.recv() => {},
                    _v = b.recv() => {},
                    _v = c.recv() => {},
                    _v = d.recv() => {},
                    _v = e.recv() => {},
                    _v = f.recv() => {},
                    _v = g.recv() => {},
                    _v = h.recv() => {},
                }
            }
            Ok(())
        })
    }
}

pub(crate) fn many(goroutines: u64) -> impl FnOnce(Go) -> std::pin::Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
    move |go| {
        Box::pin(async move {
            let ch = Chan::new(&go, "ch", 0);
            for n in 0..goroutines as u32 {
                let ch = ch.clone();
                go.spawn("sender", async move { ch.send(n).await });
            }
            for _ in 0..goroutines {
                ch.recv().await;
            }
            Ok(())
        })
    }
}
