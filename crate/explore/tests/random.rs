//! On random small programs the search runs one execution of each class that brute force finds, begins none in vain,
//! sees the same outcomes, and has a witness for each that replays to it.

use std::collections::BTreeMap;

use chanscope_explore::{
    Bounds, Explorer, Incomplete, Matters, OutcomeName, Part, StepWay, Turn, WITNESS_BASE, brute_force,
    context_switches, explore, judge, split,
};
use chanscope_kernel::{Go, Guided, Limits, Panic, Path, Run};
use chanscope_sync::{Chan, Mutex, RwMutex, Var, WaitGroup, select};
use proptest::prelude::*;
use proptest::test_runner::{RngAlgorithm, TestRng, TestRunner};

/// One operation of a random program, on one of two objects of its kind.
#[derive(Clone, Copy, Debug)]
enum Op {
    Load(usize),
    Store(usize, u32),
    Increment(usize),
    Send(usize, u32),
    Receive(usize),
    Close(usize),
    TrySend(usize, u32),
    TryReceive(usize),
    TryEither,
    Len(usize),
    SelectReceive,
    SelectSendReceive(u32),
    SelectReceiveSend(u32),
    Done,
    Wait,
    Add(i32),
    Guarded(usize),
    TryGuarded(usize),
    Unlock(usize),
    WriteGuarded,
    ReadGuarded,
    ReadLock,
    ReadUnlock,
    Draw(u32),
    Print(u32),
    /// Starts another, who looks at x.
    Start,
}

#[derive(Clone, Debug)]
struct Program {
    capacities: [u32; 2],
    count: i32,
    goroutines: Vec<Vec<Op>>,
    /// Main's own, after it has started the others.
    main: Vec<Op>,
}

struct World {
    go: Go,
    vars: [Var<u32>; 2],
    chans: [Chan<u32>; 2],
    group: WaitGroup,
    mutexes: [Mutex; 2],
    rw: RwMutex,
}

async fn perform(world: &World, op: Op) -> Result<(), Panic> {
    let World { go, vars, chans, group, mutexes, rw } = world;
    let [a, b] = chans;
    match op {
        Op::Load(n) => {
            vars[n].load().await;
        }
        Op::Store(n, value) => vars[n].store(value).await,
        Op::Increment(n) => {
            let value = vars[n].load().await;
            vars[n].store(value + 1).await;
        }
        Op::Send(n, value) => chans[n].send(value).await?,
        Op::Receive(n) => {
            chans[n].recv().await;
        }
        Op::Close(n) => chans[n].close().await?,
        Op::TrySend(n, value) => {
            select! {
                sent = chans[n].send(value) => sent?,
                default => {}
            }
        }
        Op::TryReceive(n) => {
            select! {
                _ = chans[n].recv() => {},
                default => {}
            }
        }
        Op::Len(n) => drop(chans[n].len().await),
        Op::TryEither => {
            select! {
                _ = a.recv() => {},
                sent = b.send(9) => sent?,
                default => {}
            }
        }
        Op::SelectReceive => {
            select! {
                _ = a.recv() => {},
                _ = b.recv() => {},
            }
        }
        Op::SelectSendReceive(value) => {
            select! {
                sent = a.send(value) => sent?,
                _ = b.recv() => {},
            }
        }
        Op::SelectReceiveSend(value) => {
            select! {
                _ = a.recv() => {},
                sent = b.send(value) => sent?,
            }
        }
        Op::Done => group.done().await?,
        Op::Wait => group.wait().await,
        Op::Add(delta) => group.add(delta).await?,
        Op::Guarded(n) => {
            mutexes[n].lock().await;
            vars[n].store(7).await;
            mutexes[n].unlock().await;
        }
        Op::TryGuarded(n) => {
            if mutexes[n].try_lock().await {
                mutexes[n].unlock().await;
            }
        }
        Op::Unlock(n) => mutexes[n].unlock().await,
        Op::WriteGuarded => {
            rw.lock().await;
            vars[0].store(8).await;
            rw.unlock().await;
        }
        Op::ReadGuarded => {
            rw.read_lock().await;
            vars[0].load().await;
            rw.read_unlock().await;
        }
        Op::ReadLock => rw.read_lock().await,
        Op::ReadUnlock => rw.read_unlock().await,
        Op::Draw(n) => {
            let drawn = go.intn(n).await?;
            vars[0].store(drawn).await;
        }
        Op::Print(value) => go.println(&value).await,
        Op::Start => {
            let x = vars[0].clone();
            go.spawn("child", async move {
                x.load().await;
                Ok(())
            });
        }
    }
    Ok(())
}

