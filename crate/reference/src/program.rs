//! Small programs as data: what goroutines do with a handful of objects.

use serde::{Deserialize, Serialize};

/// How many channels a program has.
pub const CHANNELS: usize = 2;
/// How many mutexes a program has.
pub const MUTEXES: usize = 2;
/// How many units the semaphore has.
pub const UNITS: u8 = 2;
/// How often the ticker ticks at first.
pub const PERIOD: u8 = 2;
/// How many goroutines the errgroup may have at a time.
pub const MEMBERS: u8 = 2;
/// The message of a program's own panic.
pub const BOOM: &str = "boom";

/// A program: its objects, and what main does with them. Beside channels and mutexes there is one RWMutex, one Cond on
/// the first mutex, one WaitGroup, one Once, one atomic integer, one plain variable, one map, one semaphore of
/// [`UNITS`], one timer, one ticker of [`PERIOD`], one context with another below it, and one errgroup with a limit of
/// [`MEMBERS`] and no context. Times are in seconds.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Program {
    /// Capacities; `None` is a nil channel.
    pub channels: [Option<u8>; CHANNELS],
    /// What the WaitGroup's counter is at first.
    pub count: u8,
    /// What the timer is set to at first.
    #[serde(default)]
    pub timer: u8,
    /// When the context is cancelled by itself; `None` is a context without a deadline.
    #[serde(default)]
    pub timeout: Option<u8>,
    /// Whether time can pass at any moment, and not only when nothing else can happen.
    #[serde(default)]
    pub at_any_moment: bool,
    /// Main's body.
    pub main: Vec<Op>,
}

