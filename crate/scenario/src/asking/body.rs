use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Chan, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) way: Way,
    pub(super) jobs: u32,
    pub(super) capacity: u32,
}

#[derive(Clone, Copy)]
pub(super) enum Way {
    Apart,
    Together,
    Select,
    Length,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let jobs = Chan::new(&go, "jobs", config.capacity);
    let start = |over| go.spawn("producer", producer(jobs.clone(), over, config.jobs)); //= start
    match config.way {
        Way::Apart => {
            start(None);
            loop {
                let open = jobs.probe().await; //= ask
                if !open {
                    return Ok(());
                }
                let job = jobs.recv().await.unwrap_or_default(); //= work
                go.println(&job).await; //= print-apart
            }
        }
        Way::Together => {
            start(None);
            loop {
                let received = jobs.recv().await; //= both
                let Some(job) = received else { return Ok(()) };
                go.println(&job).await; //= print-both
            }
        }
        Way::Select => {
            let over = Chan::new(&go, "over", 0);
            start(Some(over.clone()));
            loop {
                select! { //= select
                    job = jobs.recv() => go.println(&job.unwrap_or_default()).await, //= job
                    _ = over.recv() => return the_rest(&go, &jobs).await, //= told
                }
            }
        }
        Way::Length => {
            start(None);
            loop {
                let more = jobs.len().await > 0; //= length
                if !more {
                    return Ok(());
                }
                let job = jobs.recv().await.unwrap_or_default(); //= take
                go.println(&job).await; //= print-length
            }
        }
    }
}

/// What is in the buffer when the producer says that it is over.
async fn the_rest(go: &Go, jobs: &Chan<u32>) -> Result<(), Panic> {
    loop {
        select! { //= drain
            job = jobs.recv() => go.println(&job.unwrap_or_default()).await, //= left
            default => return Ok(()), //= empty
        }
    }
}

async fn producer(jobs: Chan<u32>, over: Option<Chan<()>>, count: u32) -> Result<(), Panic> {
    for job in 1..=count {
        jobs.send(job).await?; //= send
    }
    match over {
        Some(over) => over.send(()).await, //= say-over
        None => jobs.close().await,        //= close
    }
}