fn start(program: &Program) -> Run {
    let program = program.clone();
    Run::new(Limits::default(), move |go| async move {
        let vars = ["x", "y"].map(|name| Var::new(&go, name, 0));
        let chans = [Chan::new(&go, "a", program.capacities[0]), Chan::new(&go, "b", program.capacities[1])];
        let group = WaitGroup::new(&go, "wg");
        if program.count > 0 {
            group.add(program.count).await?;
        }
        let mutexes = ["mu", "nu"].map(|name| Mutex::new(&go, name));
        let rw = RwMutex::new(&go, "rw");
        let world = |go: &Go| World {
            go: go.clone(),
            vars: vars.clone(),
            chans: chans.clone(),
            group: group.clone(),
            mutexes: mutexes.clone(),
            rw: rw.clone(),
        };
        for ops in program.goroutines {
            let world = world(&go);
            go.spawn("worker", async move {
                for op in ops {
                    perform(&world, op).await?;
                }
                Ok(())
            });
        }
        let world = world(&go);
        for op in program.main {
            perform(&world, op).await?;
        }
        Ok(())
    })
}

fn memory() -> impl Strategy<Value = Op> {
    let n = 0..2usize;
    prop_oneof![
        n.clone().prop_map(Op::Load),
        (n.clone(), 1..3u32).prop_map(|(n, value)| Op::Store(n, value)),
        n.prop_map(Op::Increment),
    ]
}

fn anything() -> impl Strategy<Value = Op> {
    let n = 0..2usize;
    prop_oneof![
        2 => memory(),
        3 => (n.clone(), 1..3u32).prop_map(|(n, value)| Op::Send(n, value)),
        2 => n.clone().prop_map(Op::Len),
        3 => n.clone().prop_map(Op::Receive),
        1 => n.clone().prop_map(Op::Close),
        2 => (n.clone(), 1..3u32).prop_map(|(n, value)| Op::TrySend(n, value)),
        2 => n.prop_map(Op::TryReceive),
        1 => Just(Op::TryEither),
        1 => Just(Op::SelectReceive),
        1 => Just(Op::SelectSendReceive(5)),
        1 => Just(Op::SelectReceiveSend(6)),
        1 => Just(Op::Done),
        1 => Just(Op::Wait),
        1 => Just(Op::Draw(2)),
        1 => (1..3u32).prop_map(Op::Print),
        1 => Just(Op::Start),
    ]
}

/// What meets others, and what only looks whether it could.
fn meeting() -> impl Strategy<Value = Op> {
    let n = 0..2usize;
    prop_oneof![
        1 => n.clone().prop_map(|n| Op::Send(n, 1)),
        1 => n.clone().prop_map(Op::Receive),
        4 => n.clone().prop_map(|n| Op::TrySend(n, 1)),
        2 => n.clone().prop_map(Op::TryReceive),
        2 => n.prop_map(Op::Close),
        1 => Just(Op::TryEither),
        4 => Just(Op::SelectReceive),
        1 => Just(Op::SelectSendReceive(5)),
        1 => Just(Op::SelectReceiveSend(6)),
    ]
}

fn waiting() -> impl Strategy<Value = Op> {
    let n = 0..2usize;
    prop_oneof![
        2 => memory(),
        3 => Just(Op::Done),
        1 => (-1..2i32).prop_map(Op::Add),
        2 => Just(Op::Wait),
        2 => n.clone().prop_map(Op::Guarded),
        1 => n.clone().prop_map(Op::TryGuarded),
        1 => n.prop_map(Op::Unlock),
        2 => Just(Op::WriteGuarded),
        2 => Just(Op::ReadGuarded),
        1 => Just(Op::ReadLock),
        1 => Just(Op::ReadUnlock),
        2 => Just(Op::Start),
    ]
}

fn program(op: impl Strategy<Value = Op> + Clone) -> impl Strategy<Value = Program> {
    let body = move |most| prop::collection::vec(op.clone(), 0..=most);
    ([0..3u32, 0..3u32], -1..2i32, prop::collection::vec(body.clone()(2), 1..=3), body(2)).prop_map(
        |(capacities, more, goroutines, main)| {
            let ops = goroutines.iter().flatten().chain(&main);
            let done = ops.filter(|op| matches!(op, Op::Done)).count();
            // At times one too few, which is a panic, and at times one too many, which is a wait for ever.
            let count = i32::try_from(done).expect("few") + more;
            Program { capacities, count, goroutines, main }
        },
    )
}

