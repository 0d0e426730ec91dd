//! Random programs: small enough to be tried in full, mixed enough that their parts meet.

use proptest::prelude::*;
use proptest::test_runner::{Config, RngAlgorithm, TestRng, TestRunner};

use crate::program::{CHANNELS, Case, MAX_CASES, MUTEXES, Op, Program, UNITS};

/// The most statements of one body.
const MAX_OPS: usize = 3;
/// The most goroutines that main starts at once.
const MAX_GOROUTINES: usize = 3;

/// Any program: two or three goroutines of two or three statements each, now and then one inside another.
pub fn program() -> impl Strategy<Value = Program> {
    let capacity = || prop_oneof![4 => Just(Some(0)), 3 => Just(Some(1)), 1 => Just(Some(2)), 1 => Just(None)];
    let timeout = || prop_oneof![1 => Just(None), 1 => duration().prop_map(Some)];
    let topic = prop_oneof![
        3 => Just(0), 1 => Just(1), 1 => Just(2), 2 => Just(3), 2 => Just(4), 1 => Just(5), 1 => Just(6), 1 => Just(7),
        1 => Just(8)
    ];
    topic.prop_flat_map(move |topic| {
        let bodies = prop::collection::vec(body(topic, 2, 1..=MAX_OPS), 1..=MAX_GOROUTINES);
        let time = (duration(), timeout(), any::<bool>());
        ([capacity(), capacity()], 0..3u8, time, bodies, body(topic, 2, 0..=MAX_OPS)).prop_map(
            |(channels, count, (timer, timeout, at_any_moment), bodies, rest)| {
                let main = bodies.into_iter().map(Op::Spawn).chain(rest).collect();
                Program { channels, count, timer, timeout, at_any_moment, main }
            },
        )
    })
}

fn body(topic: usize, depth: u32, size: std::ops::RangeInclusive<usize>) -> BoxedStrategy<Vec<Op>> {
    prop::collection::vec(op(topic, depth), size).boxed()
}

/// Short enough that several are the same. What takes no time is over at once.
fn duration() -> impl Strategy<Value = u8> {
    0..4u8
}

/// A statement, mostly on one topic: channels, locks, counters, time, contexts, memory, a semaphore, an errgroup, or
/// several of them.
fn op(topic: usize, depth: u32) -> BoxedStrategy<Op> {
    let leaf = match topic {
        0 => on_channels(),
        1 => on_locks(),
        2 => on_counters(),
        3 => prop_oneof![3 => on_channels(), 1 => on_locks(), 1 => on_counters()].boxed(),
        4 => prop_oneof![2 => on_time(), 1 => on_channels()].boxed(),
        5 => prop_oneof![4 => on_contexts(), 1 => on_time()].boxed(),
        6 => prop_oneof![4 => on_memory(), 1 => on_counters()].boxed(),
        7 => prop_oneof![4 => on_semaphore(), 1 => on_channels()].boxed(),
        _ => prop_oneof![3 => on_group(depth), 1 => on_channels()].boxed(),
    };
    if depth == 0 {
        return leaf;
    }
    let inner = move || body(topic, depth - 1, 0..=2);
    prop_oneof![
        24 => leaf,
        1 => inner().prop_map(Op::Spawn),
        1 => inner().prop_map(Op::Go),
        1 => (duration(), inner()).prop_map(|(duration, body)| Op::AfterFunc(duration, body)),
        1 => (inner(), any::<bool>(), inner())
            .prop_map(|(body, recovers, deferred)| Op::Call { body, recovers, deferred }),
        1 => inner().prop_map(Op::Once),
        1 => (0..MUTEXES, inner()).prop_map(|(n, body)| Op::TryLock(n, body)),
        2 => inner().prop_map(Op::Writing),
        2 => inner().prop_map(Op::Reading),
        1 => inner().prop_map(Op::TryWriteLock),
        1 => inner().prop_map(Op::TryReadLock),
    ]
    .boxed()
}

