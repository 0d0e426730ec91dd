//! The live half of a channel: what is in it, and what goroutines have laid aside.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Commit, Deed, GateId, Met, Object, Panic, Passage, Position, Show, Value};
use slab::Slab;

use super::kind::{CLOSE, LEN, RECV, SEND};

pub(super) struct Core<T> {
    /// Also kept by the trace, which is not to be asked while something commits.
    pub(super) name: Cow<'static, str>,
    pub(super) send_gate: GateId,
    pub(super) recv_gate: GateId,
    pub(super) capacity: u32,
    /// No channel at all: its gates stay shut, and nothing is ever in it.
    pub(super) nil: bool,
    pub(super) state: RefCell<Contents<T>>,
}

pub(super) struct Contents<T> {
    buffer: VecDeque<Item<T>>,
    closed: bool,
    /// What goroutines have laid aside, or what was laid aside for them.
    pub(super) aside: Slab<Aside<T>>,
}

impl<T> Contents<T> {
    pub(super) fn new() -> Self {
        Self { buffer: VecDeque::new(), closed: false, aside: Slab::new() }
    }
}

struct Item<T> {
    value: T,
    packed: Packed,
    sent: Position,
}

pub(super) enum Aside<T> {
    /// A sender's value, until it is taken.
    Value(T),
    /// A receiver's place, until a value comes.
    Empty,
    /// The same of a receiver who will drop it.
    Dropping,
    /// A receiver's result.
    Received(Option<T>),
    /// A sender's or closer's result.
    Done(Result<(), Panic>),
    /// How many items there were.
    Counted(u32),
}

impl<T> Aside<T> {
    fn lost_if_dropped(&self, receiver: &Deed, at: Position, commit: &mut Commit<'_>) {
        if matches!(self, Self::Dropping) {
            commit.loses(receiver, at);
        }
    }
}

impl<T: Show> Object for Core<T> {
    fn commit(&self, deed: &Deed, partner: Option<&Deed>, commit: &mut Commit<'_>) {
        let contents = &mut *self.state.borrow_mut();
        match (deed.act, partner) {
            (SEND, Some(receiver)) => contents.hand_over(deed, receiver, commit),
            (RECV, Some(sender)) => contents.hand_over(sender, deed, commit),
            (SEND, None) => self.send(contents, deed, commit),
            (RECV, None) => self.receive(contents, deed, commit),
            (CLOSE, None) => self.close(contents, deed, commit),
            (LEN, None) => self.count(contents, deed, commit),
            (act, _) => unreachable!("a channel has no {act:?}"),
        }
    }

    fn let_go(&self) {
        let mut contents = self.state.replace(Contents::new());
        contents.buffer.clear();
        contents.aside.clear();
        contents.closed = false;
        self.state.replace(contents);
    }
}

impl<T> Core<T> {
    /// Becomes a new channel, in the memory of this one, of which everything was let go.
    pub(super) fn renew(&mut self, new: Self) {
        let Self { state, .. } = std::mem::replace(self, new);
        self.state = state;
    }
}

impl<T> Contents<T> {
    fn answer(&mut self, deed: &Deed, answer: Aside<T>) -> Aside<T> {
        std::mem::replace(&mut self.aside[deed.ticket as usize], answer)
    }

    /// A rendezvous: the receiver has the value, then the sender wakes.
    fn hand_over(&mut self, sender: &Deed, receiver: &Deed, commit: &mut Commit<'_>) {
        let Aside::Value(value) = self.answer(sender, Aside::Done(Ok(()))) else {
            unreachable!("a sender has laid its value aside")
        };
        let place = self.answer(receiver, Aside::Received(Some(value)));
        let send = commit.next_position() + 1;
        let met = Met { partner: Some(sender.goroutine), source: Some(send) };
        let at = commit.record(receiver, sender.value, met, Flags::NONE);
        place.lost_if_dropped(receiver, at, commit);
        let met = Met { partner: Some(receiver.goroutine), source: None };
        commit.record(sender, sender.value, met, Flags::NONE);
    }
}

impl<T: Show> Core<T> {
    fn send(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        if contents.closed {
            contents.answer(deed, Aside::Done(Err(Panic::runtime_error("send on closed channel"))));
            commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED);
            return;
        }
        let Aside::Value(value) = contents.answer(deed, Aside::Done(Ok(()))) else {
            unreachable!("a sender has laid its value aside")
        };
        let sent = commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
        contents.buffer.push_back(Item { value, packed: deed.value, sent });
        commit.gate(self.recv_gate, Passage::Open);
        if contents.buffer.len() == self.capacity as usize {
            commit.gate(self.send_gate, Passage::Shut);
        }
    }

    fn receive(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        let Some(item) = contents.buffer.pop_front() else {
            contents.answer(deed, Aside::Received(None));
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::SPECIAL);
            return;
        };
        let place = contents.answer(deed, Aside::Received(Some(item.value)));
        let met = Met { partner: None, source: Some(item.sent) };
        let at = commit.record(deed, item.packed, met, Flags::NONE);
        place.lost_if_dropped(deed, at, commit);
        if !contents.closed {
            commit.gate(self.send_gate, Passage::Open);
            if contents.buffer.is_empty() {
                commit.gate(self.recv_gate, Passage::Shut);
            }
        }
    }

    fn close(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        let fails = match contents.closed {
            _ if self.nil => Some("close of nil channel"),
            true => Some("close of closed channel"),
            false => None,
        };
        if let Some(text) = fails {
            contents.answer(deed, Aside::Done(Err(Panic::runtime_error(text))));
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::FAILED);
            return;
        }
        contents.closed = true;
        contents.answer(deed, Aside::Done(Ok(())));
        commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
        commit.gate(self.send_gate, Passage::Open);
        commit.gate(self.recv_gate, Passage::Open);
    }

    fn count(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        let count = u32::try_from(contents.buffer.len()).expect("capacities are limited");
        contents.answer(deed, Aside::Counted(count));
        let value = commit.pack(Value::Int(count.into()));
        commit.record(deed, value, Met::NOBODY, Flags::NONE);
    }
}
