//! Random small programs over locks, Once, Cond, atomics, semaphores and maps: the search runs one execution of each
//! class that brute force finds, begins none in vain, and sees the same outcomes. And exact counts, by hand.

use std::collections::BTreeMap;
use std::time::Duration;

use chanscope_explore::{Bounds, Matters, OutcomeName, brute_force, explore};
use chanscope_kernel::{Go, Limits, Panic, Run};
use chanscope_sync::context::{Cancel, Context};
use chanscope_sync::time::{after, after_func};
use chanscope_sync::{Chan, Cond, Map, Mutex, Once, RwMutex, Semaphore, Var, atomic};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

#[derive(Clone, Copy, Debug)]
enum Op {
    /// Locks, writes a variable, unlocks.
    Guarded,
    Lock,
    Unlock,
    TryLock,
    ReadLock,
    ReadUnlock,
    WriteLock,
    WriteUnlock,
    TryReadLock,
    TryWriteLock,
    Once,
    /// Locks, waits for the condition, unlocks.
    CondWait,
    Signal,
    Broadcast,
    AtomicLoad,
    AtomicStore(i32),
    AtomicSwap(i32),
    AtomicAdd(i32),
    AtomicAddAndLoad(i32),
    CompareAndSwap(i32, i32),
    Acquire(u32),
    AcquireOrGiveUp(u32),
    TryAcquire(u32),
    Release(u32),
    Cancel,
    Get(u32),
    Insert(u32),
    Delete(u32),
    Send,
    Len,
    Plain,
    /// So many seconds.
    Sleep(u64),
    /// Sets a timer to a second, and receives from it.
    After,
    /// A function that stores a second later.
    AfterFunc,
}

struct World {
    go: Go,
    x: Var<u32>,
    mu: Mutex,
    rw: RwMutex,
    once: Once,
    cond: Cond,
    count: atomic::Int32,
    sem: Semaphore,
    map: Map<u32, u32>,
    ch: Chan<u32>,
    background: Context,
    ctx: (Context, Cancel),
}

async fn perform(world: &World, op: Op) -> Result<(), Panic> {
    let World { go, x, mu, rw, once, cond, count, sem, map, ch, background, ctx } = world;
    match op {
        Op::Guarded => {
            mu.lock().await;
            x.store(1).await;
            mu.unlock().await;
        }
        Op::Lock => mu.lock().await,
        Op::Unlock => mu.unlock().await,
        Op::TryLock => drop(mu.try_lock().await),
        Op::ReadLock => rw.read_lock().await,
        Op::ReadUnlock => rw.read_unlock().await,
        Op::WriteLock => rw.lock().await,
        Op::WriteUnlock => rw.unlock().await,
        Op::TryReadLock => drop(rw.try_read_lock().await),
        Op::TryWriteLock => drop(rw.try_lock().await),
        Op::Once => {
            let function = async {
                x.store(2).await;
                Ok(())
            };
            once.call(go, function).await?;
        }
        Op::CondWait => {
            mu.lock().await;
            cond.wait().await;
            mu.unlock().await;
        }
        Op::Signal => cond.signal().await,
        Op::Broadcast => cond.broadcast().await,
        Op::AtomicLoad => drop(count.load().await),
        Op::AtomicStore(value) => count.store(value).await,
        Op::AtomicSwap(value) => drop(count.swap(value).await),
        Op::AtomicAdd(delta) => count.add(delta).await,
        Op::AtomicAddAndLoad(delta) => drop(count.add_and_load(delta).await),
        Op::CompareAndSwap(expected, value) => drop(count.compare_and_swap(expected, value).await),
        Op::Acquire(units) => drop(sem.acquire(background, units).await),
        Op::AcquireOrGiveUp(units) => drop(sem.acquire(&ctx.0, units).await),
        Op::TryAcquire(units) => drop(sem.try_acquire(units).await),
        Op::Release(units) => sem.release(units).await?,
        Op::Cancel => ctx.1.call().await,
        Op::Get(key) => drop(map.get(key).await),
        Op::Insert(key) => map.insert(key, 0).await?,
        Op::Delete(key) => map.delete(key).await,
        Op::Sleep(seconds) => go.sleep(Duration::from_secs(seconds)).await,
        Op::After => drop(after(go, "timer", Duration::from_secs(1)).recv().await),
        Op::AfterFunc => {
            let x = x.clone();
            let function = move || {
                let x = x.clone();
                async move {
                    x.store(3).await;
                    Ok(())
                }
            };
            drop(after_func(go, "later", Duration::from_secs(1), function));
        }
        Op::Send => ch.send(1).await?,
        Op::Len => drop(ch.len().await),
        Op::Plain => x.store(3).await,
    }
    Ok(())
}

