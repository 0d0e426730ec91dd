//! Go's rules as a plain interpreter, and all that can happen by visiting every state once.
//!
//! A state is what each goroutine has left to do, and what is in each object. A step is one statement of one goroutine,
//! or a rendezvous of two. A goroutine that waits at an unbuffered channel is *on its way* or has *parked*: a select
//! with default meets only who has parked. Time stands still while anybody can move, and then jumps to the next instant
//! for which somebody waits; or it passes at any moment, and everything that was waited for may have come. Sources: the
//! Go specification, package documentation of `sync`, `sync/atomic`, `time`, `context` and `runtime`.

mod channels;
mod contexts;
mod group;
mod leaving;
mod memory;
mod semaphore;
mod time;

use std::collections::HashSet;

use crate::outcome::{COMPLETED, DEADLOCK, Outcome, Outcomes, line};
use crate::program::{CHANNELS, MUTEXES, Op, Program};
use contexts::{Contexts, Holding};
use group::Group;
use leaving::Leaving;
use memory::Memory;
use semaphore::Semaphore;
use time::Ticker;

/// All that can become of the program; `None` when it has more than `most` states.
#[must_use]
pub fn outcomes(program: &Program, most: usize) -> Option<Outcomes> {
    let (mut outcomes, mut seen) = (Outcomes::new(), HashSet::new());
    let mut unvisited = vec![State::start(program)];
    while let Some(state) = unvisited.pop() {
        if seen.contains(&state) {
            continue;
        }
        if seen.len() == most {
            return None;
        }
        let steps = state.steps();
        if steps.is_empty() {
            outcomes.insert(state.outcome(DEADLOCK));
        }
        for step in steps {
            match step {
                Step::To(next) => unvisited.push(*next),
                Step::End(ending) => {
                    outcomes.insert(state.outcome(&ending));
                }
            }
        }
        seen.insert(state);
    }
    Some(outcomes)
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct State<'a> {
    goroutines: Vec<Goroutine<'a>>,
    channels: [Channel; CHANNELS],
    locked: [bool; MUTEXES],
    rw: ReadWrite,
    /// Those asleep at the Cond, in any order.
    asleep: Vec<usize>,
    count: i32,
    once: Once,
    atomic: u8,
    memory: Memory,
    semaphore: Semaphore,
    group: Group,
    now: u8,
    at_any_moment: bool,
    /// When the timer's value is there; `None` when it is not running.
    timer: Option<u8>,
    ticker: Ticker,
    contexts: Contexts,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Goroutine<'a> {
    path: String,
    children: usize,
    said: Vec<String>,
    /// What is left to do; the last comes next.
    todo: Vec<Todo<'a>>,
    parked: bool,
    /// The latest instant that it has waited for, where time passes at any moment.
    now: u8,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Todo<'a> {
    Op(&'a Op),
    Say(String),
    /// `rw.Lock()` has announced itself and waits for readers to leave.
    WaitForReaders,
    /// `cond.Wait()` gets in line.
    FallAsleep,
    /// `cond.Wait()` waits to be woken.
    WakeUp,
    /// It goes on at that instant.
    Until(u8),
    /// It has cancelled the upper context, and holds it.
    Hold(Holding),
    /// It has cancelled the lower context, which leaves the list of the upper one.
    LeaveUpper,
    /// Its write to the map is over.
    Written,
    /// It waits in the semaphore's line to be served.
    Served,
    /// It waits for what never comes.
    Forever,
    /// The function of `once.Do` is over.
    OnceIsOver,
    /// There is room in the errgroup, where it starts a goroutine of that name.
    Join(String, &'a [Op], bool),
    /// The errgroup's function returns an error.
    Fail,
    /// The errgroup has room for another again.
    MakeRoom,
    /// One goroutine of the errgroup less is waited for.
    LeaveGroup,
    /// What `wg.Go` was given is over: it is reported as done, unless it panics.
    GroupDone,
    /// The end of a function: its deferred call, and whether that recovers.
    Deferred(&'a [Op], bool),
    /// The deferred call is over, and what it was called for goes on.
    Leave(Leaving),
    /// The panic has left the goroutine.
    Crash(String),
    /// Main has called `runtime.Goexit`: it neither goes on nor returns.
    Gone,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Channel {
    /// `None`: nil.
    capacity: Option<usize>,
    items: Vec<u8>,
    closed: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct ReadWrite {
    readers: usize,
    announced: bool,
    locked: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Once {
    New,
    Running,
    Over,
}

enum Step<'a> {
    To(Box<State<'a>>),
    End(String),
}

impl<'a> State<'a> {
    fn start(program: &'a Program) -> Self {
        let channel =
            |capacity: Option<u8>| Channel { capacity: capacity.map(usize::from), items: Vec::new(), closed: false };
        let mut state = Self {
            goroutines: Vec::new(),
            channels: program.channels.map(channel),
            locked: [false; MUTEXES],
            rw: ReadWrite { readers: 0, announced: false, locked: false },
            asleep: Vec::new(),
            count: program.count.into(),
            once: Once::New,
            atomic: 0,
            memory: Memory::default(),
            semaphore: Semaphore::default(),
            group: Group::default(),
            now: 0,
            at_any_moment: program.at_any_moment,
            timer: Some(program.timer),
            ticker: Ticker::new(),
            contexts: Contexts::new(program.timeout),
        };
        state.spawn("0".to_owned(), 0, None, None, &program.main);
        state
    }

    fn outcome(&self, ending: &str) -> Outcome {
        let lines = |g: &Goroutine| (0..).zip(&g.said).map(|(n, text)| line(&g.path, n, text)).collect::<Vec<_>>();
        let mut lines: Vec<_> = self.goroutines.iter().flat_map(lines).collect();
        lines.sort();
        Outcome { ending: ending.to_owned(), lines }
    }

    /// Everything that could happen next.
    fn steps(&self) -> Vec<Step<'a>> {
        let goroutines = (0..self.goroutines.len()).flat_map(|g| self.steps_of(g));
        let steps: Vec<_> = goroutines.chain(self.expiry()).collect();
        if steps.is_empty() { self.time_passes().into_iter().collect() } else { steps }
    }

    fn steps_of(&self, g: usize) -> Vec<Step<'a>> {
        let Some(next) = self.goroutines[g].todo.last() else {
            return if g == 0 { vec![Step::End(COMPLETED.to_owned())] } else { Vec::new() };
        };
        if self.ask(g).is_some() {
            return self.channel_steps(g);
        }
        let fatal = |text: &str| vec![Step::End(format!("fatal error: {text}"))];
        let mut after = self.after(g);
        match next {
            Todo::Gone => return Vec::new(),
            Todo::Crash(text) => return vec![Step::End(format!("panic: {text}"))],
            Todo::Say(text) => after.goroutines[g].said.push(text.clone()),
            Todo::WaitForReaders if self.rw.readers > 0 => return Vec::new(),
            Todo::WaitForReaders => after.rw.locked = true,
            Todo::FallAsleep => after.asleep.push(g),
            Todo::WakeUp if self.asleep.contains(&g) => return Vec::new(),
            Todo::WakeUp => {}
            Todo::Until(instant) if !self.has_come(*instant) => return Vec::new(),
            Todo::Until(instant) => after.has_waited(g, *instant),
            Todo::Hold(next) => after.goes_on_holding(g, *next),
            Todo::LeaveUpper if !self.context_is_free() => return Vec::new(),
            Todo::LeaveUpper => {}
            Todo::Written => after.memory.writing = false,
            Todo::Served if self.semaphore.line.iter().any(|(who, _)| *who == g) => return Vec::new(),
            Todo::Served => {}
            Todo::Join(..) | Todo::Fail | Todo::MakeRoom | Todo::LeaveGroup => after.goes_on_in_group(g, next),
            Todo::Forever => return Vec::new(),
            Todo::OnceIsOver => after.once = Once::Over,
            Todo::GroupDone | Todo::Deferred(..) | Todo::Leave(_) => {
                unreachable!("no step, so it is never what comes next")
            }
            Todo::Op(op) => match op {
                Op::Close(n) if self.channels[*n].capacity.is_none() => after.panics(g, "close of nil channel"),
                Op::Close(n) if self.channels[*n].closed => after.panics(g, "close of closed channel"),
                Op::Close(n) => after.channels[*n].closed = true,
                Op::Len(n) => after.says(g, format!("len {}", self.channels[*n].items.len())),
                Op::Lock(n) if self.locked[*n] => return Vec::new(),
                Op::Lock(n) => after.locked[*n] = true,
                Op::Unlock(n) if !self.locked[*n] => return fatal("sync: unlock of unlocked mutex"),
                Op::Unlock(n) => after.locked[*n] = false,
                Op::TryLock(n, body) => {
                    after.locked[*n] = true;
                    let unlock = if *n == 0 { &Op::Unlock(0) } else { &Op::Unlock(1) };
                    after.tried(g, !self.locked[*n], body, unlock);
                }
                Op::WriteLock | Op::ReadLock if self.rw.announced => return Vec::new(),
                Op::WriteLock => {
                    after.rw.announced = true;
                    after.goroutines[g].todo.push(Todo::WaitForReaders);
                }
                Op::WriteUnlock if !self.rw.locked => return fatal("sync: Unlock of unlocked RWMutex"),
                Op::WriteUnlock => (after.rw.announced, after.rw.locked) = (false, false),
                Op::ReadLock => after.rw.readers += 1,
                Op::ReadUnlock if self.rw.readers == 0 => return fatal("sync: RUnlock of unlocked RWMutex"),
                Op::ReadUnlock => after.rw.readers -= 1,
                Op::TryWriteLock(body) => {
                    let free = !self.rw.announced && self.rw.readers == 0;
                    if free {
                        (after.rw.announced, after.rw.locked) = (true, true);
                    }
                    after.tried(g, free, body, &Op::WriteUnlock);
                }
                Op::TryReadLock(body) => {
                    let free = !self.rw.announced;
                    after.rw.readers += usize::from(free);
                    after.tried(g, free, body, &Op::ReadUnlock);
                }
                Op::Signal if !self.asleep.is_empty() => return self.signals(g),
                Op::Signal => {}
                Op::Broadcast => after.asleep.clear(),
                Op::Add | Op::Done => {
                    after.count += if *op == &Op::Add { 1 } else { -1 };
                    if after.count < 0 {
                        after.panics(g, "sync: negative WaitGroup counter");
                    }
                }
                Op::Go(body) => {
                    // The path is taken whether or not anybody is started.
                    let path = after.child_of(g);
                    after.count += 1;
                    if after.count < 0 {
                        after.panics(g, "sync: negative WaitGroup counter");
                    } else {
                        after.spawn(path, self.goroutines[g].now, Some(Todo::GroupDone), None, body);
                    }
                }
                Op::Yield => {}
                Op::Wait if self.count != 0 => return Vec::new(),
                Op::Wait => {}
                Op::Once(_) if self.once == Once::Running => return Vec::new(),
                Op::Once(_) if self.once == Once::Over => {}
                Op::Once(body) => {
                    after.once = Once::Running;
                    after.goroutines[g].todo.push(Todo::OnceIsOver);
                    after.does(g, body);
                }
                Op::Load => after.says(g, format!("load {}", self.atomic)),
                Op::Store(value) => after.atomic = *value,
                Op::Increment => {
                    after.atomic += 1;
                    after.says(g, format!("add {}", after.atomic));
                }
                Op::CompareAndSwap(old, new) => {
                    if self.atomic == *old {
                        after.atomic = *new;
                    }
                    after.says(g, format!("cas {}", self.atomic == *old));
                }
                Op::Read | Op::Write(_) | Op::Get(_) | Op::Set(..) | Op::Delete(_) => {
                    if let Err(text) = after.at_memory(g, op) {
                        return fatal(text);
                    }
                }
                Op::Acquire(_) | Op::TryAcquire(_) | Op::Release(_) => after.at_semaphore(g, op),
                Op::Stop => {
                    after.timer = None;
                    after.says(g, format!("stop {}", self.timer.is_some()));
                }
                Op::Reset(duration) => {
                    after.timer = Some(self.time_of(g) + duration);
                    after.says(g, format!("reset {}", self.timer.is_some()));
                }
                Op::StopTicker => after.ticker.due = None,
                Op::ResetTicker(period) => after.resets_ticker(g, *period),
                Op::Member(..) if self.group.is_full() => return Vec::new(),
                Op::WaitMembers if !self.group.is_over() => return Vec::new(),
                Op::Member(..) | Op::TryMember(..) | Op::WaitMembers => after.at_group(g, op),
                Op::Cancel | Op::Cause | Op::Derive if !self.context_is_free() => return Vec::new(),
                Op::Cancel => after.cancels_upper(g),
                Op::CancelLower => after.cancels_lower(g),
                Op::CtxErr => after.says(g, format!("err {}", self.contexts.upper.unwrap_or("<nil>"))),
                Op::LowerErr => after.says(g, format!("lower err {}", self.contexts.lower.unwrap_or("<nil>"))),
                Op::Cause => after.says(g, format!("cause {}", self.contexts.upper.unwrap_or("<nil>"))),
                Op::Derive => after.says(g, "derived".to_owned()),
                Op::Print(value) => after.goroutines[g].said.push(format!("print {value}")),
                Op::Send(..)
                | Op::Recv(_)
                | Op::Range(_)
                | Op::Timer
                | Op::Tick
                | Op::CtxDone
                | Op::LowerDone
                | Op::Select { .. } => {
                    unreachable!("it asks of channels")
                }
                Op::Spawn(_)
                | Op::AfterFunc(..)
                | Op::Writing(_)
                | Op::Reading(_)
                | Op::Sleep(_)
                | Op::CondWait
                | Op::Panic
                | Op::Goexit
                | Op::Call { .. } => {
                    unreachable!("no step, so it is never what comes next")
                }
            },
        }
        after.runs_on(g);
        vec![Step::To(Box::new(after))]
    }

    /// The state in which goroutine `g` has begun what comes next.
    fn after(&self, g: usize) -> Self {
        let mut after = self.clone();
        after.goroutines[g].todo.pop();
        after.goroutines[g].parked = false;
        after
    }

    fn does(&mut self, g: usize, ops: &'a [Op]) {
        self.goroutines[g].todo.extend(ops.iter().rev().map(Todo::Op));
    }

    /// Does it between a lock and its unlock.
    fn holding(&mut self, g: usize, lock: &'static Op, body: &'a [Op], unlock: &'static Op) {
        self.goroutines[g].todo.push(Todo::Op(unlock));
        self.does(g, body);
        self.goroutines[g].todo.push(Todo::Op(lock));
    }

    fn says(&mut self, g: usize, text: String) {
        self.goroutines[g].todo.push(Todo::Say(text));
    }

    /// Whom a signal wakes is anybody's guess.
    fn signals(&self, g: usize) -> Vec<Step<'a>> {
        let wakes = |at: usize| {
            let mut after = self.after(g);
            after.asleep.remove(at);
            after.runs_on(g);
            Step::To(Box::new(after))
        };
        (0..self.asleep.len()).map(wakes).collect()
    }

    fn tried(&mut self, g: usize, got: bool, body: &'a [Op], unlock: &'static Op) {
        if got {
            self.goroutines[g].todo.push(Todo::Op(unlock));
            self.does(g, body);
        }
        self.says(g, format!("try {got}"));
    }

    /// The name of the next goroutine that `g` starts.
    fn child_of(&mut self, g: usize) -> String {
        let parent = &mut self.goroutines[g];
        parent.children += 1;
        format!("{}.{}", parent.path, parent.children)
    }

    /// Starts a goroutine, which may have to wait for an instant first, and for which `last` remains after its body, the last
    /// of it first.
    fn spawn(
        &mut self,
        path: String,
        now: u8,
        last: impl IntoIterator<Item = Todo<'a>>,
        until: Option<u8>,
        body: &'a [Op],
    ) {
        let todo = last.into_iter().collect();
        let goroutine = Goroutine { path, children: 0, said: Vec::new(), todo, parked: false, now };
        self.goroutines.push(goroutine);
        let g = self.goroutines.len() - 1;
        self.does(g, body);
        self.goroutines[g].todo.extend(until.map(Todo::Until));
        self.runs_on(g);
    }
}
