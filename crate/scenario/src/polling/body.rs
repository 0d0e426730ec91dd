use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Chan, WaitGroup, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) rounds: u32,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let done = Chan::<()>::new(&go, "done", 0);
    let wg = WaitGroup::new(&go, "wg");

    go.spawn("reader", reader(go.clone(), done.clone())); //= start-reader
    wg.add(1).await?; //= add
    go.spawn("worker", worker(go.clone(), config, done, wg.clone())); //= start-worker
    wg.wait().await; //= wait
    Ok(())
}

async fn reader(go: Go, done: Chan<()>) -> Result<(), Panic> {
    go.input("Cancel").await; //= press
    done.close().await //= close
}

async fn worker(go: Go, config: Config, done: Chan<()>, wg: WaitGroup) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= leave
    for _ in 0..config.rounds {
        select! { //= poll
            _ = done.recv() => { //= look
                go.println(&"cancelled").await; //= cancelled
                return Ok(());
            },
            default => {} //= work
        }
    }
    go.println(&"finished").await; //= finished
    Ok(())
}
