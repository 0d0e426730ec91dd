//! The same programs as Go, and what Go shows of them: each outcome has to be among those that exploration finds.
//!
//! Go's answer is a reference only where the documentation makes it one. Left out: programs that add to a WaitGroup
//! while it may be waited for, or that bring its counter below zero with somebody waiting (Go then panics in ways that
//! are not modelled), an RWMutex that may be unlocked without being locked (Go finds out in some cases only), a plain
//! variable or a map with a race (Go promises nothing then), and semaphores, which are not of the standard library. Where
//! a fatal error is possible nothing but the ending is compared: Go's other goroutines run on for a moment. Time is real
//! there, so here it passes at any moment.

use std::collections::BTreeSet;
use std::io::Read as _;
use std::path::Path;
use std::process::{Command, Stdio};
use std::time::Duration;

use anyhow::{Context as _, Result, bail, ensure};
use proptest::strategy::{Strategy as _, ValueTree as _};
use wait_timeout::ChildExt as _;

use crate::generate::{program, runner};
use crate::ours;
use crate::outcome::{COMPLETED, DEADLOCK, Outcome, Outcomes, last_panic};
use crate::program::{BOOM, Case, Op, PERIOD, Program};

/// Executions of one program that are searched at most.
const MAX_EXECUTIONS: u64 = 3_000;
/// Programs that go into one Go program.
const MAX_PROGRAMS: u32 = 1_000;
/// A run that takes longer has no outcome: a panic and a fatal error in the same instant can make Go's runtime hang.
const PATIENCE: Duration = Duration::from_secs(5);
/// One run in so many may hang.
const MOST_HUNG: usize = 100;
/// What every printed program begins with.
const PRELUDE: &str = include_str!("prelude.go");

/// Has Go run that many programs, each `runs` times, and says in a sentence how it went.
///
/// # Errors
/// An outcome that Go has shown and exploration does not know; Go's own complaints.
pub fn compare(go: &Path, programs: u32, seed: u64, runs: u32) -> Result<String> {
    ensure!(programs <= MAX_PROGRAMS, "at most {MAX_PROGRAMS} programs at a time, not {programs}");
    let programs = comparable(programs, seed)?;
    let folder = tempfile::tempdir()?;
    let (source, binary) = (folder.path().join("main.go"), folder.path().join("programs"));
    std::fs::write(&source, printed(&programs.iter().map(|(program, _)| program).collect::<Vec<_>>()))?;
    std::fs::write(folder.path().join("go.mod"), "module programs\n\ngo 1.24\n")?;
    let build = Command::new(go)
        .current_dir(folder.path())
        .envs([("GOFLAGS", "-mod=mod"), ("GOPROXY", "off"), ("GOTOOLCHAIN", "local"), ("GOWORK", "off")])
        .args(["build", "-o"])
        .args([&binary, Path::new(".")])
        .output()
        .with_context(|| format!("cannot run {}", go.display()))?;
    ensure!(build.status.success(), "go build: {}", String::from_utf8_lossy(&build.stderr));
    let (mut shown, mut possible, mut hung) = (0, 0, 0);
    for (number, (program, known)) in programs.iter().enumerate() {
        let endings: Vec<_> = known.iter().map(|outcome| outcome.ending.as_str()).collect();
        let fatal = endings.iter().any(|ending| ending.starts_with("fatal"));
        let mut seen = BTreeSet::new();
        for run in 0..runs {
            let Some(outcome) = run_once(&binary, number, run)? else {
                hung += 1;
                continue;
            };
            let is_known = if fatal { endings.contains(&outcome.ending.as_str()) } else { known.contains(&outcome) };
            if !is_known {
                let line = serde_json::to_string(program)?;
                bail!("Go shows what exploration does not know: {outcome:?}\nin {line}\nknown: {known:#?}");
            }
            seen.insert(outcome);
        }
        shown += seen.len();
        possible += known.len();
    }
    let count = programs.len();
    ensure!(hung * MOST_HUNG <= count * runs as usize, "{hung} runs of Go's did not end");
    Ok(format!(
        "{count} programs passed, {runs} runs each: Go showed {shown} outcomes of {possible} possible ones; {hung} runs hung"
    ))
}

