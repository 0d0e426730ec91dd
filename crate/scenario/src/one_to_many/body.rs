use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) consumers: u32,
    pub(super) capacity: u32,
    pub(super) values: u32,
    pub(super) rounds: u32,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let data = Chan::new(&go, "dataCh", config.capacity);
    let wg = WaitGroup::new(&go, "wg");

    wg.add(i32::try_from(config.consumers).expect("a few")).await?; //= add
    go.spawn("producer", producer(go.clone(), config, data.clone())); //= start-producer
    for number in 1..=config.consumers {
        go.spawn(Name::numbered("consumer", number), consumer(go.clone(), data.clone(), wg.clone())); //= start-consumer
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn producer(go: Go, config: Config, data: Chan<u32>) -> Result<(), Panic> {
    for round in 1.. {
        let value = match config.rounds {
            0 => go.intn(config.values).await?, //= draw
            rounds if round > rounds => 0,
            _ => 1 + (10 + round - 1) % (config.values - 1),
        };
        if value == 0 {
            return data.close().await; //= close
        }
        data.send(value).await?; //= send
    }
    Ok(())
}

async fn consumer(go: Go, data: Chan<u32>, wg: WaitGroup) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    loop {
        let Some(value) = data.recv().await else { break }; //= receive
        go.println(&value).await; //= print
    }
    Ok(())
}
