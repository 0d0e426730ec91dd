use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::WaitGroup;
use chanscope_sync::atomic::Int64;

pub(super) async fn main(go: Go, times: u32) -> Result<(), Panic> {
    let (i, j) = (Int64::new(&go, "i", 1), Int64::new(&go, "j", 1));
    let wg = WaitGroup::new(&go, "wg");
    wg.add(3).await?; //= add-three
    go.spawn(Name::numbered("adder", 1), adder(times, i.clone(), j.clone(), wg.clone())); //= start-first
    go.spawn(Name::numbered("adder", 2), adder(times, j.clone(), i.clone(), wg.clone())); //= start-second
    go.spawn("checker", checker(go.clone(), times, i, j, wg.clone())); //= start-checker
    wg.wait().await; //= wait
    Ok(())
}

async fn adder(times: u32, to: Int64, from: Int64, wg: WaitGroup) -> Result<(), Panic> {
    for _ in 0..times {
        let own = to.load().await; //= load-own
        let other = from.load().await; //= load-other
        to.store(own + other).await; //= store
    }
    wg.done().await //= adder-done
}

async fn checker(go: Go, times: u32, i: Int64, j: Int64, wg: WaitGroup) -> Result<(), Panic> {
    let i = i.load().await; //= check-i
    let j = j.load().await; //= check-j
    let largest = largest(times);
    if i.max(j) >= largest {
        go.println(&format!("reached {largest}")).await; //= print
    }
    wg.done().await //= checker-done
}

/// What comes of adding in turns, from 1 and 1: the Fibonacci number after so many additions of each.
fn largest(times: u32) -> i64 {
    (0..times).fold((1, 1), |(i, j), _| (i + j, i + j + j)).1
}
