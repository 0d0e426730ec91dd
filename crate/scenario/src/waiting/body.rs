use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Chan, WaitGroup};

#[derive(Clone, Copy)]
pub(super) struct Config {
    pub(super) workers: u32,
    pub(super) how: How,
}

#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum How {
    WaitGroup,
    Channel,
    NotAtAll,
    AddInside,
    NoDone,
    DoneTwice,
    Copy,
}

pub(super) async fn main(go: Go, config: Config) -> Result<(), Panic> {
    let finished = Chan::<u32>::new(&go, "finished", 0);
    let wg = WaitGroup::new(&go, "wg");
    let workers = i32::try_from(config.workers).expect("a few");

    if !matches!(config.how, How::Channel | How::NotAtAll | How::AddInside) {
        wg.add(workers).await?; //= add
    }
    let mut theirs = wg.clone();
    if config.how == How::Copy {
        theirs = WaitGroup::new(&go, "copy of wg");
        theirs.add(workers).await?; //= copy
    }
    for number in 1..=config.workers {
        let body = worker(go.clone(), config, theirs.clone(), finished.clone(), number);
        go.spawn(Name::numbered("worker", number), body); //= start
    }
    match config.how {
        How::NotAtAll => {}
        How::Channel => {
            for _ in 0..config.workers {
                finished.recv().await; //= receive
            }
        }
        _ => wg.wait().await, //= wait
    }
    go.println(&"main is done".to_owned()).await; //= main-done
    Ok(())
}

async fn worker(go: Go, config: Config, wg: WaitGroup, finished: Chan<u32>, number: u32) -> Result<(), Panic> {
    if config.how == How::AddInside {
        wg.add(1).await?; //= add-inside
    }
    go.println(&format!("worker {number} works")).await; //= work
    match config.how {
        How::NotAtAll => return Ok(()),
        How::Channel => return finished.send(number).await, //= send
        How::NoDone if number == 1 => return Ok(()),        //= no-done
        How::DoneTwice if number == 1 => wg.done().await?,  //= done-again
        _ => {}
    }
    wg.done().await //= done
}