/// Random programs for which Go is a reference, with their outcomes.
fn comparable(programs: u32, seed: u64) -> Result<Vec<(Program, Outcomes)>> {
    let (mut runner, strategy, mut found) = (runner(programs, seed), program(), Vec::new());
    while found.len() < programs as usize {
        let mut program = strategy.new_tree(&mut runner).map_err(|why| anyhow::anyhow!("{why}"))?.current();
        program.at_any_moment = true;
        if !is_reference(&program) {
            continue;
        }
        let searched = ours::searched(&program, MAX_EXECUTIONS).map_err(|why| anyhow::anyhow!("{why}: {program:?}"))?;
        let Some(outcomes) = searched else { continue };
        if ours::has_race(&program, MAX_EXECUTIONS) {
            continue;
        }
        let waits = program.ops().contains(&&Op::Wait);
        if waits && outcomes.iter().any(|outcome| outcome.ending.contains("negative WaitGroup")) {
            continue;
        }
        found.push((program, outcomes));
    }
    Ok(found)
}

fn is_reference(program: &Program) -> bool {
    !program.ops().iter().any(|op| match op {
        Op::Add | Op::Go(_) | Op::WriteUnlock | Op::ReadUnlock => true,
        // They are not of the standard library.
        Op::Acquire(_) | Op::TryAcquire(_) | Op::Release(_) => true,
        Op::Member(..) | Op::TryMember(..) | Op::WaitMembers => true,
        _ => false,
    })
}

/// Runs one program of a binary, disturbed in a way that depends on `run`. `None` when it does not end.
fn run_once(binary: &Path, number: usize, run: u32) -> Result<Option<Outcome>> {
    let processors = ["1", "2", "4"][run as usize % 3];
    let mut child = Command::new(binary)
        .env("GOMAXPROCS", processors)
        .args([number.to_string(), run.to_string()])
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .context("cannot run what Go has built")?;
    // What it prints fits into a pipe.
    let Some(status) = child.wait_timeout(PATIENCE)? else {
        child.kill()?;
        child.wait()?;
        return Ok(None);
    };
    let (mut printed, mut errors) = (String::new(), String::new());
    child.stdout.expect("it is piped").read_to_string(&mut printed)?;
    child.stderr.expect("it is piped").read_to_string(&mut errors)?;
    let ending = if status.success() { COMPLETED.to_owned() } else { ending(&errors) };
    let mut lines: Vec<_> = printed.lines().map(str::to_owned).collect();
    lines.sort();
    Ok(Some(Outcome { ending, lines }))
}

/// What a Go program that failed has died of, in the words of an [`Outcome`].
fn ending(errors: &str) -> String {
    let head = errors.split("\n\n").next().unwrap_or_default();
    // Also "no goroutines (main called runtime.Goexit) - deadlock!".
    if head.contains(" - deadlock!") {
        return DEADLOCK.to_owned();
    }
    let fatal = head.lines().find(|line| line.starts_with("fatal error: "));
    fatal.map_or_else(|| last_panic(head), str::to_owned)
}

/// Programs as the source of one Go program, which runs the one whose number it is given.
#[must_use]
pub fn printed(programs: &[&Program]) -> String {
    let mut out = PRELUDE.to_owned();
    line(&mut out, 0, "\nvar programs = []func(*self){");
    for number in 0..programs.len() {
        line(&mut out, 1, &format!("program{number},"));
    }
    line(&mut out, 0, "}");
    for (number, program) in programs.iter().enumerate() {
        line(&mut out, 0, &format!("\nfunc program{number}(me *self) {{"));
        line(&mut out, 1, "w := &world{m: map[int]int{}}");
        for (n, capacity) in program.channels.iter().enumerate() {
            if let Some(capacity) = capacity {
                line(&mut out, 1, &format!("w.ch[{n}] = make(chan int, {capacity})"));
            }
        }
        line(&mut out, 1, &format!("w.wg.Add({})", program.count));
        line(&mut out, 1, "w.cond = sync.NewCond(&w.mu[0])");
        line(&mut out, 1, &format!("w.timer = time.NewTimer({} * second)", program.timer));
        line(&mut out, 1, &format!("w.ticker = time.NewTicker({PERIOD} * second)"));
        let context = match program.timeout {
            Some(timeout) => format!("context.WithTimeout(context.Background(), {timeout}*second)"),
            None => "context.WithCancel(context.Background())".to_owned(),
        };
        line(&mut out, 1, &format!("w.ctx, w.cancel = {context}"));
        line(&mut out, 1, "w.lower, w.cancelLower = context.WithCancel(w.ctx)");
        body(&mut out, 1, &program.main);
        line(&mut out, 0, "}");
    }
    out
}

