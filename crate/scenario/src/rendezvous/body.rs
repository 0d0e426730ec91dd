use chanscope_kernel::{Go, Panic};
use chanscope_sync::Chan;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) items: u32,
    pub(super) capacity: u32,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", config.capacity);
    let done = Chan::<()>::new(&go, "done", 0);

    go.spawn("receiver", receiver(go.clone(), config, ch.clone(), done.clone())); //= start
    for item in 1..=config.items {
        ch.send(item).await?; //= send
        go.println(&format!("sent {item}")).await; //= sent
    }
    done.recv().await; //= wait
    Ok(())
}

async fn receiver(go: Go, config: Config, ch: Chan<u32>, done: Chan<()>) -> Result<(), Panic> {
    for _ in 0..config.items {
        let item = ch.recv().await.unwrap_or_default(); //= receive
        go.println(&format!("got {item}")).await; //= got
    }
    done.close().await //= done
}