/// `false` when brute force takes too long.
fn agree(program: &Program) -> Result<bool, TestCaseError> {
    let start = || start(program);
    let brute = brute_force(&start, 60_000, Matters::default());
    if !brute.complete {
        return Ok(false);
    }
    let mut explorer = Explorer::new(start, Bounds::default());
    while !explorer.advance(100).over {}
    let report = explorer.report();
    prop_assert!(report.is_complete());
    for seen in &report.outcomes {
        let witness = explorer.witness(&seen.name).expect("it was seen");
        let mut run = start();
        let replayed = run.advance(&mut Guided::new(WITNESS_BASE, witness), u32::MAX);
        prop_assert!(replayed.is_ok(), "{:?}", replayed);
        let outcome = run.finish();
        let name = OutcomeName::of(&outcome, &judge(&outcome), Matters::default());
        prop_assert_eq!((name.ending, name.output), (seen.name.ending.clone(), seen.name.output.clone()));
        prop_assert_eq!(context_switches(&outcome.trace), seen.switches);
    }
    prop_assert_eq!(report.blocked, 0);
    prop_assert_eq!(report.executions, brute.classes.len() as u64);
    let mut outcomes: BTreeMap<OutcomeName, u64> = BTreeMap::new();
    let mut fewest: BTreeMap<OutcomeName, usize> = BTreeMap::new();
    for class in brute.classes.into_values() {
        let least = fewest.entry(class.name.clone()).or_insert(usize::MAX);
        *least = class.switches.min(*least);
        *outcomes.entry(class.name).or_default() += 1;
    }
    let seen: BTreeMap<OutcomeName, u64> = report.outcomes.into_iter().map(|seen| (seen.name, seen.count)).collect();
    prop_assert_eq!(&seen, &outcomes);
    for name in seen.keys() {
        prop_assert!(explorer.prove_smallest(name, |_| true));
    }
    let proven: BTreeMap<OutcomeName, usize> =
        explorer.report().outcomes.into_iter().map(|seen| (seen.name, seen.switches)).collect();
    prop_assert_eq!(proven, fewest);
    parts_add_up(&start, program, &seen)?;
    bounds_only_leave_out(start, &seen)?;
    Ok(true)
}

/// Whatever a program is divided by, also steps that do not always happen, each class is in one part.
fn parts_add_up(
    start: &impl Fn() -> Run,
    program: &Program,
    all: &BTreeMap<OutcomeName, u64>,
) -> Result<(), TestCaseError> {
    let meets = |n| StepWay::Meet { case: 0, partner: Path::main().child(n), partner_case: 0 };
    let ops: usize = program.goroutines.iter().map(Vec::len).sum::<usize>() + program.main.len();
    // Each is searched nine times over: a third of them is enough.
    if !ops.is_multiple_of(3) {
        return Ok(());
    }
    let turn = |n: usize| {
        let births = u32::try_from(n % 4).expect("below 4");
        Turn { who: if births == 0 { Path::main() } else { Path::main().child(births) }, nth: n / 4 % 3 }
    };
    let by_hand = Part::default().by_order(&turn(ops), &turn(ops + 1));
    let way = [StepWay::Alone(0), StepWay::Alone(1), StepWay::Default, StepWay::Draw(0), meets(1), meets(2)];
    let [one, other] = by_hand.map(|half| match ops % 2 {
        0 => half.by_order(&turn(ops * 4), &turn(ops * 4 + 5)),
        _ => half.by_way(&turn(ops * 5), &way[ops / 2 % way.len()]),
    });
    let found_out = split(start, Bounds::default(), 2, || true);
    for parts in [&[one, other].concat(), &found_out] {
        let mut seen: BTreeMap<OutcomeName, u64> = BTreeMap::new();
        for part in parts {
            let mut explorer = Explorer::of_part(Box::new(start), Bounds::default(), part);
            while !explorer.advance(100).over {}
            let report = explorer.report();
            prop_assert_eq!(report.incomplete, [], "{:?}", part);
            for outcome in report.outcomes {
                *seen.entry(outcome.name).or_default() += outcome.count;
            }
        }
        prop_assert_eq!(&seen, all, "{:?}", parts);
    }
    Ok(())
}

/// With a bound on preemptions there are fewer outcomes or as many, never others; with one that is never met, all.
fn bounds_only_leave_out(start: impl Fn() -> Run, all: &BTreeMap<OutcomeName, u64>) -> Result<(), TestCaseError> {
    for most in [0, 1, u32::MAX] {
        let report = explore(&start, Bounds { preemptions: Some(most), ..Bounds::default() });
        let seen: BTreeMap<_, _> = report.outcomes.into_iter().map(|seen| (seen.name, seen.count)).collect();
        for (name, count) in &seen {
            prop_assert!(all.get(name).is_some_and(|of| count <= of), "{most} preemptions: {name:?}");
        }
        if report.incomplete.is_empty() {
            prop_assert_eq!(&seen, all);
        } else {
            prop_assert_eq!(report.incomplete, [Incomplete::Preemptions]);
            prop_assert_ne!(most, u32::MAX);
        }
    }
    Ok(())
}

