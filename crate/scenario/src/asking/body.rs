use chanscope_kernel::{Go, Panic};
use chanscope_sync::Chan;

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
    Length,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let jobs = Chan::new(&go, "jobs", config.capacity);
    go.spawn("producer", producer(jobs.clone(), config.jobs)); //= start
    match config.way {
        Way::Apart => loop {
            let open = jobs.probe().await; //= ask
            if !open {
                break;
            }
            let job = jobs.recv().await.unwrap_or_default(); //= work
            go.println(&job).await; //= print-apart
        },
        Way::Together => loop {
            let received = jobs.recv().await; //= both
            let Some(job) = received else { break };
            go.println(&job).await; //= print-both
        },
        Way::Length => loop {
            let more = jobs.len().await > 0; //= length
            if !more {
                break;
            }
            let job = jobs.recv().await.unwrap_or_default(); //= take
            go.println(&job).await; //= print-length
        },
    }
    Ok(())
}

async fn producer(jobs: Chan<u32>, count: u32) -> Result<(), Panic> {
    for job in 1..=count {
        jobs.send(job).await?; //= send
    }
    jobs.close().await //= close
}
