//! Channels: buffered, unbuffered and nil, and the handles by which they are used.
//!
//! Source: The Go Programming Language Specification, "Channel types", "Send statements", "Receive operator", "Close",
//! "Length and capacity", "For statements with range clause".

mod direction;
mod kind;
mod live;
mod probe;
mod range;

use std::borrow::Cow;
use std::cell::RefCell;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::Packed;
use chanscope_kernel::{
    Act, Case, Declaration, Go, Kind, Limit, Object, ObjectId, Offer, Operation, Panic, Passage, Runtime, Show, Value,
};

pub use direction::{RecvOnly, SendOnly};
pub use kind::{ChannelState, NilChannelState};
pub use probe::Probe;
pub use range::Range;

use crate::shared::At;
use kind::{CLOSE, ChannelKind, LEN, NilKind, RECV, SEND};
use live::{Aside, Contents, Core};

/// The largest capacity, in items. Go's own limit is the memory; a program that asks for more is cut here.
pub const MAX_CAPACITY: u32 = 1_000_000;

/// A channel of `T`. Clones are the same channel.
pub struct Chan<T> {
    runtime: Rc<Runtime>,
    own: Own<T>,
}

impl<T> Clone for Chan<T> {
    fn clone(&self) -> Self {
        Self { runtime: Rc::clone(&self.runtime), own: self.own.clone() }
    }
}

/// What an operation holds of its channel.
struct Own<T> {
    core: Rc<Core<T>>,
    object: ObjectId,
}

impl<T> Clone for Own<T> {
    fn clone(&self) -> Self {
        Self { core: Rc::clone(&self.core), object: self.object }
    }
}

/// A channel as a value is told by its name: an address would differ from run to run.
impl<T: 'static> Show for Chan<T> {
    fn show(&self) -> Value {
        Value::word(&self.own.core.name)
    }
}

impl<T: Show> Chan<T> {
    /// `make(chan T, capacity)`. The name is the variable's in the Go program.
    ///
    /// Above [`MAX_CAPACITY`] the run is cut by [`Limit::Capacity`].
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, capacity: u32) -> Self {
        let runtime = Rc::clone(go.runtime());
        if capacity > MAX_CAPACITY {
            runtime.cut(Limit::Capacity);
        }
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
        let state = RefCell::new(Contents::new());
        let core = Core { name: name.into(), send_gate, recv_gate, capacity, nil: false, state };
        Self::declare(runtime, core, &ChannelKind)
    }

    /// `make(chan T, size)` with a size that the program has computed.
    ///
    /// # Errors
    /// Go's panic when the size is negative.
    pub fn make(go: &Go, name: impl Into<Cow<'static, str>>, size: i64) -> Result<Self, Panic> {
        if size < 0 {
            return Err(Panic::runtime_error("makechan: size out of range"));
        }
        Ok(Self::new(go, name, u32::try_from(size).unwrap_or(u32::MAX)))
    }

    /// `var ch chan T`: a channel that is nil. Sends and receives wait for ever, so a case of a select with it is never
    /// ready; to close it is a panic.
    #[must_use]
    pub fn nil(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        let runtime = Rc::clone(go.runtime());
        let gate = runtime.add_gate(Passage::Shut, false);
        let state = RefCell::new(Contents::new());
        let core = Core { name: name.into(), send_gate: gate, recv_gate: gate, capacity: 0, nil: true, state };
        Self::declare(runtime, core, &NilKind)
    }

    fn declare(runtime: Rc<Runtime>, core: Core<T>, kind: &'static dyn Kind) -> Self {
        let declaration = Declaration { kind, name: core.name.clone(), size: core.capacity, initial: None };
        let core = match runtime.left_object::<Core<T>>() {
            Some(mut left) => {
                Rc::get_mut(&mut left).expect("it is shared with nobody").renew(core);
                left
            }
            None => Rc::new(core),
        };
        let object = runtime.add_object(declaration, Rc::clone(&core) as Rc<dyn Object>);
        Self { runtime, own: Own { core, object } }
    }

    /// Whether it is nil.
    #[must_use]
    pub fn is_nil(&self) -> bool {
        self.own.core.nil
    }

    /// The channel for sending only: `chan<- T`.
    #[must_use]
    pub fn send_only(&self) -> SendOnly<T> {
        SendOnly::new(self.clone())
    }

    /// The channel for receiving only: `<-chan T`.
    #[must_use]
    pub fn recv_only(&self) -> RecvOnly<T> {
        RecvOnly::new(self.clone())
    }

    /// `ch <- value`. Returns Go's panic when the channel is closed.
    #[track_caller]
    pub fn send(&self, value: T) -> Operation<Send<T>> {
        Operation::new(&self.runtime, Send { chan: self.own.clone(), value: Some(value), ticket: None })
    }

    /// `<-ch`. `None` once the channel is closed and drained, where Go gives the zero value and `ok == false`.
    #[track_caller]
    pub fn recv(&self) -> Operation<Recv<T>> {
        self.recv_at(Location::caller())
    }

    fn recv_at(&self, location: &'static Location<'static>) -> Operation<Recv<T>> {
        Operation::at(&self.runtime, Recv { chan: self.own.clone(), ticket: None }, location)
    }

    /// `for v := range ch`: a stream of what is received, until the channel is closed and drained. Each step is an
    /// ordinary receive.
    ///
    /// ```
    /// # fn example() {
    /// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
    /// # use chanscope_sync::Chan;
    /// use futures::StreamExt;
    /// async fn main(go: Go) -> Result<(), Panic> {
    ///     let ch = Chan::new(&go, "ch", 2);
    ///     ch.send(1).await?;
    ///     ch.send(2).await?;
    ///     ch.close().await?;
    ///     assert_eq!(ch.range().collect::<Vec<u32>>().await, [1, 2]);
    ///     Ok(())
    /// }
    /// let mut run = Run::new(Limits::default(), main);
    /// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
    /// # }
    /// # example();
    /// ```
    #[track_caller]
    pub fn range(&self) -> Range<T> {
        Range::new(self.clone(), Location::caller())
    }

    /// `len(ch)`: how many items are in the buffer. A look, since they come and go; 0 for a nil channel.
    #[track_caller]
    pub fn len(&self) -> Operation<Len<T>> {
        Operation::new(&self.runtime, Len { chan: self.own.clone(), ticket: None })
    }

    /// `cap(ch)`. No step: it never changes. 0 for a nil channel.
    #[must_use]
    pub fn cap(&self) -> u32 {
        self.own.core.capacity
    }

    /// `close(ch)`. Returns Go's panic when the channel is closed already.
    #[track_caller]
    pub fn close(&self) -> Operation<Close<T>> {
        Operation::new(&self.runtime, Close { chan: self.own.clone(), ticket: None })
    }
}

