//! Sending, receiving and select: what goes through alone, and who meets whom.

use super::{Channel, State, Step, Todo};
use crate::program::{Case, Op};

/// What a blocking statement or a select asks of channels.
pub(super) struct Ask {
    pub(super) cases: Vec<Case>,
    default: bool,
}

impl<'a> State<'a> {
    /// What goroutine `g` asks of channels, if that is what it comes to next.
    pub(super) fn ask(&self, g: usize) -> Option<Ask> {
        let blocking = |case| Some(Ask { cases: vec![case], default: false });
        match self.goroutines[g].todo.last() {
            Some(Todo::Op(Op::Send(n, value))) => blocking(Case::Send(*n, *value)),
            Some(Todo::Op(Op::Recv(n) | Op::Range(n))) => blocking(Case::Recv(*n)),
            Some(Todo::Op(Op::Timer)) => blocking(Case::Timer),
            Some(Todo::Op(Op::Tick)) => blocking(Case::Tick),
            Some(Todo::Op(Op::CtxDone)) => blocking(Case::CtxDone),
            Some(Todo::Op(Op::LowerDone)) => blocking(Case::LowerDone),
            Some(Todo::Op(Op::Select { cases, default })) => Some(Ask { cases: cases.clone(), default: *default }),
            _ => None,
        }
    }

    pub(super) fn channel_steps(&self, g: usize) -> Vec<Step<'a>> {
        let Ask { cases, default } = self.ask(g).expect("asked before");
        let (mut steps, mut awaited) = (Vec::new(), false);
        for (nth, &case) in cases.iter().enumerate() {
            if self.is_ready_alone(case) {
                // What may have come at any moment need not have come yet.
                let may_be_early = self.at_any_moment && self.due(case).is_some_and(|due| due > self.time_of(g));
                awaited |= !may_be_early;
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
        let seen = cases.iter().any(|case| self.channel(*case).is_some_and(|channel| channel.capacity == Some(0)));
        if !awaited && default {
            let mut after = self.after(g);
            after.says(g, "default".to_owned());
            after.runs_on(g);
            steps.push(Step::To(Box::new(after)));
        } else if !awaited && seen && !self.goroutines[g].parked {
            let mut parked = self.clone();
            parked.goroutines[g].parked = true;
            steps.push(Step::To(Box::new(parked)));
        }
        steps
    }

    fn channel(&self, case: Case) -> Option<&Channel> {
        match case {
            Case::Send(n, _) | Case::Recv(n) => Some(&self.channels[n]),
            Case::Timer | Case::Tick | Case::CtxDone | Case::LowerDone => None,
        }
    }

    /// Whether the case can go through without anybody else.
    fn is_ready_alone(&self, case: Case) -> bool {
        match case {
            Case::Send(n, _) | Case::Recv(n) if self.channels[n].capacity.is_none() => false,
            Case::Send(n, _) => {
                let Channel { capacity, items, closed } = &self.channels[n];
                *closed || Some(items.len()) < *capacity
            }
            Case::Recv(n) => self.channels[n].closed || !self.channels[n].items.is_empty(),
            Case::Timer | Case::Tick => self.due(case).is_some_and(|due| self.has_come(due)),
            Case::CtxDone => self.contexts.upper.is_some(),
            Case::LowerDone => self.contexts.lower.is_some(),
        }
    }

    /// Whether the goroutine stands in a channel's queue: it has parked, and nothing has woken it since.
    fn has_parked(&self, g: usize) -> bool {
        let ask = self.ask(g).expect("a partner");
        self.goroutines[g].parked && !ask.cases.iter().any(|case| self.is_ready_alone(*case))
    }

    /// Who could take part in a rendezvous, by which of its cases, and what would be passed on.
    fn partners(&self, g: usize, case: Case) -> Vec<(usize, usize, u8)> {
        let Some(Channel { capacity: Some(0), closed: false, .. }) = self.channel(case) else { return Vec::new() };
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
            Case::Timer => {
                after.has_waited(g, self.timer.expect("it is ready"));
                after.timer = None;
                after.went(g, self, nth, None);
            }
            Case::Tick => {
                after.ticked(g);
                after.went(g, self, nth, None);
            }
            Case::CtxDone | Case::LowerDone => after.went(g, self, nth, None),
        }
        after.runs_on(g);
        Step::To(Box::new(after))
    }

    fn rendezvous(&self, mine: (usize, usize, Case), partner: (usize, usize), value: u8) -> Step<'a> {
        let ((g, nth, case), (other, partner_nth)) = (mine, partner);
        let mut after = self.after(g);
        after.goroutines[other].todo.pop();
        after.goroutines[other].parked = false;
        let (mine, theirs) = match case {
            Case::Send(..) => (None, Some(Some(value))),
            _ => (Some(Some(value)), None),
        };
        after.went(g, self, nth, mine);
        after.went(other, self, partner_nth, theirs);
        after.runs_on(g);
        after.runs_on(other);
        Step::To(Box::new(after))
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
            Some(Todo::Op(Op::Timer)) => self.says(g, "timer".to_owned()),
            Some(Todo::Op(Op::Tick)) => self.says(g, "tick".to_owned()),
            Some(Todo::Op(Op::CtxDone)) => self.says(g, "done".to_owned()),
            Some(Todo::Op(Op::LowerDone)) => self.says(g, "lower done".to_owned()),
            _ => {}
        }
    }
}
