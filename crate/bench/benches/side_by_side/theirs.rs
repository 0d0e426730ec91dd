//! The same programs for loom and shuttle, from one text: their types have the same names.

use std::sync::Arc as Counter;
use std::sync::atomic::AtomicU64;
use std::time::{Duration, Instant};

/// Shuttle tells of every panic from its first run on, and loom ends threads by panics: it would be measured with all
/// that is printed.
pub(crate) fn quieten() {
    shuttle::check_random(|| {}, 1);
    drop(std::panic::take_hook());
}

/// Executions that loom made, the time it took, and whether that was all, of at most so many.
pub(crate) fn count_loom(program: fn(), most: u64) -> (u64, Duration, bool) {
    let made = Counter::new(AtomicU64::new(0));
    let counted = Counter::clone(&made);
    let mut builder = loom::model::Builder::new();
    builder.max_permutations = usize::try_from(most).ok();
    let begun = Instant::now();
    builder.check(move || {
        counted.fetch_add(1, std::sync::atomic::Ordering::Relaxed);
        program();
    });
    let made = made.load(std::sync::atomic::Ordering::Relaxed);
    // It stops before the one that would be too many.
    (made, begun.elapsed(), made + 1 < most)
}

/// Runs a program so often in shuttle, at random.
pub(crate) fn run_shuttle(program: fn(), runs: u64) -> u64 {
    shuttle::check_random(program, usize::try_from(runs).expect("few"));
    runs
}

macro_rules! programs {
    ($tool:ident: $sb:ident $increments:ident $guarded:ident $channel:ident $readers:ident $lastzero:ident) => {
        pub(crate) fn $sb() {
            use $tool::sync::{
                Arc,
                atomic::{AtomicU32, Ordering::SeqCst},
            };
            let cells = Arc::new([AtomicU32::new(0), AtomicU32::new(0)]);
            let threads = [0, 1].map(|own| {
                let cells = Arc::clone(&cells);
                $tool::thread::spawn(move || {
                    cells[own].store(1, SeqCst);
                    cells[1 - own].load(SeqCst)
                })
            });
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }

        pub(crate) fn $increments() {
            use $tool::sync::{
                Arc,
                atomic::{AtomicU32, Ordering::SeqCst},
            };
            let x = Arc::new(AtomicU32::new(0));
            let threads = [0; 3].map(|_| {
                let x = Arc::clone(&x);
                $tool::thread::spawn(move || {
                    x.fetch_add(1, SeqCst);
                    x.fetch_add(1, SeqCst);
                })
            });
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }

        pub(crate) fn $guarded() {
            use $tool::sync::{Arc, Mutex};
            let x = Arc::new(Mutex::new(0u32));
            let threads = [0; 3].map(|_| {
                let x = Arc::clone(&x);
                $tool::thread::spawn(move || {
                    for _ in 0..2 {
                        *x.lock().expect("nobody panics") += 1;
                    }
                })
            });
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }

        /// A channel of two from a mutex and two condition variables: loom has none of its own with a bound.
        pub(crate) fn $channel() {
            use std::collections::VecDeque;
            use $tool::sync::{Arc, Condvar, Mutex};
            let channel = Arc::new((Mutex::new(VecDeque::new()), Condvar::new(), Condvar::new()));
            let producers = [0; 2].map(|_| {
                let channel = Arc::clone(&channel);
                $tool::thread::spawn(move || {
                    for value in [1u32, 2] {
                        let (queue, room, items) = &*channel;
                        let mut queue = queue.lock().expect("nobody panics");
                        while queue.len() == 2 {
                            queue = room.wait(queue).expect("nobody panics");
                        }
                        queue.push_back(value);
                        items.notify_one();
                    }
                })
            });
            for _ in 0..4 {
                let (queue, room, items) = &*channel;
                let mut queue = queue.lock().expect("nobody panics");
                while queue.is_empty() {
                    queue = items.wait(queue).expect("nobody panics");
                }
                queue.pop_front();
                room.notify_one();
            }
            producers.into_iter().for_each(|thread| drop(thread.join()));
        }

        pub(crate) fn $readers() {
            use $tool::sync::{
                Arc,
                atomic::{AtomicU32, Ordering::SeqCst},
            };
            let x = Arc::new(AtomicU32::new(0));
            let threads = [0; 3].map(|_| {
                let x = Arc::clone(&x);
                $tool::thread::spawn(move || x.load(SeqCst))
            });
            x.store(1, SeqCst);
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }

        pub(crate) fn $lastzero<const WRITERS: usize>() {
            use $tool::sync::{
                Arc,
                atomic::{AtomicU32, Ordering::SeqCst},
            };
            let cells: Arc<Vec<AtomicU32>> = Arc::new((0..=WRITERS).map(|_| AtomicU32::new(0)).collect());
            let threads = [(); WRITERS].map({
                let (cells, mut from) = (Arc::clone(&cells), 0);
                move |()| {
                    let (cells, at) = (Arc::clone(&cells), from);
                    from += 1;
                    $tool::thread::spawn(move || {
                        let value = cells[at].load(SeqCst);
                        cells[at + 1].store(value + 1, SeqCst);
                    })
                }
            });
            for cell in cells.iter().rev() {
                if cell.load(SeqCst) == 0 {
                    break;
                }
            }
            threads.into_iter().for_each(|thread| drop(thread.join()));
        }
    };
}

programs!(loom: loom_sb loom_increments loom_guarded loom_channel loom_readers loom_lastzero);
programs!(shuttle: shuttle_sb shuttle_increments shuttle_guarded shuttle_channel shuttle_readers shuttle_lastzero);
