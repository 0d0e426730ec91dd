//! The programs on `futures::executor::LocalPool` with `futures::channel`, nothing recorded.

use futures::channel::mpsc;
use futures::executor::{LocalPool, LocalSpawner};
use futures::task::LocalSpawnExt;
use futures::{FutureExt, SinkExt, StreamExt, select};

use crate::{CAPACITY, CHANNELS};

fn run<F: Future<Output = ()>>(main: impl FnOnce(LocalSpawner) -> F) {
    let mut pool = LocalPool::new();
    let main = main(pool.spawner());
    pool.run_until(main);
}

pub(crate) fn ping_pong(rounds: u64) {
    run(async |spawner| {
        let ((mut ping, mut from), (mut back, mut pong)) = (mpsc::channel(0), mpsc::channel(0));
        let other = async move {
            while let Some(value) = from.next().await {
                back.send(value).await.expect("somebody receives");
            }
        };
        spawner.spawn_local(other).expect("the pool is there");
        for n in 0..rounds as u32 {
            ping.send(n).await.expect("somebody receives");
            pong.next().await;
        }
    });
}

pub(crate) fn pipeline(values: u64) {
    run(async |spawner| {
        // A channel has room for one more for each sender.
        let (mut out, mut from) = mpsc::channel(CAPACITY - 1);
        let source = async move {
            for n in 0..values as u32 {
                out.send(n).await.expect("somebody receives");
            }
        };
        spawner.spawn_local(source).expect("the pool is there");
        for _ in 0..2 {
            let (mut to, next) = mpsc::channel(CAPACITY - 1);
            let stage = async move {
                while let Some(value) = from.next().await {
                    to.send(value).await.expect("somebody receives");
                }
            };
            spawner.spawn_local(stage).expect("the pool is there");
            from = next;
        }
        while from.next().await.is_some() {}
    });
}

pub(crate) fn select_8(values: u64) {
    run(async |spawner| {
        let channels: [mpsc::Receiver<u32>; CHANNELS] = std::array::from_fn(|_| {
            let (mut out, from) = mpsc::channel(0);
            let source = async move {
                for n in 0..(values / CHANNELS as u64) as u32 {
                    out.send(n).await.expect("somebody receives");
                }
            };
            spawner.spawn_local(source).expect("the pool is there");
            from
        });
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = channels.map(StreamExt::fuse);
        for _ in 0..values {
            select! {
                _ = a.select_next_some() => {},
                _ = b.select_next_some() => {},
                _ = c.select_next_some() => {},
                _ = d.select_next_some() => {},
                _ = e.select_next_some() => {},
                _ = f.select_next_some() => {},
                _ = g.select_next_some() => {},
                _ = h.select_next_some() => {},
            }
        }
    });
}

pub(crate) fn many(goroutines: u64) {
    run(async |spawner| {
        let (to, mut from) = mpsc::channel(0);
        for n in 0..goroutines as u32 {
            let mut to = to.clone();
            let sender = async move { to.send(n).await.expect("somebody receives") };
            spawner.spawn_local(sender.map(|()| ())).expect("the pool is there");
        }
        for _ in 0..goroutines {
            from.next().await;
        }
    });
}
