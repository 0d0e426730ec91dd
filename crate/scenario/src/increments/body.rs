use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::atomic::Int64;
use chanscope_sync::{Mutex, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) how: How,
    pub(super) goroutines: u32,
    pub(super) times: u32,
}

#[derive(Clone, Copy)]
pub(super) enum How {
    Parts,
    Add,
    Mutex,
}

#[derive(Clone)]
struct World {
    count: Int64,
    mu: Mutex,
    wg: WaitGroup,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let world = World { count: Int64::new(&go, "count", 0), mu: Mutex::new(&go, "mu"), wg: WaitGroup::new(&go, "wg") };
    world.wg.add(i32::try_from(config.goroutines).expect("few")).await?; //= add
    for number in 1..=config.goroutines {
        go.spawn(Name::numbered("goroutine", number), goroutine(world.clone(), config)); //= start
    }
    world.wg.wait().await; //= wait
    let count = world.count.load().await; //= result
    go.println(&format!("{count}")).await; //= print
    Ok(())
}

async fn goroutine(World { count, mu, wg }: World, config: Config) -> Result<(), Panic> {
    for _ in 0..config.times {
        match config.how {
            How::Parts => {
                let value = count.load().await; //= load
                count.store(value + 1).await; //= store
            }
            How::Add => {
                count.add_and_load(1).await; //= add-one
            }
            How::Mutex => {
                mu.lock().await; //= lock
                let value = count.load().await; //= load
                count.store(value + 1).await; //= store
                mu.unlock().await; //= unlock
            }
        }
    }
    wg.done().await //= done
}
