use std::cell::Cell;
use std::rc::Rc;

use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::atomic::Int32;
use chanscope_sync::{Chan, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) closer: Closer,
    pub(super) producers: u32,
    pub(super) capacity: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closer {
    Consumer,
    OneProducer,
    EveryProducer,
    LastProducer,
    ThirdParty,
    Safe,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", config.capacity);
    let wg = WaitGroup::new(&go, "wg");
    let consumed = Chan::<()>::new(&go, "consumed", 0);
    let count = i32::try_from(config.producers).expect("a few");
    let left = (config.closer == Closer::LastProducer).then(|| Int32::new(&go, "left", count));

    wg.add(count).await?; //= add
    for number in 1..=config.producers {
        let body = producer(go.clone(), config, ch.clone(), (wg.clone(), left.clone()), number);
        go.spawn(Name::numbered("producer", number), body); //= start-producer
    }
    go.spawn("consumer", consumer(go.clone(), config, ch.clone(), consumed.clone())); //= start-consumer

    wg.wait().await; //= wait
    if config.closer == Closer::ThirdParty {
        ch.close().await?; //= third-party-closes
    }
    consumed.recv().await; //= wait-consumer
    Ok(())
}

async fn producer(
    go: Go,
    config: Config,
    ch: Chan<u32>,
    (wg, left): (WaitGroup, Option<Int32>),
    number: u32,
) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    for value in [10 * number + 1, 10 * number + 2] {
        if config.closer == Closer::Safe {
            if safe_send(&go, &ch, value).await? {
                return Ok(());
            }
        } else {
            ch.send(value).await?; //= send
        }
    }
    if let Some(left) = left {
        let still = left.add_and_load(-1).await; //= count
        if still == 0 {
            ch.close().await?; //= last-closes
        }
    }
    match config.closer {
        Closer::OneProducer if number == 1 => ch.close().await, //= one-producer-closes
        Closer::EveryProducer => ch.close().await,              //= every-producer-closes
        _ => Ok(()),
    }
}

async fn consumer(go: Go, config: Config, ch: Chan<u32>, consumed: Chan<()>) -> Result<(), Panic> {
    loop {
        let Some(value) = ch.recv().await else { break }; //= receive
        go.println(&value).await; //= print
        match config.closer {
            Closer::Consumer => {
                ch.close().await?; //= consumer-closes
                break;
            }
            Closer::Safe => {
                safe_close(&go, &ch).await?;
                break;
            }
            _ => {}
        }
    }
    consumed.close().await //= consumed
}

/// Whether the channel was closed already.
async fn safe_send(go: &Go, ch: &Chan<u32>, value: u32) -> Result<bool, Panic> {
    let closed = Rc::new(Cell::new(false));
    let result = Rc::clone(&closed);
    let body = async {
        go.defer(async move |recovery| {
            result.set(recovery.recover().is_some());
            Ok(())
        });
        ch.send(value).await //= safe-send
    };
    go.call(body).await?;
    Ok(closed.get())
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
