use chanscope_kernel::{Go, Name, Panic};
use chanscope_sync::{Mutex, Var, WaitGroup};

const INODES: u32 = 32;
const BLOCKS: usize = 26;

#[derive(Clone)]
struct Disk {
    inodes: Vec<(Mutex, Var<u32>)>,
    blocks: Vec<(Mutex, Var<bool>)>,
}

pub(super) async fn main(go: Go, goroutines: u32) -> Result<(), Panic> {
    let inode = |at| (Mutex::new(&go, format!("inode lock {at}")), Var::new(&go, format!("inode {at}"), 0));
    let block = |at| (Mutex::new(&go, format!("block lock {at}")), Var::new(&go, format!("busy {at}"), false));
    let disk = Disk { inodes: (0..INODES).map(inode).collect(), blocks: (0..BLOCKS).map(block).collect() };
    let wg = WaitGroup::new(&go, "wg");
    wg.add(i32::try_from(goroutines).expect("few")).await?; //= add
    for id in 0..goroutines {
        go.spawn(Name::numbered("goroutine", id), allocate(id, disk.clone(), wg.clone())); //= start
    }
    wg.wait().await; //= wait
    Ok(())
}

async fn allocate(id: u32, disk: Disk, wg: WaitGroup) -> Result<(), Panic> {
    let at = id % INODES;
    let (inode_lock, inode) = &disk.inodes[at as usize];
    inode_lock.lock().await; //= lock-inode
    let unset = inode.load().await == 0; //= load-inode
    if unset {
        let mut block = (at * 2) as usize % BLOCKS;
        loop {
            let (lock, busy) = &disk.blocks[block];
            lock.lock().await; //= lock-block
            let taken = busy.load().await; //= load-block
            if !taken {
                busy.store(true).await; //= take-block
                inode.store(u32::try_from(block).expect("small") + 1).await; //= store-inode
                lock.unlock().await; //= unlock-taken
                break;
            }
            lock.unlock().await; //= unlock-busy
            block = (block + 1) % BLOCKS;
        }
    }
    inode_lock.unlock().await; //= unlock-inode
    wg.done().await //= done
}
