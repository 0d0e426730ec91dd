use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::atomic::Int64;
use chanscope_sync::memory::{Memory, Model, Word};
use chanscope_sync::{Mutex, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) test: Test,
    pub(super) guard: Guard,
    pub(super) model: Model,
    pub(super) swapped: bool,
}

#[derive(Clone, Copy)]
pub(super) enum Test {
    Stores,
    Messages,
    Loads,
    Readers,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Guard {
    None,
    Atomic,
    Mutex,
}

/// A shared word, as the guard has it.
#[derive(Clone)]
struct Shared {
    name: &'static str,
    plain: Word,
    atomic: Option<Int64>,
}

#[derive(Clone)]
struct World {
    go: Go,
    memory: Memory,
    mu: Option<Mutex>,
    wg: WaitGroup,
    swapped: bool,
}

/// What a goroutine does, one thing after the other.
enum Do {
    Write(Shared),
    Read(Shared),
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let memory = Memory::new(&go, config.model);
    let word = |name| Shared {
        name,
        plain: memory.word(name, 0),
        atomic: (config.guard == Guard::Atomic).then(|| Int64::new(&go, name, 0)),
    };
    let (x, y) = (word("x"), word("y"));
    let mu = (config.guard == Guard::Mutex).then(|| Mutex::new(&go, "mu"));
    let wg = WaitGroup::new(&go, "wg");
    let world = World { go: go.clone(), memory, mu, wg: wg.clone(), swapped: config.swapped };
    let (write, read) = (|word: &Shared| Do::Write(word.clone()), |word: &Shared| Do::Read(word.clone()));
    let goroutines = match config.test {
        Test::Stores => vec![[write(&x), read(&y)], [write(&y), read(&x)]],
        Test::Messages => vec![[write(&x), write(&y)], [read(&y), read(&x)]],
        Test::Loads => vec![[read(&x), write(&y)], [read(&y), write(&x)]],
        Test::Readers => {
            let (one, other) = ([read(&x), read(&y)], [read(&y), read(&x)]);
            return readers(world, x, y, [one, other]).await;
        }
    };
    wg.add(2).await?; //= add
    for (number, what) in (1..).zip(goroutines) {
        go.spawn(Name::numbered("goroutine", number), goroutine(world.clone(), what.into())); //= start
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn readers(world: World, x: Shared, y: Shared, readers: [[Do; 2]; 2]) -> Result<(), Panic> {
    let (go, wg) = (world.go.clone(), world.wg.clone());
    wg.add(4).await?; //= add
    for word in [x, y] {
        let name = Name { name: format!("writer of {}", word.name).into(), role: "writer" };
        go.spawn(name, goroutine(world.clone(), vec![Do::Write(word)])); //= start
    }
    for (number, what) in (1..).zip(readers) {
        go.spawn(Name::numbered("reader", number), goroutine(world.clone(), what.into())); //= start
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn goroutine(world: World, mut what: Vec<Do>) -> Result<(), Panic> {
    let World { go, memory, mu, wg, swapped } = world;
    if swapped {
        what.reverse();
    }
    go.defer(async move |_| wg.done().await); //= done
    if let Some(mu) = &mu {
        mu.lock().await; //= lock
    }
    let mut seen = Vec::new();
    for one in &what {
        match one {
            Do::Write(Shared { atomic: Some(word), .. }) => word.store(1).await, //= write
            Do::Write(word) => word.plain.store(1).await,                        //= write
            Do::Read(Shared { atomic: Some(word), name, .. }) => {
                seen.push(format!("{name}:{}", word.load().await)); //= read
            }
            Do::Read(word) => seen.push(format!("{}:{}", word.name, word.plain.load().await)), //= read
        }
    }
    if let Some(mu) = &mu {
        memory.fence().await; //= unlock
        mu.unlock().await; //= unlock
    }
    if !seen.is_empty() {
        go.println(&seen.join(" ")).await; //= print
    }
    Ok(())
}
