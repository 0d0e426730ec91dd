//! Go's rules as a plain interpreter, and all that can happen by visiting every state once.
//!
//! A state is what each goroutine has left to do, and what is in each object. A step is one statement of one goroutine,
//! or a rendezvous of two. A goroutine that waits at an unbuffered channel is *on its way* or has *parked*: a select with
//! default meets only who has parked. Sources: the Go specification, package documentation of `sync` and `sync/atomic`.

use std::collections::HashSet;

use crate::outcome::{COMPLETED, DEADLOCK, Outcome, Outcomes, line};
use crate::program::{BOOM, CHANNELS, Case, MUTEXES, Op, Program};

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
                Step::To(next) => unvisited.push(next),
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
    count: i32,
    once: Once,
    atomic: u8,
}

#[derive(Clone, PartialEq, Eq, Hash)]
struct Goroutine<'a> {
    path: String,
    children: usize,
    said: Vec<String>,
    /// What is left to do; the last comes next.
    todo: Vec<Todo<'a>>,
    parked: bool,
}

#[derive(Clone, PartialEq, Eq, Hash)]
enum Todo<'a> {
    Op(&'a Op),
    Say(String),
    /// `rw.Lock()` has announced itself and waits for readers to leave.
    WaitForReaders,
    /// The function of `once.Do` is over.
    OnceIsOver,
    /// The end of a function: its deferred call, and whether that recovers.
    Deferred(&'a [Op], bool),
    /// The deferred call is over, and the panic goes on.
    Unwind(String),
    /// The panic has left the goroutine.
    Crash(String),
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
    To(State<'a>),
    End(String),
}

/// What a blocking statement or a select asks of channels.
struct Ask {
    cases: Vec<Case>,
    default: bool,
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
            count: program.count.into(),
            once: Once::New,
            atomic: 0,
        };
        state.spawn("0".to_owned(), &program.main);
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
        (0..self.goroutines.len()).flat_map(|g| self.steps_of(g)).collect()
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
            Todo::Crash(text) => return vec![Step::End(format!("panic: {text}"))],
            Todo::Say(text) => after.goroutines[g].said.push(text.clone()),
            Todo::WaitForReaders if self.rw.readers > 0 => return Vec::new(),
            Todo::WaitForReaders => after.rw.locked = true,
            Todo::OnceIsOver => after.once = Once::Over,
            Todo::Deferred(..) | Todo::Unwind(_) => unreachable!("no step, so it is never what comes next"),
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
                Op::Add => after.count += 1,
                Op::Done if self.count == 0 => after.panics(g, "sync: negative WaitGroup counter"),
                Op::Done => after.count -= 1,
                Op::Wait if self.count > 0 => return Vec::new(),
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
                Op::Print(value) => after.goroutines[g].said.push(format!("print {value}")),
                Op::Send(..) | Op::Recv(_) | Op::Range(_) | Op::Select { .. } => unreachable!("it asks of channels"),
                Op::Spawn(_) | Op::Panic | Op::Call { .. } => unreachable!("no step, so it is never what comes next"),
            },
        }
        after.runs_on(g);
        vec![Step::To(after)]
    }

    /// What goroutine `g` asks of channels, if that is what it comes to next.
    fn ask(&self, g: usize) -> Option<Ask> {
        let blocking = |case| Some(Ask { cases: vec![case], default: false });
        match self.goroutines[g].todo.last() {
            Some(Todo::Op(Op::Send(n, value))) => blocking(Case::Send(*n, *value)),
            Some(Todo::Op(Op::Recv(n) | Op::Range(n))) => blocking(Case::Recv(*n)),
            Some(Todo::Op(Op::Select { cases, default })) => Some(Ask { cases: cases.clone(), default: *default }),
            _ => None,
        }
    }

    fn channel_steps(&self, g: usize) -> Vec<Step<'a>> {
        let Ask { cases, default } = self.ask(g).expect("asked before");
        let (mut steps, mut awaited) = (Vec::new(), false);
        for (nth, &case) in cases.iter().enumerate() {
            if self.is_ready_alone(case) {
                awaited = true;
                steps.push(self.alone(g, nth, case));
            }
            for (other, partner_nth, value) in self.partners(g, case) {
                let in_queue = self.has_parked(other);
                awaited |= in_queue;
                if in_queue || !default {
                    steps.push(self.rendezvous((g, nth, case), (other, partner_nth), value));
                }
            }
        }
        let seen = cases.iter().any(|case| self.channel(*case).capacity == Some(0));
        if !awaited && default {
            let mut after = self.after(g);
            after.says(g, "default".to_owned());
            after.runs_on(g);
            steps.push(Step::To(after));
        } else if !awaited && seen && !self.goroutines[g].parked {
            let mut parked = self.clone();
            parked.goroutines[g].parked = true;
            steps.push(Step::To(parked));
        }
        steps
    }

    fn channel(&self, case: Case) -> &Channel {
        let (Case::Send(n, _) | Case::Recv(n)) = case;
        &self.channels[n]
    }

    /// Whether the case can go through without anybody else.
    fn is_ready_alone(&self, case: Case) -> bool {
        let Channel { capacity, items, closed } = self.channel(case);
        match case {
            _ if capacity.is_none() => false,
            Case::Send(..) => *closed || Some(items.len()) < *capacity,
            Case::Recv(_) => *closed || !items.is_empty(),
        }
    }

    /// Whether the goroutine stands in a channel's queue: it has parked, and nothing has woken it since.
    fn has_parked(&self, g: usize) -> bool {
        let ask = self.ask(g).expect("a partner");
        self.goroutines[g].parked && !ask.cases.iter().any(|case| self.is_ready_alone(*case))
    }

    /// Who could take part in a rendezvous, by which of its cases, and what would be passed on.
    fn partners(&self, g: usize, case: Case) -> Vec<(usize, usize, u8)> {
        let Channel { capacity: Some(0), closed: false, .. } = self.channel(case) else { return Vec::new() };
        let mut partners = Vec::new();
        for other in (0..self.goroutines.len()).filter(|other| *other != g) {
            let Some(Ask { cases, default: false }) = self.ask(other) else { continue };
            for (nth, theirs) in cases.into_iter().enumerate() {
                match (case, theirs) {
                    (Case::Send(n, value), Case::Recv(m)) | (Case::Recv(n), Case::Send(m, value)) if n == m => {
                        partners.push((other, nth, value));
                    }
                    _ => {}
                }
            }
        }
        partners
    }

    fn alone(&self, g: usize, nth: usize, case: Case) -> Step<'a> {
        let mut after = self.after(g);
        match case {
            Case::Send(n, _) if self.channels[n].closed => after.panics(g, "send on closed channel"),
            Case::Send(n, value) => {
                after.channels[n].items.push(value);
                after.went(g, self, nth, None);
            }
            Case::Recv(n) if self.channels[n].items.is_empty() => after.went(g, self, nth, Some(None)),
            Case::Recv(n) => {
                let value = after.channels[n].items.remove(0);
                after.went(g, self, nth, Some(Some(value)));
            }
        }
        after.runs_on(g);
        Step::To(after)
    }

    fn rendezvous(&self, mine: (usize, usize, Case), partner: (usize, usize), value: u8) -> Step<'a> {
        let ((g, nth, case), (other, partner_nth)) = (mine, partner);
        let mut after = self.after(g);
        after.goroutines[other].todo.pop();
        after.goroutines[other].parked = false;
        let (mine, theirs) = match case {
            Case::Send(..) => (None, Some(Some(value))),
            Case::Recv(_) => (Some(Some(value)), None),
        };
        after.went(g, self, nth, mine);
        after.went(other, self, partner_nth, theirs);
        after.runs_on(g);
        after.runs_on(other);
        Step::To(after)
    }

    /// The `nth` case went through; `received` is what a receive has given, `Some(None)` from a closed channel.
    fn went(&mut self, g: usize, before: &Self, nth: usize, received: Option<Option<u8>>) {
        let got = match received {
            None => String::new(),
            Some(None) => " closed".to_owned(),
            Some(Some(value)) => format!(" {value}"),
        };
        match before.goroutines[g].todo.last() {
            Some(Todo::Op(Op::Select { .. })) => self.says(g, format!("case {nth}{got}")),
            Some(Todo::Op(Op::Range(_))) if received == Some(None) => {}
            Some(Todo::Op(range @ Op::Range(_))) => {
                self.goroutines[g].todo.push(Todo::Op(range));
                self.says(g, format!("range{got}"));
            }
            Some(Todo::Op(Op::Recv(_))) => self.says(g, format!("recv{got}")),
            _ => {}
        }
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

    fn says(&mut self, g: usize, text: String) {
        self.goroutines[g].todo.push(Todo::Say(text));
    }

    fn tried(&mut self, g: usize, got: bool, body: &'a [Op], unlock: &'static Op) {
        if got {
            self.goroutines[g].todo.push(Todo::Op(unlock));
            self.does(g, body);
        }
        self.says(g, format!("try {got}"));
    }

    fn spawn(&mut self, path: String, body: &'a [Op]) {
        let goroutine = Goroutine { path, children: 0, said: Vec::new(), todo: Vec::new(), parked: false };
        self.goroutines.push(goroutine);
        let g = self.goroutines.len() - 1;
        self.does(g, body);
        self.runs_on(g);
    }

    /// Local code, up to what is a step.
    fn runs_on(&mut self, g: usize) {
        loop {
            match self.goroutines[g].todo.pop() {
                Some(Todo::Op(Op::Spawn(body))) => {
                    let parent = &mut self.goroutines[g];
                    parent.children += 1;
                    let path = format!("{}.{}", parent.path, parent.children);
                    self.spawn(path, body);
                }
                Some(Todo::Op(Op::Call { body, recovers, deferred })) => {
                    self.goroutines[g].todo.push(Todo::Deferred(deferred, *recovers));
                    self.does(g, body);
                }
                Some(Todo::Op(Op::Panic)) => self.panics(g, BOOM),
                Some(Todo::Deferred(deferred, _)) => self.does(g, deferred),
                Some(Todo::Unwind(text)) => self.panics(g, &text),
                Some(step) => return self.goroutines[g].todo.push(step),
                None => return,
            }
        }
    }

    /// Unwinds to the next deferred call. A panic in a deferred call takes the place of the one that it was called for.
    fn panics(&mut self, g: usize, text: &str) {
        loop {
            match self.goroutines[g].todo.pop() {
                None => return self.goroutines[g].todo.push(Todo::Crash(text.to_owned())),
                Some(Todo::Deferred(deferred, true)) => {
                    self.does(g, deferred);
                    return self.says(g, format!("recovered {text}"));
                }
                Some(Todo::Deferred(deferred, false)) => {
                    self.goroutines[g].todo.push(Todo::Unwind(text.to_owned()));
                    return self.does(g, deferred);
                }
                Some(Todo::OnceIsOver) => {
                    self.goroutines[g].todo.extend([Todo::Unwind(text.to_owned()), Todo::OnceIsOver]);
                    return;
                }
                Some(_) => {}
            }
        }
    }
}
