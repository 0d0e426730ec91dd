use std::future::Future;
use std::pin::Pin;

use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, WaitGroup, select};

use super::tree::Directory;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) branches: u32,
    pub(super) depth: u32,
    pub(super) limit: u32,
    pub(super) poll: bool,
    pub(super) on_cancel: OnCancel,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum OnCancel {
    Drain,
    Leave,
}

#[derive(Clone)]
struct Walk {
    go: Go,
    config: Config,
    done: Chan<()>,
    sizes: Chan<u32>,
    open: Chan<()>,
    wg: WaitGroup,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let walk = Walk {
        go: go.clone(),
        config,
        done: Chan::new(&go, "done", 0),
        sizes: Chan::new(&go, "sizes", 0),
        open: Chan::new(&go, "open", config.limit),
        wg: WaitGroup::new(&go, "wg"),
    };
    go.spawn("reader", walk.clone().reader()); //= start-reader
    walk.wg.add(1).await?; //= add-root
    let root = Directory::root(config.depth);
    go.spawn(walker_of(&root), walk.clone().walker(root)); //= start-root
    go.spawn("closer", walk.clone().closer()); //= start-closer

    let (mut files, mut bytes) = (0, 0);
    loop {
        select! { //= select
            _ = walk.done.recv() => { //= cancelled
                if config.on_cancel == OnCancel::Drain {
                    while walk.sizes.recv().await.is_some() {} //= drain
                }
                go.println(&"cancelled").await; //= print-cancelled
                return Ok(());
            }
            size = walk.sizes.recv() => { //= receive
                let Some(size) = size else { break };
                files += 1;
                bytes += size;
            }
        }
    }
    go.println(&format!("{files} files, {bytes} bytes")).await; //= print
    Ok(())
}

/// Walkers are of one role, the root's too.
fn walker_of(directory: &Directory) -> Name {
    Name { name: format!("walker {}", directory.path).into(), role: "walker" }
}

impl Walk {
    async fn reader(self) -> Result<(), Panic> {
        self.go.input("Cancel").await; //= cancel
        self.done.close().await //= close-done
    }

    /// Closes sizes when the last walker has gone: nobody can send any more.
    async fn closer(self) -> Result<(), Panic> {
        self.wg.wait().await; //= wait-walkers
        self.sizes.close().await //= close-sizes
    }

    async fn walker(self, directory: Directory) -> Result<(), Panic> {
        let wg = self.wg.clone();
        self.go.defer(async move |_| wg.done().await); //= walker-done
        if self.config.poll {
            select! { //= poll
                _ = self.done.recv() => return Ok(()), //= quit
                default => {}
            }
        }
        let Some((directories, size)) = self.list(&directory).await? else { return Ok(()) };
        for below in directories {
            self.wg.add(1).await?; //= add-walker
            self.go.spawn(walker_of(&below), self.clone().start(below)); //= start-walker
        }
        self.sizes.send(size).await //= send
    }

    /// A walker that starts walkers is a future that contains itself, so this one lies on the heap.
    fn start(self, directory: Directory) -> Pin<Box<dyn Future<Output = Result<(), Panic>>>> {
        Box::pin(self.walker(directory))
    }

    /// What is in a directory. With no room among the open ones it waits, and that wait can be cancelled.
    async fn list(&self, directory: &Directory) -> Result<Option<(Vec<Directory>, u32)>, Panic> {
        select! { //= acquire
            sent = self.open.send(()) => sent?, //= opened
            _ = self.done.recv() => return Ok(None), //= not-opened
        }
        let found = (directory.directories(self.config.branches), directory.file());
        self.open.recv().await; //= release
        Ok(Some(found))
    }
}
