//! A search on several threads finds what one finds alone, and begins nothing in vain.

use std::num::NonZeroUsize;
use std::thread;

use chanscope_explore::{Bounds, Explorer, Incomplete, OutcomeName, Report, Threads, split};
use chanscope_kernel::{Anew, Go, Limits, Panic, Start};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::{Chan, Mutex, Var};

/// So many threads, this one included.
struct Workers(usize);

impl Threads for Workers {
    fn count(&self) -> NonZeroUsize {
        NonZeroUsize::new(self.0).expect("some")
    }

    fn run(&self, work: &(dyn Fn() + Sync), own: &mut dyn FnMut()) {
        thread::scope(|scope| {
            (1..self.0).for_each(|_| drop(scope.spawn(work)));
            own();
        });
    }
}

/// lastzero: one goroutine looks from the last cell downwards for a zero, and goroutine j makes cell j one more than the
/// cell before it.
async fn lastzero(go: Go, n: usize) -> Result<(), Panic> {
    let cells: Vec<Atomic<u32>> = (0..=n).map(|_| Atomic::new(&go, "cell", 0)).collect();
    for j in 1..=n {
        let (from, to) = (cells[j - 1].clone(), cells[j].clone());
        go.spawn("writer", async move {
            let value = from.load().await;
            to.store(value + 1).await;
            Ok(())
        });
    }
    for cell in cells.iter().rev() {
        if cell.load().await == 0 {
            break;
        }
    }
    Ok(())
}

/// Each of three adds two to what it has read: three threads in two critical sections, in any of 6!/(2! 2! 2!) orders.
async fn guarded(go: Go) -> Result<(), Panic> {
    let (mu, x) = (Mutex::new(&go, "mu"), Var::new(&go, "x", 0u32));
    for _ in 0..3 {
        let (mu, x) = (mu.clone(), x.clone());
        go.spawn("worker", async move {
            for _ in 0..2 {
                mu.lock().await;
                let value = x.load().await;
                x.store(value + 1).await;
                mu.unlock().await;
            }
            Ok(())
        });
    }
    Ok(())
}

/// Three senders of three into a buffer that holds all: the sends come in 9!/(3! 3! 3!) orders.
async fn channel(go: Go) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", 9);
    for _ in 0..3 {
        let ch = ch.clone();
        go.spawn("sender", async move {
            for value in 0..3u32 {
                ch.send(value).await?;
            }
            Ok(())
        });
    }
    Ok(())
}

/// Three senders of two to one who receives all, without a buffer: 6!/(2! 2! 2!) orders, and nothing but meetings.
async fn meetings(go: Go) -> Result<(), Panic> {
    let ch = Chan::new(&go, "ch", 0);
    for _ in 0..3 {
        let ch = ch.clone();
        go.spawn("sender", async move {
            ch.send(1u32).await?;
            ch.send(2).await
        });
    }
    for _ in 0..6 {
        ch.recv().await;
    }
    Ok(())
}

/// Two goroutines that draw two numbers below four each, and nobody else to tell: 4^4.
async fn draws(go: Go) -> Result<(), Panic> {
    for _ in 0..2 {
        let own = go.clone();
        go.spawn("gambler", async move {
            own.intn(4).await?;
            own.intn(4).await?;
            Ok(())
        });
    }
    Ok(())
}

fn searched<F>(main: impl Fn(Go) -> F + Sync, workers: usize, bounds: Bounds) -> Report
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let start = || -> Box<dyn Start + '_> { Box::new(Anew::new(Limits::default(), &main)) };
    let mut explorer = Explorer::new(Anew::new(Limits::default(), &main), bounds);
    explorer.search_beside(&Workers(workers), &start, |_, _| true);
    explorer.report()
}

/// As many executions on any number of threads, none of them in vain, and the same outcomes.
#[track_caller]
fn check<F>(main: impl Fn(Go) -> F + Sync, executions: u64)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let parts = split(&Anew::new(Limits::default(), &main), Bounds::default(), 8, || true);
    assert_eq!(parts.len(), 8, "it is divided");
    let in_parts = parts.iter().map(|part| {
        let program = Box::new(Anew::new(Limits::default(), &main));
        let mut explorer = Explorer::of_part(program, Bounds::default(), part);
        while !explorer.advance(100).over {}
        explorer.report()
    });
    let in_parts: Vec<(u64, u64)> = in_parts.map(|report| (report.executions, report.blocked)).collect();
    assert_eq!(in_parts.iter().map(|(count, _)| count).sum::<u64>(), executions, "{in_parts:?}");
    assert!(in_parts.iter().all(|(count, blocked)| *count > 0 && *blocked == 0), "{in_parts:?}");
    let counted = |report: Report| -> Vec<(OutcomeName, u64)> {
        assert_eq!((report.executions, report.blocked, report.incomplete), (executions, 0, Vec::new()));
        report.outcomes.into_iter().map(|seen| (seen.name, seen.count)).collect()
    };
    let alone = counted(searched(&main, 1, Bounds::default()));
    for workers in [2, 3, 8] {
        assert_eq!(counted(searched(&main, workers, Bounds::default())), alone, "{workers} threads");
    }
}

/// By the formula (n + 3) 2^(n - 2), on which the counts of the literature lie.
#[test]
fn lastzero_of_8_has_704_on_any_number_of_threads() {
    check(|go| lastzero(go, 8), 704);
}

#[test]
fn critical_sections_come_in_90_orders_on_any_number_of_threads() {
    check(guarded, 90);
}

#[test]
fn sends_come_in_1680_orders_on_any_number_of_threads() {
    check(channel, 1_680);
}

#[test]
fn meetings_come_in_90_orders_on_any_number_of_threads() {
    check(meetings, 90);
}

#[test]
fn draws_have_256_ways_on_any_number_of_threads() {
    check(draws, 256);
}

/// The bound is that of all threads together.
#[test]
fn no_more_executions_are_run_than_may_be() {
    let report = searched(|go| lastzero(go, 8), 3, Bounds { executions: 500, ..Bounds::default() });
    assert_eq!((report.executions, report.incomplete), (500, vec![Incomplete::Executions]));
}

#[test]
fn whoever_asked_can_end_it() {
    let start = || -> Box<dyn Start> { Box::new(Anew::new(Limits::default(), |go| lastzero(go, 12))) };
    let mut explorer = Explorer::new(Anew::new(Limits::default(), |go| lastzero(go, 12)), Bounds::default());
    let mut told = 0;
    explorer.search_beside(&Workers(2), &start, |progress, _| {
        told = progress.executions;
        progress.executions < 100
    });
    let report = explorer.report();
    assert_eq!(report.incomplete, [Incomplete::Searching]);
    assert!((100..15_360).contains(&report.executions) && told >= 100, "{told} of {}", report.executions);
}
