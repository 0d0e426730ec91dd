use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) producers: u32,
    pub(super) capacity: u32,
    pub(super) values: u32,
    pub(super) rounds: u32,
    pub(super) send_in_select: bool,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let data = Chan::new(&go, "dataCh", config.capacity);
    let stop = Chan::<()>::new(&go, "stopCh", 0);
    let wg = WaitGroup::new(&go, "wg");

    wg.add(1).await?; //= add
    for number in 1..=config.producers {
        let body = producer(go.clone(), config, data.clone(), stop.clone(), number);
        go.spawn(Name::numbered("producer", number), body); //= start-producer
    }
    go.spawn("consumer", consumer(go.clone(), data, stop, wg.clone())); //= start-consumer
    wg.wait().await; //= wait
    Ok(())
}

async fn producer(go: Go, config: Config, data: Chan<u32>, stop: Chan<()>, number: u32) -> Result<(), Panic> {
    for round in 1.. {
        if config.rounds > 0 && round > config.rounds {
            break; //= script-ends
        }
        select! { //= look
            _ = stop.recv() => return Ok(()), //= stop-early
            default => {}
        }
        let value = match config.rounds {
            0 => go.intn(config.values).await?, //= draw
            rounds if round == rounds && number == 1 => 0,
            _ => 1 + (10 * number + round - 1) % (config.values - 1),
        };
        if config.send_in_select {
            select! { //= select
                _ = stop.recv() => return Ok(()), //= stop
                sent = data.send(value) => sent?, //= send-or-stop
            }
        } else {
            data.send(value).await?; //= send
        }
    }
    Ok(())
}

async fn consumer(go: Go, data: Chan<u32>, stop: Chan<()>, wg: WaitGroup) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    loop {
        let Some(value) = data.recv().await else { break }; //= receive
        if value == 0 {
            return stop.close().await; //= close
        }
        go.println(&value).await; //= print
    }
    Ok(())
}
