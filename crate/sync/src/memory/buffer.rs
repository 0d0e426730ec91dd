//! A goroutine's store buffer, and the background goroutine that drains it: it takes the oldest store, which nobody can
//! see, and then writes it to memory.

use std::borrow::Cow;
use std::cell::RefCell;
use std::collections::VecDeque;
use std::panic::Location;
use std::rc::Rc;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{
    Act, Commit, Declaration, Deed, GateId, Go, GoroutineId, Met, Name, ObjectId, Operation, Passage, Runtime,
};

use super::Word;
use super::buffer_kind::{BufferKind, DRAIN, FENCE, STORE, TAKE};
use crate::shared::{Ask, Live, Shared, Wanted, open_if};

/// One store on its way to memory.
#[derive(Clone)]
pub struct Entry {
    pub(super) word: Word,
    pub(super) value: i64,
    pub(super) site: &'static Location<'static>,
}

#[derive(Clone)]
pub(super) struct Buffer {
    shared: Shared<Stores>,
    entries: Rc<RefCell<VecDeque<Entry>>>,
    /// Open when there is nothing in it.
    pub(super) is_empty: GateId,
}

/// The stores in a buffer, oldest first.
pub struct Stores {
    entries: Rc<RefCell<VecDeque<Entry>>>,
    is_empty: GateId,
    /// Open when there is something that has not been taken.
    has_more: GateId,
    taken: usize,
}

impl Buffer {
    /// The buffer of `owner`, who runs now; `drained` by a goroutine of its own.
    pub(super) fn new(go: &Go, owner: GoroutineId, drained: bool, at: &'static Location<'static>) -> Self {
        let runtime = go.runtime();
        let (is_empty, has_more) = (runtime.add_gate(Passage::Open, false), runtime.add_gate(Passage::Shut, false));
        let entries: Rc<RefCell<VecDeque<Entry>>> = Rc::default();
        let name: Cow<'static, str> = format!("buffer of {}", runtime.name_of(owner)).into();
        let declaration = Declaration { kind: &BufferKind, name: name.clone(), size: 0, initial: None };
        let live = Stores { entries: Rc::clone(&entries), is_empty, has_more, taken: 0 };
        let buffer = Self { shared: Shared::new(go, declaration, live), entries, is_empty };
        if drained {
            let drains = buffer.clone();
            go.spawn_at(at, Name { name, role: "store buffer" }, async move {
                loop {
                    let take = drains.ask_at(TAKE, Some(has_more), Packed::NONE, None, |entry| entry, at);
                    let entry = take.await.expect("the gate was open");
                    entry.word.reached_by(entry.value, &drains, entry.site).await;
                }
            });
        }
        buffer
    }

    #[track_caller]
    pub(super) fn ask<T>(
        &self,
        act: Act,
        gate: Option<GateId>,
        value: Packed,
        slot: Option<Entry>,
        read: fn(Option<Entry>) -> T,
    ) -> Operation<Ask<Stores, T>> {
        self.ask_at(act, gate, value, slot, read, Location::caller())
    }

    fn ask_at<T>(
        &self,
        act: Act,
        gate: Option<GateId>,
        value: Packed,
        slot: Option<Entry>,
        read: fn(Option<Entry>) -> T,
        at: &'static Location<'static>,
    ) -> Operation<Ask<Stores, T>> {
        self.shared.ask_at(Wanted { act, gate, value, slot }, read, at)
    }

    pub(super) fn put(&self, entry: Entry, at: &'static Location<'static>) -> Operation<Ask<Stores, ()>> {
        let runtime: &Runtime = self.shared.runtime();
        let shown = format!("{} = {}", runtime.name_of_object(entry.word.object()), entry.value);
        let value = runtime.pack(chanscope_kernel::Value::text(&shown));
        self.ask_at(STORE, None, value, Some(entry), |_| (), at)
    }

    pub(super) fn newest(&self, word: ObjectId) -> Option<i64> {
        self.entries.borrow().iter().rev().find(|entry| entry.word.object() == word).map(|entry| entry.value)
    }

    /// Nothing is left in it, for which `deed` has waited.
    pub(super) fn found_empty(&self, deed: &Deed, commit: &mut Commit<'_>) {
        let fence = Deed { object: self.shared.object(), act: FENCE, value: Packed::NONE, ..*deed };
        commit.record(&fence, Packed::NONE, Met::NOBODY, Flags::NONE);
    }

    /// The oldest store has reached memory, by `deed`.
    pub(super) fn drained(&self, deed: &Deed, commit: &mut Commit<'_>) {
        let leaves = Deed { object: self.shared.object(), act: DRAIN, value: Packed::NONE, ..*deed };
        commit.record(&leaves, Packed::NONE, Met::NOBODY, Flags::NONE);
        self.entries.borrow_mut().pop_front().expect("it was taken from here");
        self.shared.live(|stores| {
            stores.taken -= 1;
            commit.gate(stores.is_empty, open_if(stores.entries.borrow().is_empty()));
        });
    }
}

impl Live for Stores {
    type Slot = Option<Entry>;

    fn commit(&mut self, deed: &Deed, slot: &mut Option<Entry>, commit: &mut Commit<'_>) {
        commit.record(deed, deed.value, Met::NOBODY, Flags::NONE);
        let mut entries = self.entries.borrow_mut();
        match deed.act {
            STORE => entries.push_back(slot.take().expect("a store brings a value")),
            TAKE => {
                *slot = Some(entries[self.taken].clone());
                self.taken += 1;
            }
            _ => {}
        }
        commit.gate(self.is_empty, open_if(entries.is_empty()));
        commit.gate(self.has_more, open_if(self.taken < entries.len()));
    }
}
