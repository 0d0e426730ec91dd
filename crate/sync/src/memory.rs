//! Memory as a processor shows it: plain words under sequential consistency, or with a store buffer for each goroutine.
//!
//! Under total store order (x86-TSO) a store goes into the goroutine's own buffer, which drains into memory in order
//! and at any time; a load takes the newest store of its own buffer, and else what is in memory; a fence waits until
//! the buffer is empty, and so does an exchange, which then reads and writes memory at once. Caches are coherent and
//! play no part. Compilers, which may reorder more, are left out. A model, for looking at: Go promises nothing of the
//! kind to programs with data races.
//!
//! The buffer is a goroutine that waits in the background for something to drain. Races are looked for under sequential
//! consistency only.
//!
//! Source: Sewell, Sarkar, Owens, Zappa Nardelli, Myreen, "x86-TSO: A Rigorous and Usable Programmer's Model for x86
//! Multiprocessors", CACM 53(7), 2010.

mod buffer;
mod buffer_kind;
mod cell_kind;

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::BTreeMap;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Commit, Declaration, Deed, Go, GoroutineId, Met, ObjectId, Operation, Show};

use crate::shared::{Ask, Live, Shared, Wanted};
use buffer::Buffer;
use buffer_kind::FENCE;
use cell_kind::{BUFFERED, LOAD, PLAIN, STORE, SWAP};

pub use buffer::{Entry, Stores};
pub use buffer_kind::BufferState;

/// When a store is seen.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Model {
    /// At once: loads and stores happen one after the other.
    #[default]
    SequentialConsistency,
    /// Once it has left the store buffer of who made it.
    TotalStoreOrder,
}

/// The memory that goroutines share. Clones are the same one.
#[derive(Clone)]
pub struct Memory {
    go: Go,
    model: Model,
    buffers: Rc<RefCell<BTreeMap<GoroutineId, Buffer>>>,
}

/// One word of it. Clones are the same one.
#[derive(Clone)]
pub struct Word {
    memory: Memory,
    shared: Shared<Content>,
}

/// What is in a word.
pub struct Content {
    memory: Memory,
    value: i64,
}

impl Memory {
    /// Memory with nothing in it.
    #[must_use]
    pub fn new(go: &Go, model: Model) -> Self {
        Self { go: go.clone(), model, buffers: Rc::default() }
    }

    /// A word of it, with what is in there at the start.
    #[must_use]
    pub fn word(&self, name: impl Into<Cow<'static, str>>, value: i64) -> Word {
        let buffered = self.model == Model::TotalStoreOrder;
        let declaration = Declaration {
            kind: if buffered { BUFFERED } else { PLAIN },
            name: name.into(),
            // Digests tell the two apart by it.
            size: u32::from(buffered),
            initial: Some(value.show()),
        };
        let live = Content { memory: self.clone(), value };
        Word { memory: self.clone(), shared: Shared::new(&self.go, declaration, live) }
    }

    /// `MFENCE`: goes on once everything that the goroutine has stored can be seen. Nothing to wait for under
    /// sequential consistency.
    #[track_caller]
    pub fn fence(&self) -> Operation<Ask<Stores, ()>> {
        let buffer = self.buffer(Location::caller());
        buffer.ask(FENCE, Some(buffer.is_empty), Packed::NONE, None, |_| ())
    }

    /// The buffer of the goroutine that runs now.
    fn buffer(&self, at: &'static Location<'static>) -> Buffer {
        let owner = self.go.runtime().current();
        let known = self.buffers.borrow().get(&owner).cloned();
        known.unwrap_or_else(|| {
            let buffer = Buffer::new(&self.go, owner, self.model == Model::TotalStoreOrder, at);
            self.buffers.borrow_mut().insert(owner, buffer.clone());
            buffer
        })
    }

    /// The newest store to `word` in the buffer of `owner`.
    fn forwarded(&self, owner: GoroutineId, word: ObjectId) -> Option<i64> {
        self.buffers.borrow().get(&owner).and_then(|buffer| buffer.newest(word))
    }
}