/// Tries random programs, the same each time; more of them by `PROPTEST_CASES`, others by `PROPTEST_RNG_SEED`.
fn try_programs(op: impl Strategy<Value = Op> + Clone) {
    let config = ProptestConfig { failure_persistence: None, max_global_rejects: 65_536, ..ProptestConfig::default() };
    let number = |name| std::env::var(name).ok().and_then(|text| text.parse().ok());
    let cases = number("PROPTEST_CASES").and_then(|cases: u64| u32::try_from(cases).ok()).unwrap_or(300);
    let seed: u64 = number("PROPTEST_RNG_SEED").unwrap_or(1);
    let mut bytes = [0; 32];
    bytes[..8].copy_from_slice(&seed.to_le_bytes());
    let rng = TestRng::from_seed(RngAlgorithm::ChaCha, &bytes);
    let mut runner = TestRunner::new_with_rng(ProptestConfig { cases, ..config }, rng);
    let result = runner.run(&program(op), |program| {
        prop_assume!(agree(&program)?);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

#[test]
fn variables() {
    try_programs(memory().boxed());
}

/// A part can be cut by two steps that are one where two goroutines meet.
#[test]
fn a_meeting_comes_before_none_of_its_two_sides() -> Result<(), TestCaseError> {
    let goroutines = vec![vec![Op::TrySend(0, 1), Op::TrySend(1, 1)], vec![Op::Load(0), Op::Load(0)]];
    let main = vec![Op::Receive(1), Op::Load(0)];
    let program = Program { capacities: [0, 0], count: 0, goroutines, main };
    agree(&program).map(|agrees| assert!(agrees, "it is small"))
}

/// Of two who meet either may be the one that sends, and it is the sender that races with who closes.
#[test]
fn who_sends_in_a_meeting_tells_races_apart() -> Result<(), TestCaseError> {
    let goroutines = vec![vec![Op::Close(1)], vec![Op::SelectSendReceive(5), Op::SelectReceiveSend(6)]];
    let main = vec![Op::SelectReceiveSend(6), Op::TryReceive(1)];
    let program = Program { capacities: [0, 0], count: 0, goroutines, main };
    agree(&program).map(|agrees| assert!(agrees, "it is small"))
}

/// The last `Done` takes the counter below zero, whosever it is.
#[test]
fn who_is_done_last_is_one_too_many() -> Result<(), TestCaseError> {
    let goroutines = vec![vec![Op::Done], vec![Op::Done, Op::Store(0, 1)]];
    let program = Program { capacities: [0, 0], count: 1, goroutines, main: vec![Op::WriteGuarded] };
    agree(&program).map(|agrees| assert!(agrees, "it is small"))
}

/// He goes as far as his first step when main starts him: that he moves after main is a switch all the same.
#[test]
fn who_starts_another_before_his_first_step_has_not_moved() -> Result<(), TestCaseError> {
    let goroutines = vec![vec![Op::Start, Op::Done, Op::Done]];
    let program = Program { capacities: [0, 0], count: 1, goroutines, main: vec![] };
    agree(&program).map(|agrees| assert!(agrees, "it is small"))
}

#[test]
fn meetings_and_looks() {
    try_programs(meeting().boxed());
}

#[test]
fn waits_and_locks() {
    try_programs(waiting().boxed());
}

#[test]
fn everything() {
    try_programs(prop_oneof![3 => anything(), 1 => waiting()].boxed());
}

/// Each of three stores to y comes at some rank among them, and each load at any place before its own goroutine's store
/// (one more than its rank), the first one's second load at any after it: 72. Either of two loads of x comes before the
/// one store or after it: 4. Whoever looks at the new steps of an execution alone finds 284 of them.
#[test]
fn later_steps_do_not_hide_what_could_come_earlier() {
    let goroutines =
        vec![vec![Op::Increment(1), Op::Load(1)], vec![Op::Increment(0)], vec![Op::Load(0)], vec![Op::Increment(1)]];
    let program = Program { capacities: [0, 0], count: 0, goroutines, main: vec![Op::Increment(1), Op::Load(0)] };
    let report = explore(|| start(&program), Bounds::default());
    assert_eq!((report.executions, report.blocked), (72 * 4, 0));
}
