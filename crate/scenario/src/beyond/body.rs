use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, Mutex, Once, Var, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) closing: Closing,
    pub(super) producers: u32,
    pub(super) values: u32,
    pub(super) capacity: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Closing {
    Asked,
    Middle,
    MiddleKeeps,
    OnceStop,
    OnceData,
    Mutex,
    MutexConsumer,
}

/// What everybody has a hand on.
#[derive(Clone)]
struct World {
    go: Go,
    config: Config,
    data: Chan<u32>,
    stop: Chan<()>,
    once: Once,
    mu: Mutex,
    closed: Var<bool>,
    wg: WaitGroup,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let world = World {
        go: go.clone(),
        config,
        data: Chan::new(&go, "dataCh", config.capacity),
        stop: Chan::new(&go, "stopCh", 0),
        once: Once::new(&go, "once"),
        mu: Mutex::new(&go, "mu"),
        closed: Var::new(&go, "closed", false),
        wg: WaitGroup::new(&go, "wg"),
    };
    let finished = Chan::<()>::new(&go, "finished", 0);
    let producers = match config.closing {
        Closing::Asked => 1,
        _ => config.producers,
    };
    world.wg.add(i32::try_from(producers).expect("a few")).await?; //= add
    for number in 1..=producers {
        go.spawn(Name::numbered("producer", number), world.clone().producer(number)); //= start-producer
    }
    let out = match config.closing {
        Closing::Middle | Closing::MiddleKeeps => {
            let out = Chan::new(&go, "outCh", 0);
            go.spawn("middle", world.clone().middle(out.clone())); //= start-middle
            out
        }
        _ => world.data.clone(),
    };
    go.spawn("consumer", world.clone().consumer(out, finished.clone())); //= start-consumer
    if matches!(config.closing, Closing::Asked | Closing::Middle | Closing::MiddleKeeps) {
        go.spawn("third party", world.clone().third_party()); //= start-third-party
    }
    world.wg.wait().await; //= wait-producers
    finished.recv().await; //= wait-consumer
    Ok(())
}

impl World {
    /// Anybody may say stop, any number of times: who is first closes.
    async fn say_stop(&self) -> Result<(), Panic> {
        let stop = self.stop.clone();
        self.once.call(&self.go, async move { stop.close().await }).await //= once-stop
    }

    /// Neither sends nor receives, and says when it is enough.
    async fn third_party(self) -> Result<(), Panic> {
        self.say_stop().await
    }

    async fn producer(self, number: u32) -> Result<(), Panic> {
        let wg = self.wg.clone();
        self.go.defer(async move |_| wg.done().await); //= producer-done
        for round in 1..=self.config.values {
            let value = 10 * number + round;
            let goes_on = match self.config.closing {
                Closing::OnceData => {
                    self.data.send(value).await?; //= send-plain
                    true
                }
                Closing::Mutex | Closing::MutexConsumer => self.guarded_send(value).await?,
                _ => select! { //= producer-select
                    _ = self.stop.recv() => false, //= producer-stops
                    sent = self.data.send(value) => sent.map(|()| true)?, //= send
                },
            };
            if !goes_on {
                break;
            }
        }
        match self.config.closing {
            Closing::Asked => self.data.close().await, //= producer-closes
            Closing::OnceStop => self.say_stop().await,
            Closing::OnceData => {
                let data = self.data.clone();
                self.once.call(&self.go, async move { data.close().await }).await //= once-data
            }
            Closing::Mutex => self.guarded_close().await,
            Closing::Middle | Closing::MiddleKeeps | Closing::MutexConsumer => Ok(()),
        }
    }

    /// The only one who sends on `out`, and so the one who may close it.
    async fn middle(self, out: Chan<u32>) -> Result<(), Panic> {
        loop {
            select! { //= middle-select
                _ = self.stop.recv() => break, //= middle-stops
                value = self.data.recv() => { //= middle-receives
                    let value = value.unwrap_or_default();
                    if self.config.closing == Closing::MiddleKeeps {
                        out.send(value).await?; //= forward-first
                        continue;
                    }
                    select! { //= forward-select
                        _ = self.stop.recv() => { //= forward-stops
                            self.data.drop_last();
                            break;
                        }
                        sent = out.send(value) => sent?, //= forward
                    }
                }
            }
        }
        out.close().await //= middle-closes
    }

    async fn consumer(self, input: Chan<u32>, finished: Chan<()>) -> Result<(), Panic> {
        self.go.defer(async move |_| finished.close().await); //= finished
        loop {
            let value = if self.config.closing == Closing::OnceStop {
                select! { //= consumer-select
                    _ = self.stop.recv() => None, //= consumer-stops
                    value = input.recv() => value, //= receive-or-stop
                }
            } else {
                input.recv().await //= receive
            };
            let Some(value) = value else { return Ok(()) };
            self.go.println(&value).await; //= print
            if self.config.closing == Closing::MutexConsumer {
                return self.guarded_close().await;
            }
        }
    }

    /// Whether it could be sent. The mutex is held while the send waits.
    async fn guarded_send(&self, value: u32) -> Result<bool, Panic> {
        self.mu.lock().await; //= lock-send
        let open = !self.closed.load().await; //= look-send
        if open {
            self.data.send(value).await?; //= send-guarded
        }
        self.mu.unlock().await; //= unlock-send
        Ok(open)
    }

    async fn guarded_close(&self) -> Result<(), Panic> {
        self.mu.lock().await; //= lock-close
        let open = !self.closed.load().await; //= look-close
        if open {
            self.closed.store(true).await; //= mark
            self.data.close().await?; //= close-guarded
        }
        self.mu.unlock().await; //= unlock-close
        Ok(())
    }
}
