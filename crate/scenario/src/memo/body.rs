use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, Map, Mutex, WaitGroup};

use super::cache::{Entry, Request};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) guard: Guard,
    pub(super) askers: u32,
    pub(super) keys: u32,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    Nothing,
    WritesOnly,
    TwoSections,
    Mutex,
    Ready,
    Monitor,
    Filled,
}

const KEYS: [&str; 5] = ["a", "b", "c", "d", "e"];

#[derive(Clone)]
struct Memo {
    go: Go,
    guard: Guard,
    cache: Map<&'static str, String>,
    entries: Map<&'static str, Entry>,
    mu: Mutex,
    requests: Chan<Request>,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let memo = Memo {
        go: go.clone(),
        guard: config.guard,
        cache: Map::new(&go, "cache"),
        entries: Map::new(&go, "entries"),
        mu: Mutex::new(&go, "mu"),
        requests: Chan::new(&go, "requests", 0),
    };
    let wg = WaitGroup::new(&go, "wg");
    let keys = &KEYS[..config.keys as usize];

    match config.guard {
        Guard::Filled => {
            for key in keys {
                let value = memo.slow(key).await;
                memo.cache.insert(key, value).await?; //= fill
            }
        }
        Guard::Monitor => go.spawn("monitor", memo.clone().monitor()), //= start-monitor
        _ => {}
    }
    wg.add(i32::try_from(config.askers).expect("a few")).await?; //= add
    for (number, key) in (1..=config.askers).zip(keys.iter().cycle()) {
        go.spawn(Name::numbered("asker", number), memo.clone().asker(number, key, wg.clone())); //= start
    }
    wg.wait().await; //= wait
    if config.guard == Guard::Monitor {
        memo.requests.close().await?; //= close-requests
    }
    Ok(())
}

impl Memo {
    async fn asker(self, number: u32, key: &'static str, wg: WaitGroup) -> Result<(), Panic> {
        self.go.defer(async move |_| wg.done().await); //= done
        let value = match self.guard {
            Guard::Nothing => self.get(key).await?,
            Guard::WritesOnly => self.get_writes_only(key).await?,
            Guard::TwoSections => self.get_two_sections(key).await?,
            Guard::Mutex => {
                self.mu.lock().await; //= lock
                let value = self.get(key).await?;
                self.mu.unlock().await; //= unlock
                value
            }
            Guard::Ready => self.get_ready(key).await?,
            Guard::Monitor => {
                let reply = Chan::new(&self.go, format!("reply {number}"), 0);
                self.requests.send(Request { key, reply: reply.clone() }).await?; //= ask
                reply.recv().await.unwrap_or_default() //= answer
            }
            Guard::Filled => self.cache.get(key).await.unwrap_or_default(), //= look
        };
        self.go.println(&format!("asker {number}: {value}")).await; //= print
        Ok(())
    }

    /// The memo as one would write it for one goroutine.
    async fn get(&self, key: &'static str) -> Result<String, Panic> {
        let known = self.cache.get(key).await; //= read
        if let Some(value) = known {
            return Ok(value);
        }
        let value = self.slow(key).await;
        self.cache.insert(key, value.clone()).await?; //= write
        Ok(value)
    }

    async fn get_writes_only(&self, key: &'static str) -> Result<String, Panic> {
        let known = self.cache.get(key).await; //= bare-read
        if let Some(value) = known {
            return Ok(value);
        }
        let value = self.slow(key).await;
        self.mu.lock().await; //= guard-write
        self.cache.insert(key, value.clone()).await?; //= guarded-write
        self.mu.unlock().await; //= unguard-write
        Ok(value)
    }

    async fn get_two_sections(&self, key: &'static str) -> Result<String, Panic> {
        self.mu.lock().await; //= lock-to-look
        let known = self.cache.get(key).await; //= first-section
        self.mu.unlock().await; //= let-go
        if let Some(value) = known {
            return Ok(value);
        }
        let value = self.slow(key).await;
        self.mu.lock().await; //= lock-again
        self.cache.insert(key, value.clone()).await?; //= second-section
        self.mu.unlock().await; //= unlock-again
        Ok(value)
    }

    async fn get_ready(&self, key: &'static str) -> Result<String, Panic> {
        self.mu.lock().await; //= lock-entries
        let found = self.entries.get(key).await; //= find-entry
        let entry = match found {
            Some(entry) => {
                self.mu.unlock().await; //= unlock-found
                entry.ready.recv().await; //= wait-ready
                entry
            }
            None => {
                let entry = Entry::new(&self.go, key);
                self.entries.insert(key, entry.clone()).await?; //= add-entry
                self.mu.unlock().await; //= unlock-added
                entry.result.store(self.slow(key).await).await; //= fill-entry
                entry.ready.close().await?; //= close-ready
                entry
            }
        };
        Ok(entry.result.load().await) //= read-entry
    }

    async fn monitor(self) -> Result<(), Panic> {
        loop {
            let Some(request) = self.requests.recv().await else { return Ok(()) }; //= serve
            let value = self.get(request.key).await?;
            request.reply.send(value).await?; //= reply
        }
    }

    async fn slow(&self, key: &'static str) -> String {
        self.go.println(&format!("slow {key}")).await; //= slow
        key.to_uppercase()
    }
}