/// One statement. What it observes it prints, in a step of its own.
#[derive(Clone, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Op {
    /// `ch <- value`.
    Send(usize, u8),
    /// `v, ok := <-ch`, printed.
    Recv(usize),
    /// `for v := range ch`, each printed.
    Range(usize),
    /// `close(ch)`.
    Close(usize),
    /// `len(ch)`, printed.
    Len(usize),
    /// A select; which case was taken is printed. Without any case it has no default either.
    Select {
        /// Its cases, at most [`MAX_CASES`].
        cases: Vec<Case>,
        /// Whether it has a default.
        default: bool,
    },
    /// `mu.Lock()`.
    Lock(usize),
    /// `mu.Unlock()`.
    Unlock(usize),
    /// `if mu.TryLock() { body; mu.Unlock() }`; whether it did is printed.
    TryLock(usize, Vec<Op>),
    /// `rw.Lock()`.
    WriteLock,
    /// `rw.Unlock()`.
    WriteUnlock,
    /// `rw.RLock()`.
    ReadLock,
    /// `rw.RUnlock()`.
    ReadUnlock,
    /// `rw.Lock(); body; rw.Unlock()`.
    Writing(Vec<Op>),
    /// `rw.RLock(); body; rw.RUnlock()`.
    Reading(Vec<Op>),
    /// `if rw.TryLock() { body; rw.Unlock() }`; whether it did is printed.
    TryWriteLock(Vec<Op>),
    /// `if rw.TryRLock() { body; rw.RUnlock() }`; whether it did is printed.
    TryReadLock(Vec<Op>),
    /// `cond.Wait()`.
    CondWait,
    /// `cond.Signal()`.
    Signal,
    /// `cond.Broadcast()`.
    Broadcast,
    /// `wg.Add(1)`.
    Add,
    /// `wg.Done()`.
    Done,
    /// `wg.Wait()`.
    Wait,
    /// `once.Do(func() { body })`.
    Once(Vec<Op>),
    /// `x.Load()`, printed.
    Load,
    /// `x.Store(value)`.
    Store(u8),
    /// `x.Add(1)`, printed.
    Increment,
    /// `x.CompareAndSwap(old, new)`, printed.
    CompareAndSwap(u8, u8),
    /// `v`, a plain variable, printed.
    Read,
    /// `v = value`.
    Write(u8),
    /// `m[key]`, printed.
    Get(u8),
    /// `m[key] = value`.
    Set(u8, u8),
    /// `delete(m, key)`.
    Delete(u8),
    /// `sem.Acquire(context.Background(), units)`.
    Acquire(u8),
    /// `sem.TryAcquire(units)`, printed.
    TryAcquire(u8),
    /// `sem.Release(units)`.
    Release(u8),
    /// `time.Sleep(duration)`.
    Sleep(u8),
    /// `time.AfterFunc(duration, func() { body })`.
    AfterFunc(u8, Vec<Op>),
    /// `<-timer.C`; that it came is printed.
    Timer,
    /// `timer.Stop()`, printed.
    Stop,
    /// `timer.Reset(duration)`, printed.
    Reset(u8),
    /// `<-ticker.C`; that it came is printed.
    Tick,
    /// `ticker.Stop()`.
    StopTicker,
    /// `ticker.Reset(period)`.
    ResetTicker(u8),
    /// `cancel()`.
    Cancel,
    /// `<-ctx.Done()`; that it came is printed.
    CtxDone,
    /// `ctx.Err()`, printed.
    CtxErr,
    /// `context.Cause(ctx)`, printed.
    Cause,
    /// `context.WithCancel(ctx)`; that it was made is printed.
    Derive,
    /// The cancel function of the context below.
    CancelLower,
    /// `<-lower.Done()`; that it came is printed.
    LowerDone,
    /// `lower.Err()`, printed.
    LowerErr,
    /// `fmt.Println(value)`.
    Print(u8),
    /// `go func() { body }()`.
    Spawn(Vec<Op>),
    /// `wg.Go(func() { body })`.
    Go(Vec<Op>),
    /// `group.Go(func() error { body; … })`, of an errgroup; the error, if it returns one, is the goroutine's name.
    Member(Vec<Op>, bool),
    /// `group.TryGo(…)`, likewise; whether it did is printed.
    TryMember(Vec<Op>, bool),
    /// `group.Wait()`, of the errgroup, printed.
    WaitMembers,
    /// `runtime.Gosched()`.
    Yield,
    /// `panic("boom")`.
    Panic,
    /// `runtime.Goexit()`.
    Goexit,
    /// A function that is called, with one deferred call.
    Call {
        /// What it does.
        body: Vec<Op>,
        /// Whether the deferred call recovers, first of all; what it got is printed.
        recovers: bool,
        /// What the deferred call does.
        deferred: Vec<Op>,
    },
}

/// A case of a select.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum Case {
    /// `case ch <- value:`.
    Send(usize, u8),
    /// `case v, ok := <-ch:`.
    Recv(usize),
    /// `case <-timer.C:`.
    Timer,
    /// `case <-ticker.C:`.
    Tick,
    /// `case <-ctx.Done():`.
    CtxDone,
    /// `case <-lower.Done():`.
    LowerDone,
}

/// The most cases of a select.
pub const MAX_CASES: usize = 4;

impl Program {
    /// Every statement, those inside others included, each before what is in it.
    #[must_use]
    pub fn ops(&self) -> Vec<&Op> {
        let mut all = Vec::new();
        gather(&self.main, &mut all);
        all
    }
}

fn gather<'a>(ops: &'a [Op], all: &mut Vec<&'a Op>) {
    for op in ops {
        all.push(op);
        match op {
            Op::TryLock(_, body)
            | Op::Writing(body)
            | Op::Reading(body)
            | Op::TryWriteLock(body)
            | Op::TryReadLock(body)
            | Op::Once(body)
            | Op::AfterFunc(_, body)
            | Op::Spawn(body)
            | Op::Go(body)
            | Op::Member(body, _)
            | Op::TryMember(body, _) => gather(body, all),
            Op::Call { body, deferred, .. } => {
                gather(body, all);
                gather(deferred, all);
            }
            _ => {}
        }
    }
}