fn body(out: &mut String, depth: usize, ops: &[Op]) {
    for op in ops {
        statement(out, depth, op);
    }
}

fn line(out: &mut String, depth: usize, text: &str) {
    out.extend(std::iter::repeat_n('\t', depth));
    out.push_str(text);
    out.push('\n');
}

fn statement(out: &mut String, depth: usize, op: &Op) {
    let mut block = |open: &str, inner: &[Op], last: Option<&str>, close: &str| {
        line(out, depth, open);
        body(out, depth + 1, inner);
        if let Some(last) = last {
            line(out, depth + 1, last);
        }
        line(out, depth, close);
    };
    match op {
        Op::TryLock(n, inner) => {
            let open = format!("if me.tried(w.mu[{n}].TryLock()) {{");
            block(&open, inner, Some(&format!("w.mu[{n}].Unlock()")), "}");
        }
        Op::Writing(inner) => between(out, depth, &Op::WriteLock, inner, &Op::WriteUnlock),
        Op::Reading(inner) => between(out, depth, &Op::ReadLock, inner, &Op::ReadUnlock),
        Op::TryWriteLock(inner) => block("if me.tried(w.rw.TryLock()) {", inner, Some("w.rw.Unlock()"), "}"),
        Op::TryReadLock(inner) => block("if me.tried(w.rw.TryRLock()) {", inner, Some("w.rw.RUnlock()"), "}"),
        Op::Once(inner) => block("w.once.Do(func() {", inner, None, "})"),
        Op::Spawn(inner) => block("me.start(func(me *self) {", inner, None, "})"),
        Op::Go(inner) => block("me.startIn(&w.wg, func(me *self) {", inner, None, "})"),
        Op::AfterFunc(duration, inner) => {
            block(&format!("me.startAfter({duration}*second, func(me *self) {{"), inner, None, "})");
        }
        Op::Call { body: inner, recovers, deferred } => {
            line(out, depth, "func() {");
            line(out, depth + 1, "defer func() {");
            if *recovers {
                line(out, depth + 2, "me.recovered(recover())");
            }
            body(out, depth + 2, deferred);
            line(out, depth + 1, "}()");
            body(out, depth + 1, inner);
            line(out, depth, "}()");
        }
        Op::Select { cases, default } => select(out, depth, cases, *default),
        simple => {
            line(out, depth, "me.pause()");
            line(out, depth, &plain(simple));
        }
    }
}

fn between(out: &mut String, depth: usize, lock: &Op, inner: &[Op], unlock: &Op) {
    line(out, depth, "me.pause()");
    line(out, depth, &plain(lock));
    body(out, depth, inner);
    line(out, depth, &plain(unlock));
}