async fn run(go: Go, goroutines: Vec<Vec<Op>>) -> Result<(), Panic> {
    let background = Context::background(&go);
    let (ctx, cancel) = background.with_cancel("ctx").await;
    let mu = Mutex::new(&go, "mu");
    let (x, rw, once) = (Var::new(&go, "x", 0), RwMutex::new(&go, "rw"), Once::new(&go, "once"));
    let (cond, count) = (Cond::new(&go, "cond", &mu), atomic::Int32::new(&go, "count", 0));
    let (sem, map, ch) = (Semaphore::new(&go, "sem", 2), Map::new(&go, "map"), Chan::new(&go, "ch", 1));
    for ops in goroutines {
        let world = World {
            go: go.clone(),
            x: x.clone(),
            mu: mu.clone(),
            rw: rw.clone(),
            once: once.clone(),
            cond: cond.clone(),
            count: count.clone(),
            sem: sem.clone(),
            map: map.clone(),
            ch: ch.clone(),
            background: background.clone(),
            ctx: (ctx.clone(), cancel.clone()),
        };
        go.spawn("worker", async move {
            for op in ops {
                perform(&world, op).await?;
            }
            Ok(())
        });
    }
    Ok(())
}

/// `false` when brute force takes too long.
fn agree(start: impl Fn() -> Run, matters: Matters) -> Result<bool, TestCaseError> {
    let brute = brute_force(&start, 3_000, matters);
    if !brute.complete {
        return Ok(false);
    }
    let report = explore(&start, Bounds { matters, ..Bounds::default() });
    prop_assert!(report.is_complete());
    prop_assert_eq!((report.blocked, report.executions), (0, brute.classes.len() as u64));
    let mut outcomes: BTreeMap<OutcomeName, u64> = BTreeMap::new();
    for class in brute.classes.into_values() {
        *outcomes.entry(class.name).or_default() += 1;
    }
    let seen: BTreeMap<OutcomeName, u64> = report.outcomes.into_iter().map(|seen| (seen.name, seen.count)).collect();
    prop_assert_eq!(seen, outcomes);
    Ok(true)
}

