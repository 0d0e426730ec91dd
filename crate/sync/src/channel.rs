//! Channels while a run goes on.
//!
//! Source: The Go Programming Language Specification, "Channel types", "Send statements", "Receive operator", "Close".

use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{
    Act, Case, Commit, Declaration, Deed, GateId, Go, Met, Object, ObjectId, Offer, Operation, Panic, Passage,
    Position, Runtime, Show,
};
use slab::Slab;

use crate::channel_kind::{CLOSE, ChannelKind, RECV, SEND};

/// The largest capacity, in items.
pub const MAX_CAPACITY: u32 = 1_000_000;

/// A channel of `T`. Clones are the same channel.
pub struct Chan<T> {
    runtime: Rc<Runtime>,
    core: Rc<Core<T>>,
    object: ObjectId,
}

impl<T> Clone for Chan<T> {
    fn clone(&self) -> Self {
        Self { runtime: Rc::clone(&self.runtime), core: Rc::clone(&self.core), object: self.object }
    }
}

struct Core<T> {
    send_gate: GateId,
    recv_gate: GateId,
    capacity: usize,
    state: RefCell<Contents<T>>,
}

struct Contents<T> {
    buffer: VecDeque<Item<T>>,
    closed: bool,
    /// What goroutines have laid aside, or what was laid aside for them.
    aside: Slab<Aside<T>>,
}

struct Item<T> {
    value: T,
    packed: Packed,
    sent: Position,
}

enum Aside<T> {
    /// A sender's value, until it is taken.
    Value(T),
    /// A receiver's place, until a value comes.
    Empty,
    /// A receiver's result.
    Received(Option<T>),
    /// A sender's or closer's result.
    Done(Result<(), Panic>),
}

impl<T: Show> Chan<T> {
    /// `make(chan T, capacity)`. The name is the variable's in the Go program.
    ///
    /// # Panics
    /// When the capacity is above [`MAX_CAPACITY`]: programs check their config before.
    #[must_use]
    pub fn new(go: &Go, name: &str, capacity: u32) -> Self {
        assert!(capacity <= MAX_CAPACITY, "a channel holds at most {MAX_CAPACITY} items");
        let runtime = Rc::clone(go.runtime());
        let unbuffered = capacity == 0;
        // Whether a partner has parked can be told at unbuffered channels only, by a select with default.
        let send_gate = runtime.add_gate(Passage::Shut, unbuffered);
        let recv_gate = runtime.add_gate(Passage::Shut, unbuffered);
        if unbuffered {
            runtime.set_gate(send_gate, Passage::Meeting(recv_gate));
            runtime.set_gate(recv_gate, Passage::Meeting(send_gate));
        } else {
            runtime.set_gate(send_gate, Passage::Open);
        }
        let contents = Contents { buffer: VecDeque::new(), closed: false, aside: Slab::new() };
        let state = RefCell::new(contents);
        let core = Rc::new(Core { send_gate, recv_gate, capacity: capacity as usize, state });
        let declaration = Declaration { kind: &ChannelKind, name: name.to_owned(), size: capacity, initial: None };
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, core, object }
    }

    /// `ch <- value`. Returns Go's panic when the channel is closed.
    #[track_caller]
    pub fn send(&self, value: T) -> Operation<Send<T>> {
        Operation::new(&self.runtime, Send { chan: self.clone(), value: Some(value), ticket: None })
    }

    /// `<-ch`. `None` once the channel is closed and drained, where Go gives the zero value and `ok == false`.
    #[track_caller]
    pub fn recv(&self) -> Operation<Recv<T>> {
        Operation::new(&self.runtime, Recv { chan: self.clone(), ticket: None })
    }

    /// `close(ch)`. Returns Go's panic when the channel is closed already.
    #[track_caller]
    pub fn close(&self) -> Operation<Close<T>> {
        Operation::new(&self.runtime, Close { chan: self.clone(), ticket: None })
    }

    fn open(&self, location: &'static Location<'static>, aside: Aside<T>, act: Act) -> (Case, usize) {
        let value = match &aside {
            Aside::Value(value) => self.runtime.pack(value.show()),
            _ => Packed::NONE,
        };
        let gate = match act {
            SEND => self.core.send_gate,
            RECV => self.core.recv_gate,
            _ => self.runtime.always(),
        };
        let key = self.core.state.borrow_mut().aside.insert(aside);
        let ticket = u32::try_from(key).expect("goroutines are limited");
        let site = self.runtime.site(location);
        (Case { object: self.object, gate, act, ticket, site, value, draws: 0 }, key)
    }

    fn take_aside(&self, ticket: Option<usize>) -> Aside<T> {
        self.core.state.borrow_mut().aside.remove(ticket.expect("it was submitted"))
    }
}