fn plain(op: &Op) -> String {
    match op {
        Op::Send(n, value) => format!("w.ch[{n}] <- {value}"),
        Op::Recv(n) => format!("me.receive(w.ch[{n}])"),
        Op::Range(n) => format!("me.receiveAll(w.ch[{n}])"),
        Op::Close(n) => format!("close(w.ch[{n}])"),
        Op::Len(n) => format!("me.say(\"len\", len(w.ch[{n}]))"),
        Op::Lock(n) => format!("w.mu[{n}].Lock()"),
        Op::Unlock(n) => format!("w.mu[{n}].Unlock()"),
        Op::WriteLock => "w.rw.Lock()".to_owned(),
        Op::WriteUnlock => "w.rw.Unlock()".to_owned(),
        Op::ReadLock => "w.rw.RLock()".to_owned(),
        Op::ReadUnlock => "w.rw.RUnlock()".to_owned(),
        Op::CondWait => "w.cond.Wait()".to_owned(),
        Op::Signal => "w.cond.Signal()".to_owned(),
        Op::Broadcast => "w.cond.Broadcast()".to_owned(),
        Op::Sleep(duration) => format!("time.Sleep({duration} * second)"),
        Op::Timer => "came(me, \"timer\", w.timer.C)".to_owned(),
        Op::Stop => "me.say(\"stop\", w.timer.Stop())".to_owned(),
        Op::Reset(duration) => format!("me.say(\"reset\", w.timer.Reset({duration} * second))"),
        Op::Tick => "came(me, \"tick\", w.ticker.C)".to_owned(),
        Op::StopTicker => "w.ticker.Stop()".to_owned(),
        Op::ResetTicker(period) => format!("w.ticker.Reset({period} * second)"),
        Op::Cancel => "w.cancel()".to_owned(),
        Op::CtxDone => "came(me, \"done\", w.ctx.Done())".to_owned(),
        Op::CtxErr => "me.say(\"err\", w.ctx.Err())".to_owned(),
        Op::Cause => "me.say(\"cause\", context.Cause(w.ctx))".to_owned(),
        Op::Derive => "me.derive(w.ctx)".to_owned(),
        Op::CancelLower => "w.cancelLower()".to_owned(),
        Op::LowerDone => "came(me, \"lower done\", w.lower.Done())".to_owned(),
        Op::LowerErr => "me.say(\"lower err\", w.lower.Err())".to_owned(),
        Op::Add => "w.wg.Add(1)".to_owned(),
        Op::Done => "w.wg.Done()".to_owned(),
        Op::Wait => "w.wg.Wait()".to_owned(),
        Op::Load => "me.say(\"load\", w.x.Load())".to_owned(),
        Op::Store(value) => format!("w.x.Store({value})"),
        Op::Increment => "me.say(\"add\", w.x.Add(1))".to_owned(),
        Op::CompareAndSwap(old, new) => format!("me.say(\"cas\", w.x.CompareAndSwap({old}, {new}))"),
        Op::Read => "me.say(\"read\", w.v)".to_owned(),
        Op::Write(value) => format!("w.v = {value}"),
        Op::Get(key) => format!("me.get(w.m, {key})"),
        Op::Set(key, value) => format!("w.m[{key}] = {value}"),
        Op::Delete(key) => format!("delete(w.m, {key})"),
        Op::Acquire(_) | Op::TryAcquire(_) | Op::Release(_) | Op::Member(..) | Op::TryMember(..) | Op::WaitMembers => {
            unreachable!("it is not of the standard library")
        }
        Op::Print(value) => format!("me.say(\"print\", {value})"),
        Op::Panic => format!("panic(\"{BOOM}\")"),
        Op::Goexit => "runtime.Goexit()".to_owned(),
        Op::Yield => "runtime.Gosched()".to_owned(),
        Op::TryLock(..)
        | Op::Writing(_)
        | Op::Reading(_)
        | Op::TryWriteLock(_)
        | Op::TryReadLock(_)
        | Op::Once(_)
        | Op::AfterFunc(..)
        | Op::Spawn(_)
        | Op::Go(_)
        | Op::Call { .. }
        | Op::Select { .. } => unreachable!("it takes more than a line"),
    }
}

fn select(out: &mut String, depth: usize, cases: &[Case], default: bool) {
    line(out, depth, "me.pause()");
    if cases.is_empty() {
        return line(out, depth, "select {}");
    }
    line(out, depth, "select {");
    for (nth, case) in cases.iter().enumerate() {
        match case {
            Case::Send(n, value) => {
                line(out, depth, &format!("case w.ch[{n}] <- {value}:"));
                line(out, depth + 1, &format!("me.say(\"case\", {nth})"));
            }
            Case::Recv(n) => {
                line(out, depth, &format!("case v, ok := <-w.ch[{n}]:"));
                line(out, depth + 1, &format!("me.received(\"case {nth}\", v, ok)"));
            }
            Case::Timer | Case::Tick | Case::CtxDone | Case::LowerDone => {
                let channel = match case {
                    Case::Timer => "w.timer.C",
                    Case::Tick => "w.ticker.C",
                    Case::CtxDone => "w.ctx.Done()",
                    _ => "w.lower.Done()",
                };
                line(out, depth, &format!("case <-{channel}:"));
                line(out, depth + 1, &format!("me.say(\"case\", {nth})"));
            }
        }
    }
    if default {
        line(out, depth, "default:");
        line(out, depth + 1, "me.say(\"default\")");
    }
    line(out, depth, "}");
}