/// Tries random programs of these operations, the same each time; more of them by `PROPTEST_CASES`, others by
/// `PROPTEST_RNG_SEED`.
fn try_programs(ops: Vec<Op>) {
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number("PROPTEST_CASES").unwrap_or(100);
    let config = ProptestConfig { cases, failure_persistence: None, max_global_rejects: 65_536, ..Default::default() };
    let mut bytes = [0; 32];
    bytes[..4].copy_from_slice(&number("PROPTEST_RNG_SEED").unwrap_or(1).to_le_bytes());
    let mut runner = TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes));
    let body = prop::collection::vec(prop::sample::select(ops), 1..=2);
    let program = (prop::collection::vec(body, 2..=3), any::<bool>());
    let result = runner.run(&program, |(goroutines, races)| {
        let start = || Run::new(Limits::default(), |go| run(go, goroutines.clone()));
        prop_assume!(agree(start, Matters { races, ..Matters::default() })?);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn random_locks() {
    use Op::{
        Guarded, Lock, Plain, ReadLock, ReadUnlock, TryLock, TryReadLock, TryWriteLock, Unlock, WriteLock, WriteUnlock,
    };
    try_programs(vec![
        Guarded,
        Lock,
        Plain,
        ReadLock,
        ReadUnlock,
        TryLock,
        TryReadLock,
        TryWriteLock,
        Unlock,
        WriteLock,
        WriteUnlock,
    ]);
}

#[test]
fn random_conditions_and_onces() {
    use Op::{Broadcast, CondWait, Guarded, Once, Plain, Signal};
    try_programs(vec![Broadcast, CondWait, CondWait, Guarded, Once, Plain, Signal, Signal]);
}

#[test]
fn random_atomics() {
    use Op::{AtomicAdd, AtomicAddAndLoad, AtomicLoad, AtomicStore, AtomicSwap, CompareAndSwap, Plain};
    try_programs(vec![
        AtomicAdd(1),
        AtomicAdd(2),
        AtomicAddAndLoad(1),
        AtomicLoad,
        AtomicStore(1),
        AtomicSwap(2),
        CompareAndSwap(0, 1),
        CompareAndSwap(1, 2),
        Plain,
    ]);
}

#[test]
fn random_semaphores() {
    use Op::{Acquire, AcquireOrGiveUp, Cancel, Plain, Release, TryAcquire};
    try_programs(vec![
        Acquire(1),
        Acquire(2),
        AcquireOrGiveUp(2),
        AcquireOrGiveUp(3),
        Cancel,
        Plain,
        Release(1),
        Release(2),
        TryAcquire(1),
    ]);
}

#[test]
fn random_maps_and_lengths() {
    use Op::{Delete, Get, Guarded, Insert, Len, Send};
    try_programs(vec![Delete(1), Get(1), Guarded, Insert(1), Insert(2), Len, Send]);
}

/// Time passes when nobody can move, and then for all; who is due at the same time is a choice.
#[test]
fn random_time() {
    use Op::{After, AfterFunc, AtomicLoad, AtomicStore, Guarded, Len, Plain, Send, Sleep, TryLock};
    try_programs(vec![
        After,
        AfterFunc,
        AtomicLoad,
        AtomicStore(1),
        Guarded,
        Len,
        Plain,
        Send,
        Sleep(1),
        Sleep(2),
        TryLock,
    ]);
}

/// Whatever can end the program by a fatal error, beside each other and beside what has nothing to do with it: that can
/// come before the end or be cut off.
#[test]
fn random_fatal_errors() {
    use Op::{
        CondWait, Delete, Get, Guarded, Insert, Len, Lock, Plain, ReadLock, ReadUnlock, Send, Signal, TryReadLock,
        TryWriteLock, Unlock, WriteLock, WriteUnlock,
    };
    try_programs(vec![
        CondWait,
        Delete(1),
        Get(1),
        Guarded,
        Insert(1),
        Insert(2),
        Len,
        Lock,
        Plain,
        ReadLock,
        ReadUnlock,
        Send,
        Signal,
        TryReadLock,
        TryWriteLock,
        Unlock,
        WriteLock,
        WriteUnlock,
    ]);
}

fn count(goroutines: &[Vec<Op>], races: bool) -> usize {
    let start = || Run::new(Limits::default(), |go| run(go, goroutines.to_vec()));
    let matters = Matters { races, ..Matters::default() };
    assert!(agree(start, matters).expect("the search agrees"), "few interleavings");
    brute_force(&start, 3_000, matters).classes.len()
}

/// Adds whose result nobody reads commute, unless races are looked for: each then orders what comes after it.
#[test]
fn four_adds_have_one_class() {
    let adds = vec![vec![Op::AtomicAdd(1)]; 4];
    assert_eq!(count(&adds, false), 1);
    assert_eq!(count(&adds, true), 24);
    assert_eq!(count(&vec![vec![Op::AtomicAddAndLoad(1)]; 3], false), 6, "who is told which result");
}

/// Loads commute. A compare-and-swap that fails is one.
#[test]
fn atomics_that_only_look_commute() {
    assert_eq!(count(&vec![vec![Op::AtomicLoad]; 3], false), 1);
    assert_eq!(count(&vec![vec![Op::CompareAndSwap(7, 8)]; 3], false), 1);
    assert_eq!(count(&vec![vec![Op::CompareAndSwap(0, 1)]; 3], false), 3, "which one wins");
}

/// One of three is the first, and the others commute.
#[test]
fn a_once_is_done_by_one() {
    assert_eq!(count(&vec![vec![Op::Once]; 3], true), 3);
}

/// Either comes first; or begins first and the other finds it under way, before main's return or after it.
#[test]
fn unordered_map_writes_end_the_program_or_do_not() {
    assert_eq!(count(&[vec![Op::Insert(1)], vec![Op::Insert(2)]], true), 6);
}

/// The attempt fails only while the reader is there.
#[test]
fn an_attempt_to_write_sees_readers() {
    assert_eq!(count(&[vec![Op::ReadLock, Op::ReadUnlock], vec![Op::TryWriteLock]], true), 3);
    assert_eq!(count(&[vec![Op::ReadLock, Op::ReadUnlock], vec![Op::TryReadLock]], true), 1);
}

/// The length is read before the send or after it.
#[test]
fn a_length_sees_both_ends() {
    assert_eq!(count(&[vec![Op::Send], vec![Op::Len], vec![Op::Len]], true), 4);
}

/// Delete or insert first, and the length before the send or after it: four. Or the deletion begins inside the
/// insertion, with the send before it or cut off, before main's return or after it: four.
#[test]
fn a_fatal_error_comes_after_any_part_of_what_is_beside_it() {
    assert_eq!(count(&[vec![Op::Delete(1), Op::Len], vec![Op::Send], vec![Op::Insert(1)]], false), 8);
}

/// Which of the two unlocks is the fatal one, how many of the other's three steps come before it, and whether main's
/// return does.
#[test]
fn an_attempt_decides_which_unlock_is_fatal() {
    let goroutines = [vec![Op::WriteUnlock, Op::ReadUnlock], vec![Op::TryWriteLock], vec![Op::Guarded]];
    assert_eq!(count(&goroutines, false), 2 * 4 * 2);
}

/// Whoever cancels only after main has returned has put nothing right.
#[test]
fn cancelled_before_main_returns_or_after_it_are_two_outcomes() {
    let start = || {
        Run::new(Limits::default(), |go: Go| async move {
            let (_, cancel) = Context::background(&go).with_cancel("ctx").await;
            go.spawn("canceller", async move {
                cancel.call().await;
                Ok(())
            });
            Ok(())
        })
    };
    let all = brute_force(&start, 100, Matters::default());
    let report = explore(start, Bounds::default());
    let good: Vec<_> = report.outcomes.iter().map(|seen| (seen.name.is_good(), seen.count)).collect();
    assert_eq!((all.classes.len(), report.is_complete(), good), (2, true, vec![(true, 1), (false, 1)]));
}

/// Six orders of three. And six in which somebody comes upon a write under way, before main's return or after it: each
/// with races of its own, which count after the return, too.
#[test]
fn fatal_errors_after_main_has_returned_are_told_apart_by_their_races() {
    let goroutines = [vec![Op::Insert(1)], vec![Op::Delete(1)], vec![Op::Delete(1)]];
    assert_eq!(count(&goroutines, true), 6 + 6 * 2);
}
