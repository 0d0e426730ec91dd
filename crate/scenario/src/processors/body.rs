use std::time::Duration;

use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Var, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) goroutines: u32,
    pub(super) processors: u8,
    pub(super) work: u32,
    pub(super) pause: Pause,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Pause {
    Never,
    SystemCall,
    Yield,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    go.gomaxprocs(config.processors);
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(config.goroutines).expect("a few")).await?; //= add
    let mut sums = Vec::new();
    for number in 1..=config.goroutines {
        let sum = Var::new(&go, format!("sum {number}"), 0);
        sums.push(sum.clone());
        go.spawn(Name::numbered("worker", number), worker(go.clone(), config, sum, wg.clone(), number)); //= start
    }
    wg.wait().await; //= wait
    let mut total = 0;
    for sum in sums {
        total += sum.load().await; //= load
    }
    go.println(&total).await; //= print
    Ok(())
}

async fn worker(go: Go, config: Config, sum: Var<u32>, wg: WaitGroup, number: u32) -> Result<(), Panic> {
    go.defer(async move |_| wg.done().await); //= leave
    for part in 1..=config.work {
        sum.store(part).await; //= work
        match config.pause {
            Pause::SystemCall if number == 1 && part == 1 => go.syscall(Duration::from_millis(1)).await, //= system-call
            Pause::Yield => go.yield_now().await,                                                        //= yield
            _ => {}
        }
    }
    Ok(())
}
