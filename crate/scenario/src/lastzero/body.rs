use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::WaitGroup;
use chanscope_sync::atomic::Int64;

pub(super) async fn main(go: Go, writers: u32) -> Result<(), Panic> {
    let cells: Vec<Int64> = (0..=writers).map(|at| Int64::new(&go, format!("cells[{at}]"), 0)).collect();
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(writers).expect("few") + 1).await?; //= add
    for (number, pair) in (1..).zip(cells.windows(2)) {
        let (from, to) = (pair[0].clone(), pair[1].clone());
        go.spawn(Name::numbered("writer", number), writer(from, to, wg.clone())); //= start-writer
    }
    go.spawn("reader", reader(go.clone(), cells, wg.clone())); //= start-reader
    wg.wait().await; //= wait
    Ok(())
}

async fn writer(from: Int64, to: Int64, wg: WaitGroup) -> Result<(), Panic> {
    let value = from.load().await; //= load
    to.store(value + 1).await; //= store
    wg.done().await //= writer-done
}

async fn reader(go: Go, cells: Vec<Int64>, wg: WaitGroup) -> Result<(), Panic> {
    for (at, cell) in cells.iter().enumerate().rev() {
        let value = cell.load().await; //= look
        if value == 0 {
            go.println(&format!("zero at {at}")).await; //= print
            break;
        }
    }
    wg.done().await //= reader-done
}
