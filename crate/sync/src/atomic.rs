//! `sync/atomic`: integers, booleans and pointers that goroutines change without a lock.
//!
//! Atomic operations behave as if executed in one order that all see (sequentially consistent), and whoever sees the
//! effect of another comes after it. An add that nobody is told the result of ([`Atomic::add`]) commutes with others;
//! one whose result is used ([`Atomic::add_and_load`]) does not. Not modelled: `Uint64` and `Uintptr`, whose values a
//! trace has no room for; `Value`, `And` and `Or`; atomic access to plain variables, which the typed values replace.
//!
//! Sources: package documentation of Go's `sync/atomic`; the Go memory model, "Atomic Values".

mod kind;
mod word;

use std::borrow::Cow;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Act, Commit, Declaration, Deed, Go, Met, Operation};

pub use kind::AtomicState;
pub use word::{Number, Ptr, Word};

use crate::shared::{Ask, Live, Shared, Wanted};
use kind::{ADD, ADD_AND_LOAD, AtomicKind, COMPARE_AND_SWAP, LOAD, STORE, SWAP};

/// `atomic.Bool`.
pub type Bool = Atomic<bool>;
/// `atomic.Int32`.
pub type Int32 = Atomic<i32>;
/// `atomic.Int64`.
pub type Int64 = Atomic<i64>;
/// `atomic.Uint32`.
pub type Uint32 = Atomic<u32>;
/// `atomic.Pointer[T]`.
pub type Pointer<T> = Atomic<Ptr<T>>;

/// A value that goroutines change without a lock. Clones are the same one.
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// use chanscope_sync::atomic;
/// async fn main(go: Go) -> Result<(), Panic> {
///     let count = atomic::Int32::new(&go, "count", 1);
///     count.add(2).await;
///     assert!(count.compare_and_swap(3, 7).await);
///     assert_eq!(count.swap(8).await, 7);
///     assert_eq!(count.add_and_load(-9).await, -1);
///     Ok(())
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
pub struct Atomic<T: Word> {
    shared: Shared<Memory<T>>,
}

impl<T: Word> Clone for Atomic<T> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

/// What is in an [`Atomic`].
pub struct Memory<T> {
    value: T,
}

/// What an operation brings, and what it leaves.
pub struct Exchange<T> {
    /// What has to be in it; then what was.
    old: Option<T>,
    /// What is to be in it, or to be added; then what is.
    new: Option<T>,
    /// Whether it was as expected.
    went: bool,
}

impl<T: Word> Atomic<T> {
    /// `var name atomic.Int64` and the like, with what was stored before anybody else could see it.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>, value: T) -> Self {
        let initial = Some(value.show());
        let declaration = Declaration { kind: &AtomicKind, name: name.into(), size: T::NUMBER as u32, initial };
        Self { shared: Shared::new(go, declaration, Memory { value }) }
    }

    /// `x.Load()`.
    #[track_caller]
    pub fn load(&self) -> Operation<Ask<Memory<T>, T>> {
        self.ask(LOAD, None, None, old)
    }

    /// `x.Store(value)`.
    #[track_caller]
    pub fn store(&self, value: T) -> Operation<Ask<Memory<T>, ()>> {
        self.ask(STORE, None, Some(value), |_| ())
    }

    /// `x.Swap(value)`: what was in it before.
    #[track_caller]
    pub fn swap(&self, value: T) -> Operation<Ask<Memory<T>, T>> {
        self.ask(SWAP, None, Some(value), old)
    }

    /// `x.CompareAndSwap(expected, value)`: whether it was as expected and is now the other.
    #[track_caller]
    pub fn compare_and_swap(&self, expected: T, value: T) -> Operation<Ask<Memory<T>, bool>> {
        self.ask(COMPARE_AND_SWAP, Some(expected), Some(value), |exchange| exchange.went)
    }

    #[track_caller]
    fn ask<R>(
        &self,
        act: Act,
        old: Option<T>,
        new: Option<T>,
        read: fn(Exchange<T>) -> R,
    ) -> Operation<Ask<Memory<T>, R>> {
        // Of a compare-and-swap what it expects, which decides what it would do.
        let brought = old.as_ref().or(new.as_ref());
        let value = brought.map_or(Packed::NONE, |value| self.shared.runtime().pack(value.show()));
        self.shared.ask(Wanted { act, gate: None, value, slot: Exchange { old, new, went: false } }, read)
    }
}

impl<T: Word + word::Adds> Atomic<T> {
    /// `x.Add(delta)` where nobody reads the result. It wraps around.
    #[track_caller]
    pub fn add(&self, delta: T) -> Operation<Ask<Memory<T>, ()>> {
        self.ask(ADD, None, Some(delta), |_| ())
    }

    /// `x.Add(delta)`: the new value. It wraps around.
    #[track_caller]
    pub fn add_and_load(&self, delta: T) -> Operation<Ask<Memory<T>, T>> {
        self.ask(ADD_AND_LOAD, None, Some(delta), |exchange| exchange.new.expect("the commit left the value"))
    }
}

fn old<T>(exchange: Exchange<T>) -> T {
    exchange.old.expect("the commit left the value")
}

impl<T: Word> Live for Memory<T> {
    type Slot = Exchange<T>;

    fn commit(&mut self, deed: &Deed, exchange: &mut Exchange<T>, commit: &mut Commit<'_>) {
        let before = self.value.clone();
        exchange.went = exchange.old.as_ref().is_none_or(|expected| *expected == before);
        let after = match (deed.act, exchange.new.take()) {
            (ADD | ADD_AND_LOAD, Some(delta)) => Some(before.plus(&delta)),
            (_, new) => new.filter(|_| exchange.went),
        };
        // What a trace shows: what is in it now, or what was read; for an add that nobody reads, how much.
        let value = match &after {
            Some(_) if deed.act == ADD => deed.value,
            Some(after) => commit.pack(after.show()),
            None => commit.pack(before.show()),
        };
        commit.record(deed, value, Met::NOBODY, Flags::SPECIAL.when(!exchange.went));
        if let Some(after) = &after {
            self.value = after.clone();
        }
        (exchange.old, exchange.new) = (Some(before), after);
    }
}