/// What an operation on a word brings or gets.
#[derive(Default)]
pub struct Moved {
    value: i64,
    /// The buffer that it comes out of, or that has to be empty.
    buffer: Option<Buffer>,
}

impl Word {
    /// Reads the word.
    #[track_caller]
    pub fn load(&self) -> Operation<Ask<Content, i64>> {
        let wanted = Wanted { act: LOAD, gate: None, value: Packed::NONE, slot: Moved::default() };
        self.shared.ask(wanted, |moved| moved.value)
    }

    /// Writes the word: into the buffer, where there is one.
    #[track_caller]
    pub fn store(&self, value: i64) -> Store {
        let packed = self.shared.runtime().pack(value.show());
        let at = Location::caller();
        match self.memory.model {
            Model::SequentialConsistency => {
                let wanted = Wanted { act: STORE, gate: None, value: packed, slot: Moved { value, buffer: None } };
                Store::AtOnce(self.shared.ask_at(wanted, |_| (), at))
            }
            Model::TotalStoreOrder => {
                let entry = Entry { word: self.clone(), value, site: at };
                Store::Buffered(self.memory.buffer(at).put(entry, at))
            }
        }
    }

    pub(crate) fn object(&self) -> ObjectId {
        self.shared.object()
    }

    /// The oldest store of a buffer reaches memory.
    fn reached_by(&self, value: i64, buffer: &Buffer, at: &'static Location<'static>) -> Operation<Ask<Content, ()>> {
        let packed = self.shared.runtime().pack(value.show());
        let slot = Moved { value, buffer: Some(buffer.clone()) };
        self.shared.ask_at(Wanted { act: STORE, gate: None, value: packed, slot }, |_| (), at)
    }

    /// `XCHG`: writes the word and answers what was in it, in one step that waits until the goroutine's buffer is
    /// empty.
    #[track_caller]
    pub fn swap(&self, value: i64) -> Operation<Ask<Content, i64>> {
        let at = Location::caller();
        let buffer = (self.memory.model == Model::TotalStoreOrder).then(|| self.memory.buffer(at));
        let gate = buffer.as_ref().map(|buffer| buffer.is_empty);
        let packed = self.shared.runtime().pack(value.show());
        let wanted = Wanted { act: SWAP, gate, value: packed, slot: Moved { value, buffer } };
        self.shared.ask_at(wanted, |moved| moved.value, at)
    }
}

/// A store; see [`Word::store`].
#[must_use = "an operation does nothing until it is awaited"]
pub enum Store {
    /// Under sequential consistency.
    AtOnce(Operation<Ask<Content, ()>>),
    /// Under total store order.
    Buffered(Operation<Ask<Stores, ()>>),
}

impl Future for Store {
    type Output = ();

    fn poll(self: std::pin::Pin<&mut Self>, cx: &mut std::task::Context<'_>) -> std::task::Poll<()> {
        match self.get_mut() {
            Self::AtOnce(operation) => std::pin::Pin::new(operation).poll(cx),
            Self::Buffered(operation) => std::pin::Pin::new(operation).poll(cx),
        }
    }
}

impl Live for Content {
    type Slot = Moved;

    /// Buffers hold words, and words the memory that holds the buffers.
    fn let_go(&mut self) {
        self.memory.buffers.take();
    }

    fn commit(&mut self, deed: &Deed, slot: &mut Moved, commit: &mut Commit<'_>) {
        match deed.act {
            LOAD => {
                let forwarded = self.memory.forwarded(deed.goroutine, deed.object);
                slot.value = forwarded.unwrap_or(self.value);
                let value = commit.pack(slot.value.show());
                commit.record(deed, value, Met::NOBODY, Flags::SPECIAL.when(forwarded.is_some()));
            }
            STORE => {
                self.value = slot.value;
                commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
                if let Some(buffer) = slot.buffer.take() {
                    buffer.drained(deed, commit);
                }
            }
            _ => {
                if let Some(buffer) = slot.buffer.take() {
                    buffer.found_empty(deed, commit);
                }
                slot.value = std::mem::replace(&mut self.value, slot.value);
                commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
            }
        }
    }
}
