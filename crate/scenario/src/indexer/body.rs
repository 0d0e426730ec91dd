use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::WaitGroup;
use chanscope_sync::atomic::Uint32;

const PLACES: u32 = 128;
const MESSAGES: u32 = 4;

pub(super) async fn main(go: Go, goroutines: u32) -> Result<(), Panic> {
    let table: Vec<Uint32> = (0..PLACES).map(|at| Uint32::new(&go, format!("table[{at}]"), 0)).collect();
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(goroutines).expect("few")).await?; //= add
    for id in 0..goroutines {
        go.spawn(Name::numbered("goroutine", id), insert(id, table.clone(), wg.clone())); //= start
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn insert(id: u32, table: Vec<Uint32>, wg: WaitGroup) -> Result<(), Panic> {
    for m in 1..=MESSAGES {
        let message = m * 11 + id;
        let mut place = message * 7 % PLACES;
        loop {
            let inserted = table[place as usize].compare_and_swap(0, message).await; //= try
            if inserted {
                break;
            }
            place = (place + 1) % PLACES;
        }
    }
    wg.done().await //= done
}