/// A send; see [`Chan::send`].
pub struct Send<T> {
    chan: Chan<T>,
    value: Option<T>,
    ticket: Option<usize>,
}

/// A receive; see [`Chan::recv`].
pub struct Recv<T> {
    chan: Chan<T>,
    ticket: Option<usize>,
}

/// A close; see [`Chan::close`].
pub struct Close<T> {
    chan: Chan<T>,
    ticket: Option<usize>,
}

// Nothing in these is ever pinned: values are moved, futures are not kept.
impl<T> Unpin for Send<T> {}
impl<T> Unpin for Recv<T> {}
impl<T> Unpin for Close<T> {}

impl<T: Show> Offer for Send<T> {
    type Output = Result<(), Panic>;

    fn open(&mut self, _: &Runtime, location: &'static Location<'static>) -> Case {
        let value = self.value.take().expect("a send is submitted once");
        let (case, key) = self.chan.open(location, Aside::Value(value), SEND);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> Result<(), Panic> {
        match self.chan.take_aside(self.ticket) {
            Aside::Done(result) => result,
            _ => unreachable!("the commit left the result"),
        }
    }

    fn withdraw(&mut self) {
        self.chan.take_aside(self.ticket);
    }
}

impl<T: Show> Offer for Recv<T> {
    type Output = Option<T>;

    fn open(&mut self, _: &Runtime, location: &'static Location<'static>) -> Case {
        let (case, key) = self.chan.open(location, Aside::Empty, RECV);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> Option<T> {
        match self.chan.take_aside(self.ticket) {
            Aside::Received(value) => value,
            _ => unreachable!("the commit left the value"),
        }
    }

    fn withdraw(&mut self) {
        self.chan.take_aside(self.ticket);
    }
}

impl<T: Show> Offer for Close<T> {
    type Output = Result<(), Panic>;

    fn open(&mut self, _: &Runtime, location: &'static Location<'static>) -> Case {
        let (case, key) = self.chan.open(location, Aside::Empty, CLOSE);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> Result<(), Panic> {
        match self.chan.take_aside(self.ticket) {
            Aside::Done(result) => result,
            _ => unreachable!("the commit left the result"),
        }
    }

    fn withdraw(&mut self) {
        unreachable!("a close is no case of a select");
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
            (act, _) => unreachable!("a channel has no {act:?}"),
        }
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
        self.answer(receiver, Aside::Received(Some(value)));
        let send = commit.next_position() + 1;
        let met = Met { partner: Some(sender.goroutine), source: Some(send) };
        commit.record(receiver, sender.value, met, Flags::NONE);
        let met = Met { partner: Some(receiver.goroutine), source: None };
        commit.record(sender, sender.value, met, Flags::NONE);
    }
}

impl<T: Show> Core<T> {
    fn send(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        if contents.closed {
            contents.answer(deed, Aside::Done(Err(Panic::new("send on closed channel"))));
            commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED);
            return;
        }
        let Aside::Value(value) = contents.answer(deed, Aside::Done(Ok(()))) else {
            unreachable!("a sender has laid its value aside")
        };
        let sent = commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
        contents.buffer.push_back(Item { value, packed: deed.value, sent });
        commit.gate(self.recv_gate, Passage::Open);
        if contents.buffer.len() == self.capacity {
            commit.gate(self.send_gate, Passage::Shut);
        }
    }

    fn receive(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        let Some(item) = contents.buffer.pop_front() else {
            contents.answer(deed, Aside::Received(None));
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::SPECIAL);
            return;
        };
        contents.answer(deed, Aside::Received(Some(item.value)));
        let met = Met { partner: None, source: Some(item.sent) };
        commit.record(deed, item.packed, met, Flags::NONE);
        if !contents.closed {
            commit.gate(self.send_gate, Passage::Open);
            if contents.buffer.is_empty() {
                commit.gate(self.recv_gate, Passage::Shut);
            }
        }
    }

    fn close(&self, contents: &mut Contents<T>, deed: &Deed, commit: &mut Commit<'_>) {
        if contents.closed {
            contents.answer(deed, Aside::Done(Err(Panic::new("close of closed channel"))));
            commit.record(deed, Packed::NONE, Met::NOBODY, Flags::FAILED);
            return;
        }
        contents.closed = true;
        contents.answer(deed, Aside::Done(Ok(())));
        commit.record(deed, Packed::NONE, Met::NOBODY, Flags::NONE);
        commit.gate(self.send_gate, Passage::Open);
        commit.gate(self.recv_gate, Passage::Open);
    }
}
