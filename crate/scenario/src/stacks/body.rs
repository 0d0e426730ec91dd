use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::WaitGroup;
use chanscope_sync::stack::Stack;

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) goroutines: u32,
    pub(super) depth: u32,
    pub(super) frame_bytes: u32,
    pub(super) max_bytes: u32,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(config.goroutines).expect("a few")).await?; //= add
    for number in 1..=config.goroutines {
        go.spawn(Name::numbered("worker", number), worker(go.clone(), config, wg.clone(), number)); //= start
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn worker(go: Go, config: Config, wg: WaitGroup, number: u32) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= done
    let stack = Stack::new(&go, format!("stack {number}"), config.max_bytes);
    // What recursion does to a stack: Rust's futures have none of their own, so here it is a loop.
    for _ in 1..=config.depth {
        stack.call(config.frame_bytes).await; //= call
    }
    stack.return_all().await; //= return
    go.println(&format!("worker {number} was {} calls deep", config.depth)).await; //= print
    Ok(())
}
