//! The programs in shuttle by its random scheduler, with its channels. It has no select: a receiver looks at one
//! channel after the other, and lets others go first when there is nothing.

use shuttle::scheduler::RandomScheduler;
use shuttle::sync::mpsc;
use shuttle::{Config, MaxSteps, Runner, thread};

use crate::{CAPACITY, CHANNELS};

fn run(main: impl Fn() + Send + Sync + 'static) {
    let mut config = Config::new();
    config.max_steps = MaxSteps::None;
    Runner::new(RandomScheduler::new_from_seed(1, 1), config).run(main);
}

pub(crate) fn ping_pong(rounds: u64) {
    run(move || {
        let ((ping, from), (back, pong)) = (mpsc::sync_channel(0), mpsc::sync_channel(0));
        thread::spawn(move || {
            while let Ok(value) = from.recv() {
                back.send(value).expect("somebody receives");
            }
        });
        for n in 0..rounds as u32 {
            ping.send(n).expect("somebody receives");
            pong.recv().expect("somebody sends");
        }
    });
}

pub(crate) fn pipeline(values: u64) {
    run(move || {
        let (out, mut from) = mpsc::sync_channel(CAPACITY);
        thread::spawn(move || {
            for n in 0..values as u32 {
                out.send(n).expect("somebody receives");
            }
        });
        for _ in 0..2 {
            let (to, next) = mpsc::sync_channel(CAPACITY);
            thread::spawn(move || {
                while let Ok(value) = from.recv() {
                    to.send(value).expect("somebody receives");
                }
            });
            from = next;
        }
        while from.recv().is_ok() {}
    });
}

pub(crate) fn select_8(values: u64) {
    run(move || {
        let channels: [mpsc::Receiver<u32>; CHANNELS] = std::array::from_fn(|_| {
            let (out, from) = mpsc::sync_channel(1);
            thread::spawn(move || {
                for n in 0..(values / CHANNELS as u64) as u32 {
                    out.send(n).expect("somebody receives");
                }
            });
            from
        });
        let mut left = values;
        while left > 0 {
            match channels.iter().find_map(|from| from.try_recv().ok()) {
                Some(_) => left -= 1,
                None => thread::yield_now(),
            }
        }
    });
}

pub(crate) fn many(goroutines: u64) {
    run(move || {
        let (to, from) = mpsc::sync_channel(0);
        for n in 0..goroutines as u32 {
            let to = to.clone();
            thread::spawn(move || to.send(n).expect("somebody receives"));
        }
        for _ in 0..goroutines {
            from.recv().expect("somebody sends");
        }
    });
}
