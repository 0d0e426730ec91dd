use chanscope_kernel::{Go, Panic};
use chanscope_sync::{Chan, Mutex, Var, select};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) reads: Reads,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Reads {
    IfReady,
    AfterLock,
    WhenReady,
}

#[derive(Clone)]
struct Shared {
    settings: Var<String>,
    ready: Chan<()>,
    loads: Var<u32>,
    mu: Mutex,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let shared = Shared {
        settings: Var::new(&go, "settings", "the defaults".to_owned()),
        ready: Chan::new(&go, "ready", 0),
        loads: Var::new(&go, "loads", 0),
        mu: Mutex::new(&go, "mu"),
    };
    go.spawn("loader", loader(shared.clone(), config)); //= start
    let Shared { settings, ready, loads, mu } = shared;
    match config.reads {
        Reads::IfReady => select! { //= look
            _ = ready.recv() => {} //= in-time
            default => go.println(&"not waiting").await, //= not-waiting
        },
        Reads::AfterLock => {
            mu.lock().await; //= main-locks
            let count = loads.load().await; //= count
            mu.unlock().await; //= main-unlocks
            go.println(&format!("{count} loads")).await; //= print-count
        }
        Reads::WhenReady => {
            ready.recv().await; //= wait
        }
    }
    let now = settings.load().await; //= read
    go.println(&now).await; //= print
    Ok(())
}

async fn loader(shared: Shared, config: Config) -> Result<(), Panic> {
    let Shared { settings, ready, loads, mu } = shared;
    settings.store("from the file".to_owned()).await; //= write
    if config.reads == Reads::AfterLock {
        mu.lock().await; //= loader-locks
        let one_more = loads.load().await + 1; //= add-one
        loads.store(one_more).await; //= add-one
        mu.unlock().await; //= loader-unlocks
    }
    ready.close().await //= ready
}
