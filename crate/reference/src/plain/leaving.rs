//! What a goroutine does between its steps, and how functions are left: by return, by a panic, by `runtime.Goexit`.

use super::{State, Todo};
use crate::program::{BOOM, Op};

/// Why functions are left before their end.
#[derive(Clone, PartialEq, Eq, Hash)]
pub(super) struct Leaving {
    /// What a deferred call can recover.
    pub(super) panic: Option<String>,
    /// `runtime.Goexit` was called: the goroutine ends, whatever is recovered.
    pub(super) exits: bool,
}

impl<'a> State<'a> {
    /// Local code, up to what is a step.
    pub(super) fn runs_on(&mut self, g: usize) {
        loop {
            match self.goroutines[g].todo.pop() {
                Some(Todo::Op(Op::Spawn(body))) => {
                    let path = self.child_of(g);
                    self.spawn(path, self.goroutines[g].now, None, None, body);
                }
                Some(Todo::Op(Op::AfterFunc(duration, body))) => {
                    let path = self.child_of(g);
                    self.spawn(path, self.goroutines[g].now, None, Some(self.time_of(g) + duration), body);
                }
                Some(Todo::Op(Op::Sleep(duration))) => {
                    let until = Todo::Until(self.time_of(g) + duration);
                    return self.goroutines[g].todo.push(until);
                }
                Some(Todo::Op(Op::CondWait)) => {
                    let steps = [Todo::Op(&Op::Lock(0)), Todo::WakeUp, Todo::Op(&Op::Unlock(0)), Todo::FallAsleep];
                    return self.goroutines[g].todo.extend(steps);
                }
                Some(Todo::Op(Op::Writing(body))) => self.holding(g, &Op::WriteLock, body, &Op::WriteUnlock),
                Some(Todo::Op(Op::Reading(body))) => self.holding(g, &Op::ReadLock, body, &Op::ReadUnlock),
                Some(Todo::Op(Op::Call { body, recovers, deferred })) => {
                    self.goroutines[g].todo.push(Todo::Deferred(deferred, *recovers));
                    self.does(g, body);
                }
                Some(Todo::Op(Op::Panic)) => self.panics(g, BOOM),
                Some(Todo::Op(Op::Goexit)) => self.leaves(g, Leaving { panic: None, exits: true }),
                Some(Todo::GroupDone) => self.goroutines[g].todo.push(Todo::Op(&Op::Done)),
                Some(Todo::Deferred(deferred, _)) => self.does(g, deferred),
                Some(Todo::Leave(leaving)) => self.leaves(g, leaving),
                Some(step) => return self.goroutines[g].todo.push(step),
                None => return,
            }
        }
    }

    pub(super) fn panics(&mut self, g: usize, text: &str) {
        self.leaves(g, Leaving { panic: Some(text.to_owned()), exits: false });
    }

    /// Leaves functions up to the next deferred call. A panic in a deferred call takes the place of the one that it was
    /// called for; that the goroutine is to end stays.
    fn leaves(&mut self, g: usize, mut leaving: Leaving) {
        loop {
            match self.goroutines[g].todo.pop() {
                None => {
                    let last = leaving.panic.map(Todo::Crash).or((g == 0).then_some(Todo::Gone));
                    return self.goroutines[g].todo.extend(last);
                }
                Some(Todo::Deferred(deferred, recovers)) => {
                    let recovered = leaving.panic.take_if(|_| recovers);
                    if leaving.panic.is_some() || leaving.exits {
                        self.goroutines[g].todo.push(Todo::Leave(leaving));
                    }
                    self.does(g, deferred);
                    if let Some(text) = recovered {
                        self.says(g, format!("recovered {text}"));
                    }
                    return;
                }
                Some(Todo::GroupDone) if leaving.panic.is_none() => {
                    return self.goroutines[g].todo.extend([Todo::Leave(leaving), Todo::Op(&Op::Done)]);
                }
                Some(last @ (Todo::MakeRoom | Todo::LeaveGroup)) => {
                    return self.goroutines[g].todo.extend([Todo::Leave(leaving), last]);
                }
                Some(Todo::OnceIsOver) => {
                    return self.goroutines[g].todo.extend([Todo::Leave(leaving), Todo::OnceIsOver]);
                }
                Some(Todo::Leave(older)) => leaving.exits |= older.exits,
                Some(_) => {}
            }
        }
    }
}