impl<T: Show> Own<T> {
    fn open(&self, runtime: &Runtime, at: At, aside: Aside<T>, act: Act) -> (Case, usize) {
        let value = match &aside {
            Aside::Value(value) => runtime.pack(value.show()),
            _ => Packed::NONE,
        };
        let gate = match act {
            SEND => self.core.send_gate,
            RECV => self.core.recv_gate,
            _ => runtime.always(),
        };
        let key = self.core.state.borrow_mut().aside.insert(aside);
        let ticket = u32::try_from(key).expect("goroutines are limited");
        let site = runtime.site(at);
        (Case { object: self.object, gate, act, ticket, site, value, draws: 0 }, key)
    }

    fn take_aside(&self, ticket: Option<usize>) -> Aside<T> {
        self.core.state.borrow_mut().aside.remove(ticket.expect("it was submitted"))
    }
}

/// A send; see [`Chan::send`].
pub struct Send<T> {
    chan: Own<T>,
    value: Option<T>,
    ticket: Option<usize>,
}

/// A receive; see [`Chan::recv`].
pub struct Recv<T> {
    chan: Own<T>,
    ticket: Option<usize>,
}

/// A close; see [`Chan::close`].
pub struct Close<T> {
    chan: Own<T>,
    ticket: Option<usize>,
}

/// A look at how many items there are; see [`Chan::len`].
pub struct Len<T> {
    chan: Own<T>,
    ticket: Option<usize>,
}

// Nothing in these is ever pinned: values are moved, futures are not kept.
impl<T> Unpin for Send<T> {}
impl<T> Unpin for Recv<T> {}
impl<T> Unpin for Close<T> {}
impl<T> Unpin for Len<T> {}

impl<T: Show> Offer for Send<T> {
    type Output = Result<(), Panic>;

    fn open(&mut self, runtime: &Runtime, at: At) -> Case {
        let value = self.value.take().expect("a send is submitted once");
        let (case, key) = self.chan.open(runtime, at, Aside::Value(value), SEND);
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

    fn open(&mut self, runtime: &Runtime, at: At) -> Case {
        let (case, key) = self.chan.open(runtime, at, Aside::Empty, RECV);
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

    fn open(&mut self, runtime: &Runtime, at: At) -> Case {
        let (case, key) = self.chan.open(runtime, at, Aside::Empty, CLOSE);
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

impl<T: Show> Offer for Len<T> {
    type Output = u32;

    fn open(&mut self, runtime: &Runtime, at: At) -> Case {
        let (case, key) = self.chan.open(runtime, at, Aside::Empty, LEN);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> u32 {
        match self.chan.take_aside(self.ticket) {
            Aside::Counted(count) => count,
            _ => unreachable!("the commit left the number"),
        }
    }

    fn withdraw(&mut self) {
        unreachable!("a look is no case of a select");
    }
}
