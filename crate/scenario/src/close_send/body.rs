use std::cell::Cell;
use std::rc::Rc;

use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Chan, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) what: What,
    pub(super) capacity: u32,
}

#[derive(Clone, Copy)]
pub(super) enum What {
    Receive,
    Range,
    NeverClosed,
    CloseTwice,
    CloseNil,
    Send,
    Select,
    SendNil,
    ReceiveNil,
    NilCase,
    SafeNil,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", config.capacity);
    let none = Chan::<u32>::nil(&go, "none");
    match config.what {
        What::Receive => {
            go.spawn("sender", sender(ch.clone(), true)); //= start
            for _ in 0..3 {
                let received = ch.recv().await; //= receive
                let told = format!("{} {}", received.unwrap_or_default(), received.is_some());
                go.println(&told).await; //= print-received
            }
        }
        What::Range | What::NeverClosed => {
            go.spawn("sender", sender(ch.clone(), matches!(config.what, What::Range))); //= start
            loop {
                let Some(value) = ch.recv().await else { break }; //= range
                go.println(&value).await; //= print
            }
            go.println(&"the loop is over").await; //= over
        }
        What::CloseTwice => {
            ch.close().await?; //= close-once
            ch.close().await?; //= close-again
        }
        What::CloseNil => none.close().await?, //= close-nil
        What::Send => {
            go.spawn("sender", sender(ch.clone(), false)); //= start
            ch.close().await?; //= close-under
            let received = ch.recv().await; //= receive-after
            let told = format!("{} {}", received.unwrap_or_default(), received.is_some());
            go.println(&told).await; //= print-after
        }
        What::Select => {
            let stop = Chan::<()>::new(&go, "stop", 0);
            stop.close().await?; //= close-stop
            ch.close().await?; //= close-ch
            select! { //= select
                _ = stop.recv() => go.println(&"stopped").await, //= stopped
                sent = ch.send(1) => sent?, //= case-send
            }
        }
        What::SendNil => none.send(1).await?, //= send-nil
        What::ReceiveNil => {
            none.recv().await; //= receive-nil
        }
        What::NilCase => {
            go.spawn("sender", sender(ch.clone(), true)); //= start
            merge(&go, ch, none).await; //= merge
        }
        What::SafeNil => {
            ch.close().await?; //= close-first
            let closed = safe_close(&go, &ch).await?;
            go.println(&format!("closed: {closed}")).await; //= print-closed
            let closed = safe_close(&go, &none).await?;
            go.println(&format!("nil: {closed}")).await; //= print-nil
        }
    }
    Ok(())
}

async fn sender(ch: Chan<u32>, closes: bool) -> Result<(), Panic> {
    for value in 1..=2 {
        ch.send(value).await?; //= send
    }
    if closes {
        ch.close().await?; //= close
    }
    Ok(())
}

/// Receives from both until nothing can come any more. A nil channel is a case that is never ready.
async fn merge(go: &Go, first: Chan<u32>, second: Chan<u32>) {
    loop {
        select! { //= merge-select
            value = first.recv() => { //= from-first
                let Some(value) = value else { break };
                go.println(&value).await; //= print-first
            }
            value = second.recv() => { //= from-second
                go.println(&value.unwrap_or_default()).await; //= print-second
            }
        }
    }
    go.println(&"nothing more").await; //= nothing-more
}

/// Whether it was this call that closed the channel.
async fn safe_close(go: &Go, ch: &Chan<u32>) -> Result<bool, Panic> {
    let just_closed = Rc::new(Cell::new(true));
    let result = Rc::clone(&just_closed);
    let body = async {
        go.defer(async move |recovery| {
            result.set(recovery.recover().is_none());
            Ok(())
        });
        ch.close().await //= safe-close
    };
    go.call(body).await?;
    Ok(just_closed.get())
}
