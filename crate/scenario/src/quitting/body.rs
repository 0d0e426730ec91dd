use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) stop: Stop,
    pub(super) workers: u32,
    pub(super) jobs: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Stop {
    Close,
    One,
    Each,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let jobs = Chan::new(&go, "jobs", 0);
    let stop = Chan::<()>::new(&go, "stop", 0);
    let wg = WaitGroup::new(&go, "wg");

    wg.add(i32::try_from(config.workers).expect("a few")).await?; //= add
    for number in 1..=config.workers {
        let body = worker(go.clone(), jobs.clone(), stop.clone(), wg.clone());
        go.spawn(Name::numbered("worker", number), body); //= start
    }
    for job in 1..=config.jobs {
        jobs.send(job).await?; //= send-job
    }
    match config.stop {
        Stop::Close => stop.close().await?, //= close
        Stop::One => stop.send(()).await?,  //= send-one
        Stop::Each => {
            for _ in 0..config.workers {
                stop.send(()).await?; //= send-each
            }
        }
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn worker(go: Go, jobs: Chan<u32>, stop: Chan<()>, wg: WaitGroup) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    loop {
        select! { //= select
            _ = stop.recv() => return Ok(()), //= stop
            job = jobs.recv() => go.println(&job.unwrap_or_default()).await, //= job
        }
    }
}
