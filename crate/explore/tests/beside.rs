//! A search on several threads, or in several instances without memory in common, finds what one finds alone, and begins
//! nothing in vain.

use std::cell::Cell;
use std::num::NonZeroUsize;
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::sync::mpsc::channel as line;
use std::sync::{Arc, Mutex as Lock};
use std::thread;

use chanscope_explore::{
    Bounds, Explorer, Incomplete, Matters, OutcomeFinding, OutcomeName, PartSearch, Report, Share, Threads,
    WITNESS_BASE, judge, parts_among, split,
};
use chanscope_kernel::{Anew, Deviation, Go, Guided, Limits, Panic, Room, Start};
use chanscope_sync::atomic::Atomic;
use chanscope_sync::memory::{Memory, Model};
use chanscope_sync::{Chan, Mutex, Var, select};

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

/// Each of n adds two to what it has read: n threads in two critical sections, in any of (2n)!/2^n orders.
async fn guarded(go: Go, n: usize) -> Result<(), Panic> {
    let (mu, x) = (Mutex::new(&go, "mu"), Var::new(&go, "x", 0u32));
    for _ in 0..n {
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

/// Two cooks that each take one knife twice, and then two others in either order: they can block each other.
async fn cooks(go: Go) -> Result<(), Panic> {
    let [first, one, other] = ["first", "one", "other"].map(|name| Mutex::new(&go, name));
    for pair in [[one.clone(), other.clone()], [other, one]] {
        let first = first.clone();
        go.spawn("cook", async move {
            for _ in 0..2 {
                first.lock().await;
                first.unlock().await;
            }
            let [second, third] = pair;
            second.lock().await;
            third.lock().await;
            third.unlock().await;
            second.unlock().await;
            Ok(())
        });
    }
    for _ in 0..2 {
        first.lock().await;
        first.unlock().await;
    }
    Ok(())
}

/// Three who add to what nobody guards, while main takes four values of three senders by a select: one sender is left.
async fn careless(go: Go) -> Result<(), Panic> {
    let (x, [a, b]) = (Var::new(&go, "x", 0u32), ["a", "b"].map(|name| Chan::new(&go, name, 0)));
    for (nth, ch) in [a.clone(), b.clone(), b.clone()].into_iter().enumerate() {
        let x = x.clone();
        go.spawn("sender", async move {
            let value = x.load().await;
            x.store(value + 1).await;
            ch.send(nth).await?;
            ch.send(nth).await
        });
    }
    for _ in 0..4 {
        select! {
            _ = a.recv() => {},
            _ = b.recv() => {},
        }
    }
    Ok(())
}

/// Store buffering between three, each with a buffer of his own: two stores, and a load of what the next one stores.
async fn buffered(go: Go) -> Result<(), Panic> {
    let memory = Memory::new(&go, Model::TotalStoreOrder);
    let words = [0, 1, 2].map(|nth| memory.word(["x", "y", "z"][nth], 0));
    for nth in 0..3 {
        let (own, next, go_on) = (words[nth].clone(), words[(nth + 1) % 3].clone(), go.clone());
        go.spawn("thread", async move {
            own.store(1).await;
            let seen = next.load().await;
            go_on.println(&seen).await;
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

/// The same in parts, each of which an instance of its own searches in such slices, and tells what it has found.
fn told<F>(main: impl Fn(Go) -> F, slice: u64, backwards: bool, alone_at_first: u64) -> (Report, Vec<Vec<Deviation>>)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let program = || Anew::new(Limits::default(), &main);
    let parts = split(&program(), Bounds::default(), parts_among(2), || true);
    assert!(parts.len() > 4, "it is divided into {}", parts.len());
    let search = |part| PartSearch::new(Box::new(program()), Bounds::default(), part);
    let mut searches: Vec<PartSearch<'_>> = parts.iter().map(search).collect();
    let mut explorer = Explorer::new(program(), Bounds::default());
    explorer.advance(alone_at_first);
    explorer.gather(parts.len());
    let mut left: Vec<usize> = (0..parts.len()).collect();
    if backwards {
        left.reverse();
    }
    while !left.is_empty() {
        assert!(!explorer.progress().over);
        left.retain(|&part| {
            let share = searches[part].advance(slice);
            let over = share.over;
            explorer.join(part, share);
            !over
        });
    }
    let report = explorer.report();
    #[expect(clippy::cast_precision_loss, reason = "they are few")]
    let all = report.executions as f64;
    assert_eq!(explorer.estimate(), Some(all), "nothing is left to guess");
    let names = report.outcomes.iter().map(|seen| &seen.name);
    let witnesses = names.map(|name| {
        let witness = explorer.witness(name).expect("it was seen");
        let (mut run, mut strategy) = (program().start(Room::default()), Guided::new(WITNESS_BASE, witness.clone()));
        assert!(run.advance(&mut strategy, u32::MAX).expect("a witness replays"));
        let outcome = run.finish();
        assert_eq!(OutcomeName::of(&outcome, &judge(&outcome), Matters::default()), *name);
        witness
    });
    let witnesses = witnesses.collect();
    (report, witnesses)
}

/// What is told in parts is what one search finds, whoever is faster.
#[track_caller]
fn check_told<F>(main: impl Fn(Go) -> F + Sync)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    let alone = searched(&main, 1, Bounds::default());
    assert!(alone.is_complete() && alone.outcomes.len() > 1, "{alone:?}");
    let counted = |report: &Report| -> Vec<(OutcomeName, u64)> {
        report.outcomes.iter().map(|seen| (seen.name.clone(), seen.count)).collect()
    };
    let (report, witnesses) = told(&main, u64::MAX, false, 0);
    assert_eq!((report.executions, &report.incomplete[..]), (alone.executions, &[][..]));
    assert_eq!(counted(&report), counted(&alone));
    for (slice, backwards, alone_at_first) in [(7, true, 0), (1, false, 20), (64, true, alone.executions - 1)] {
        let again = told(&main, slice, backwards, alone_at_first);
        assert_eq!(again, (report.clone(), witnesses.clone()), "in slices of {slice}, backwards: {backwards}");
    }
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
    check(|go| guarded(go, 3), 90);
}

/// So many that they are searched on threads.
#[test]
fn critical_sections_come_in_2520_orders_on_any_number_of_threads() {
    check(|go| guarded(go, 4), 2_520);
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

#[test]
fn instances_agree_on_who_blocks_whom() {
    check_told(cooks);
    let deadlocks = searched(cooks, 1, Bounds::default()).outcomes.iter().filter(|seen| !seen.name.is_good()).count();
    assert_eq!(deadlocks, 1);
}

#[test]
fn instances_agree_on_who_raced_and_who_is_left() {
    check_told(careless);
    let report = searched(careless, 1, Bounds::default());
    let findings = || report.outcomes.iter().flat_map(|seen| &seen.name.findings);
    assert!(findings().any(|finding| matches!(finding, OutcomeFinding::DataRace { .. })));
    assert!(findings().any(|finding| matches!(finding, OutcomeFinding::Leaked { .. })));
}

#[test]
fn instances_agree_on_what_store_buffers_show() {
    check_told(buffered);
}

#[test]
fn what_is_told_of_other_parts_is_the_rest_of_lastzero() {
    let (report, _) = told(|go| lastzero(go, 10), 100, false, 0);
    assert_eq!((report.executions, report.blocked, report.incomplete), (3_328, 0, Vec::new()));
}

/// Outcomes that one search has come to before there were parts are still known where those come to a bound first.
#[test]
fn what_was_seen_before_is_not_forgotten() {
    let program = || Anew::new(Limits::default(), careless);
    let bounds = Bounds { executions: 50, ..Bounds::default() };
    let parts = split(&program(), bounds, 8, || true);
    let mut explorer = Explorer::new(program(), bounds);
    let before = explorer.advance(49).outcomes;
    assert!(before > 1);
    explorer.gather(parts.len());
    explorer.join(0, PartSearch::new(Box::new(program()), bounds, &parts[0]).advance(1));
    let report = explorer.report();
    let counts = report.outcomes.iter().map(|seen| seen.count);
    assert_eq!((report.executions, report.outcomes.len(), counts.sum::<u64>()), (1, before, 1));
    assert_eq!(report.incomplete, [Incomplete::Searching]);
    for seen in &report.outcomes {
        assert!(explorer.witness(&seen.name).is_some_and(|_| seen.steps > 0));
    }
}

/// A part of which little is behind may be larger than all others, which are over.
#[test]
fn each_part_has_a_guess_of_its_own() {
    let mut explorer = Explorer::new(Anew::new(Limits::default(), careless), Bounds::default());
    explorer.gather(4);
    assert_eq!(explorer.estimate(), None);
    let mut guess = |part, executions, fraction, over| {
        let (incomplete, outcomes) = (Vec::new(), Vec::new());
        explorer.join(part, Share { executions, blocked: 0, looked: 0, fraction, over, incomplete, outcomes });
        explorer.estimate().map(f64::round)
    };
    assert_eq!(guess(2, 0, 0.5, false), None, "what was begun in vain");
    assert_eq!(guess(0, 16, 0.25, false), Some(4.0 * 64.0), "the others are like it");
    assert_eq!(guess(0, 34, 0.9, true), Some(4.0 * 50.0));
    assert_eq!(guess(1, 50, 1.0, true), Some(4.0 * 50.0));
    assert_eq!(guess(3, 200, 1.0, true), Some(300.0 + 100.0), "nothing is known of the one that is left");
    // By itself it had 400, and then 4 000: it counts the more the more of it is behind.
    assert_eq!(guess(2, 4, 0.01, false), Some(300.0 + 151.0));
    assert_eq!(guess(2, 1_996, 0.5, false), Some(300.0 + 3_696.0));
    assert_eq!(guess(2, 1_000, 1.0, true), Some(3_300.0));
}

/// The bound is that of all threads together.
#[test]
fn no_more_executions_are_run_than_may_be() {
    let report = searched(|go| guarded(go, 4), 3, Bounds { executions: 500, ..Bounds::default() });
    assert_eq!((report.executions, report.incomplete), (500, vec![Incomplete::Executions]));
}

/// With as many executions as there are, the last one may fall to any thread, and so may the last but one.
#[test]
fn a_bound_is_met_exactly_on_any_number_of_threads() {
    for workers in [2, 3, 8].repeat(5) {
        let bounded = |executions| {
            let report = searched(|go| guarded(go, 4), workers, Bounds { executions, ..Bounds::default() });
            (report.executions, report.incomplete)
        };
        assert_eq!(bounded(2_520), (2_520, vec![]), "{workers} threads");
        assert_eq!(bounded(2_519), (2_519, vec![Incomplete::Executions]), "{workers} threads");
    }
}

/// Two threads, the other of which is held in its first execution until this one has nothing to do, and after its first
/// part until this one has had something.
#[test]
fn what_one_thread_gives_back_another_runs() {
    struct OtherFirst<'a>(&'a dyn Fn());
    impl Threads for OtherFirst<'_> {
        fn count(&self) -> NonZeroUsize {
            NonZeroUsize::new(2).expect("some")
        }

        fn run(&self, work: &(dyn Fn() + Sync), own: &mut dyn FnMut()) {
            thread::scope(|scope| {
                scope.spawn(work);
                (self.0)();
                own();
            });
        }
    }
    let here = thread::current().id();
    let is_other = || thread::current().id() != here;
    let ((begins, has_begun), (lets_go, may_go)) = (line(), line());
    let may_go = Lock::new(may_go);
    let is_let_go = || may_go.lock().expect("nobody else waits").recv().expect("it is let go");
    let [runs_here, runs_there, parts_there] = [0; 3].map(AtomicUsize::new);
    let program = |go| {
        let runs = if is_other() { &runs_there } else { &runs_here };
        if runs.fetch_add(1, Ordering::Relaxed) == 0 && is_other() {
            begins.send(()).expect("it is awaited");
            is_let_go();
        }
        guarded(go, 4)
    };
    let start = || -> Box<dyn Start + '_> {
        if is_other() && parts_there.fetch_add(1, Ordering::Relaxed) == 1 {
            is_let_go();
        }
        Box::new(Anew::new(Limits::default(), &program))
    };
    // All that may be run is one slice, and the first part has less.
    let bounds = Bounds { executions: 64, ..Bounds::default() };
    let mut explorer = Explorer::new(Anew::new(Limits::default(), |go| guarded(go, 4)), bounds);
    let is_held = Cell::new(false);
    let threads = OtherFirst(&|| is_held.set(has_begun.recv().is_ok()));
    explorer.search_beside(&threads, &start, |_, _| !is_held.get() || lets_go.send(()).is_ok());
    let report = explorer.report();
    assert_eq!((report.executions, report.incomplete), (64, vec![Incomplete::Executions]));
    assert!(runs_here.into_inner() > 0, "the other gave back what was left of the slice");
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

/// A search that has to leave off in its first execution has nothing left to do, and only who asked knows why.
#[test]
fn whoever_asked_hears_of_the_end_too() {
    for workers in [1, 2] {
        let start = || -> Box<dyn Start> { Box::new(Anew::new(Limits::default(), |go| guarded(go, 4))) };
        let mut explorer = Explorer::new(Anew::new(Limits::default(), |go| guarded(go, 4)), Bounds::default());
        explorer.leave_off_at(Arc::new(AtomicBool::new(true)));
        let mut executions = 0;
        explorer.search_beside(&Workers(workers), &start, |progress, _| {
            executions = progress.executions;
            true
        });
        let report = explorer.report();
        assert!(report.incomplete.contains(&Incomplete::LeftOff), "{workers} threads: {:?}", report.incomplete);
        assert_eq!(executions, report.executions, "{workers} threads");
    }
}
