use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::WaitGroup;
use chanscope_sync::atomic::Int64;

pub(super) async fn main(go: Go, readers: u32) -> Result<(), Panic> {
    let x = Int64::new(&go, "x", 0);
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(readers).expect("few") + 1).await?; //= add
    go.spawn("writer", writer(x.clone(), wg.clone())); //= start-writer
    for number in 1..=readers {
        go.spawn(Name::numbered("reader", number), reader(go.clone(), x.clone(), wg.clone())); //= start-reader
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn writer(x: Int64, wg: WaitGroup) -> Result<(), Panic> {
    x.store(1).await; //= store
    wg.done().await //= writer-done
}

async fn reader(go: Go, x: Int64, wg: WaitGroup) -> Result<(), Panic> {
    let value = x.load().await; //= load
    go.println(&format!("saw {value}")).await; //= print
    wg.done().await //= reader-done
}
