//! The programs on tokio's current-thread runtime with its channels, nothing recorded. It has no unbuffered channel:
//! the smallest has room for one.

use tokio::runtime::Builder;
use tokio::sync::mpsc;

use crate::{CAPACITY, CHANNELS};

fn run(main: impl Future<Output = ()>) {
    Builder::new_current_thread().build().expect("a thread is there").block_on(main);
}

pub(crate) fn ping_pong(rounds: u64) {
    run(async {
        let ((ping, mut from), (back, mut pong)) = (mpsc::channel(1), mpsc::channel(1));
        tokio::spawn(async move {
            while let Some(value) = from.recv().await {
                back.send(value).await.expect("somebody receives");
            }
        });
        for n in 0..rounds as u32 {
            ping.send(n).await.expect("somebody receives");
            pong.recv().await;
        }
    });
}

pub(crate) fn pipeline(values: u64) {
    run(async {
        let (out, mut from) = mpsc::channel(CAPACITY);
        tokio::spawn(async move {
            for n in 0..values as u32 {
                out.send(n).await.expect("somebody receives");
            }
        });
        for _ in 0..2 {
            let (to, next) = mpsc::channel(CAPACITY);
            tokio::spawn(async move {
                while let Some(value) = from.recv().await {
                    to.send(value).await.expect("somebody receives");
                }
            });
            from = next;
        }
        while from.recv().await.is_some() {}
    });
}

pub(crate) fn select_8(values: u64) {
    run(async {
        let channels: [mpsc::Receiver<u32>; CHANNELS] = std::array::from_fn(|_| {
            let (out, from) = mpsc::channel(1);
            tokio::spawn(async move {
                for n in 0..(values / CHANNELS as u64) as u32 {
                    out.send(n).await.expect("somebody receives");
                }
            });
            from
        });
        let [mut a, mut b, mut c, mut d, mut e, mut f, mut g, mut h] = channels;
        for _ in 0..values {
            tokio::select! {
                Some(_) = a.recv() => {},
                Some(_) = b.recv() => {},
                Some(_) = c.recv() => {},
                Some(_) = d.recv() => {},
                Some(_) = e.recv() => {},
                Some(_) = f.recv() => {},
                Some(_) = g.recv() => {},
                Some(_) = h.recv() => {},
            }
        }
    });
}

pub(crate) fn many(goroutines: u64) {
    run(async {
        let (to, mut from) = mpsc::channel(1);
        for n in 0..goroutines as u32 {
            let to = to.clone();
            tokio::spawn(async move { to.send(n).await.expect("somebody receives") });
        }
        for _ in 0..goroutines {
            from.recv().await;
        }
    });
}