fn on_channels() -> BoxedStrategy<Op> {
    let n = || 0..CHANNELS;
    let case = prop_oneof![
        4 => (n(), 1..3u8).prop_map(|(n, value)| Case::Send(n, value)),
        4 => n().prop_map(Case::Recv),
        1 => Just(Case::Timer),
        1 => Just(Case::Tick),
        1 => prop_oneof![Just(Case::CtxDone), Just(Case::LowerDone)],
    ];
    let cases = prop_oneof![12 => 1..=2usize, 1 => 0..=MAX_CASES]
        .prop_flat_map(move |size| prop::collection::vec(case.clone(), size));
    prop_oneof![
        5 => (n(), 1..3u8).prop_map(|(n, value)| Op::Send(n, value)),
        4 => n().prop_map(Op::Recv),
        1 => n().prop_map(Op::Range),
        2 => n().prop_map(Op::Close),
        1 => n().prop_map(Op::Len),
        5 => (cases, any::<bool>())
            .prop_map(|(cases, default)| Op::Select { default: default && !cases.is_empty(), cases }),
        1 => (1..3u8).prop_map(Op::Print),
        1 => prop_oneof![2 => Just(Op::Panic), 1 => Just(Op::Goexit)],
    ]
    .boxed()
}

fn on_time() -> BoxedStrategy<Op> {
    prop_oneof![
        3 => duration().prop_map(Op::Sleep),
        2 => Just(Op::Timer),
        1 => Just(Op::Stop),
        2 => duration().prop_map(Op::Reset),
        2 => Just(Op::Tick),
        1 => Just(Op::StopTicker),
        1 => (1..3u8).prop_map(Op::ResetTicker),
        1 => Just(Op::Cancel),
        2 => Just(Op::CtxDone),
        1 => Just(Op::CtxErr),
        1 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

fn on_contexts() -> BoxedStrategy<Op> {
    prop_oneof![
        4 => Just(Op::Cancel),
        2 => Just(Op::CancelLower),
        1 => Just(Op::CtxDone),
        2 => Just(Op::LowerDone),
        2 => Just(Op::CtxErr),
        3 => Just(Op::LowerErr),
        1 => Just(Op::Cause),
        1 => Just(Op::Derive),
        1 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

fn on_locks() -> BoxedStrategy<Op> {
    let n = || 0..MUTEXES;
    prop_oneof![
        4 => n().prop_map(Op::Lock),
        4 => n().prop_map(Op::Unlock),
        2 => Just(Op::CondWait),
        1 => Just(Op::Signal),
        1 => Just(Op::Broadcast),
        2 => Just(Op::WriteLock),
        2 => Just(Op::WriteUnlock),
        2 => Just(Op::ReadLock),
        2 => Just(Op::ReadUnlock),
        2 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

fn on_counters() -> BoxedStrategy<Op> {
    prop_oneof![
        1 => Just(Op::Add),
        1 => Just(Op::Yield),
        3 => Just(Op::Done),
        2 => Just(Op::Wait),
        2 => Just(Op::Load),
        2 => (1..3u8).prop_map(Op::Store),
        2 => Just(Op::Increment),
        2 => (0..3u8, 0..3u8).prop_map(|(old, new)| Op::CompareAndSwap(old, new)),
        1 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

fn on_memory() -> BoxedStrategy<Op> {
    let key = || 0..2u8;
    prop_oneof![
        3 => Just(Op::Read),
        3 => (1..3u8).prop_map(Op::Write),
        2 => key().prop_map(Op::Get),
        2 => (key(), 1..3u8).prop_map(|(key, value)| Op::Set(key, value)),
        1 => key().prop_map(Op::Delete),
    ]
    .boxed()
}

fn on_semaphore() -> BoxedStrategy<Op> {
    // Now and then more than there are.
    let units = || prop_oneof![4 => Just(1), 3 => Just(UNITS), 1 => Just(UNITS + 1)];
    prop_oneof![
        4 => units().prop_map(Op::Acquire),
        2 => units().prop_map(Op::TryAcquire),
        4 => units().prop_map(Op::Release),
        1 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

fn on_group(depth: u32) -> BoxedStrategy<Op> {
    let member = move || (body(3, depth.saturating_sub(1), 0..=1), any::<bool>());
    prop_oneof![
        4 => member().prop_map(|(body, fails)| Op::Member(body, fails)),
        2 => member().prop_map(|(body, fails)| Op::TryMember(body, fails)),
        3 => Just(Op::WaitMembers),
        1 => (1..3u8).prop_map(Op::Print),
    ]
    .boxed()
}

/// Something that tries `cases` values of a strategy, the same ones for the same seed.
#[must_use]
pub fn runner(cases: u32, seed: u64) -> TestRunner {
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let config = Config { cases, failure_persistence: None, max_global_rejects: u32::MAX, ..Config::default() };
    TestRunner::new_with_rng(config, TestRng::from_seed(RngAlgorithm::ChaCha, &bytes))
}
