use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, Var, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) producers: u32,
    pub(super) consumers: u32,
    pub(super) capacity: u32,
    pub(super) values: u32,
    pub(super) rounds: u32,
    pub(super) requests: Requests,
    pub(super) stop_capacity: u32,
    pub(super) early_check: bool,
    pub(super) wait: bool,
}

/// Whose script ends in a request to stop.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Requests {
    Producer,
    Consumers,
    Both,
}

#[derive(Clone)]
struct Channels {
    data: Chan<u32>,
    stop: Chan<()>,
    stop_req: Chan<String>,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let channels = Channels {
        data: Chan::new(&go, "dataCh", config.capacity),
        stop: Chan::new(&go, "stopCh", 0),
        stop_req: Chan::new(&go, "stopReq", config.stop_capacity),
    };
    let stop_name = Var::new(&go, "stopName", String::new());
    let wg = WaitGroup::new(&go, "wg");

    let waited_for = config.consumers + u32::from(config.wait);
    wg.add(i32::try_from(waited_for).expect("a few")).await?; //= add
    let body = moderator(go.clone(), config, channels.clone(), stop_name.clone(), wg.clone());
    go.spawn("moderator", body); //= start-moderator
    for number in 1..=config.producers {
        let body = producer(go.clone(), config, channels.clone(), number);
        go.spawn(Name::numbered("producer", number), body); //= start-producer
    }
    for number in 1..=config.consumers {
        let body = consumer(go.clone(), config, channels.clone(), wg.clone(), number);
        go.spawn(Name::numbered("consumer", number), body); //= start-consumer
    }

    wg.wait().await; //= wait
    let name = stop_name.load().await; //= read-name
    go.println(&format!("---> {name}")).await; //= print-name
    Ok(())
}

/// The only one who closes stopCh, and so nobody closes it twice.
async fn moderator(
    go: Go,
    config: Config,
    channels: Channels,
    stop_name: Var<String>,
    wg: WaitGroup,
) -> Result<(), Panic> {
    if config.wait {
        go.defer(async move |_| wg.done().await); //= moderator-done
    }
    let name = channels.stop_req.recv().await; //= moderate
    stop_name.store(name.unwrap_or_default()).await; //= write-name
    channels.stop.close().await //= close
}

async fn producer(go: Go, config: Config, channels: Channels, number: u32) -> Result<(), Panic> {
    let Channels { data, stop, stop_req } = channels;
    for round in 1.. {
        let value = match config.rounds {
            0 => go.intn(config.values).await?, //= draw
            rounds if round > rounds => break,  //= script-ends
            _ => config.script(number, round),
        };
        if value == 0 {
            select! { //= producer-asks
                sent = stop_req.send(format!("producer {number}")) => sent?, //= producer-request
                default => {}
            }
            return Ok(());
        }
        if config.early_check {
            select! { //= producer-looks
                _ = stop.recv() => return Ok(()), //= producer-early
                default => {}
            }
        }
        select! { //= producer-select
            _ = stop.recv() => return Ok(()), //= producer-stops
            sent = data.send(value) => sent?, //= send
        }
    }
    Ok(())
}

async fn consumer(go: Go, config: Config, channels: Channels, wg: WaitGroup, number: u32) -> Result<(), Panic> {
    let Channels { data, stop, stop_req } = channels;
    go.defer(async move |_| wg.done().await); //= done
    loop {
        if config.early_check {
            select! { //= consumer-looks
                _ = stop.recv() => return Ok(()), //= consumer-early
                default => {}
            }
        }
        select! { //= consumer-select
            _ = stop.recv() => return Ok(()), //= consumer-stops
            value = data.recv() => { //= receive
                let value = value.unwrap_or_default();
                if value == config.values - 1 {
                    select! { //= consumer-asks
                        sent = stop_req.send(format!("consumer {number}")) => sent?, //= consumer-request
                        default => {}
                    }
                    return Ok(());
                }
                go.println(&value).await; //= print
            }
        }
    }
}

impl Config {
    /// What a producer has to send in a round, counted from 1: numbers that ask for nothing, and at the end of the
    /// script 0 or the largest value, as the requests want it.
    fn script(self, producer: u32, round: u32) -> u32 {
        let last_round = round == self.rounds;
        let last_producer = producer == self.producers;
        match self.requests {
            Requests::Producer | Requests::Both if last_round && last_producer => 0,
            Requests::Consumers | Requests::Both if last_round => self.values - 1,
            _ => 1 + (10 * producer + round - 1) % (self.values - 2),
        }
    }
}
