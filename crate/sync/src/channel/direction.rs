//! Handles for one direction: what a function that only sends or only receives is given.
//!
//! What the other direction needs is not there, as in Go, where it does not compile:
//!
//! ```compile_fail
//! fn producer(out: chanscope_sync::SendOnly<u32>) {
//!     let _ = out.recv();
//! }
//! ```
//!
//! ```compile_fail
//! fn consumer(input: chanscope_sync::RecvOnly<u32>) {
//!     let _ = input.close();
//! }
//! ```

use chanscope_kernel::{Operation, Show, Value};

use super::{Chan, Close, Len, Range, Recv, Send};

/// `chan<- T`: sends and closes. Clones are the same channel.
pub struct SendOnly<T> {
    chan: Chan<T>,
}

/// `<-chan T`: receives. Clones are the same channel.
pub struct RecvOnly<T> {
    chan: Chan<T>,
}

impl<T> Clone for SendOnly<T> {
    fn clone(&self) -> Self {
        Self { chan: self.chan.clone() }
    }
}

impl<T> Clone for RecvOnly<T> {
    fn clone(&self) -> Self {
        Self { chan: self.chan.clone() }
    }
}

impl<T: 'static> Show for SendOnly<T> {
    fn show(&self) -> Value {
        self.chan.show()
    }
}

impl<T: 'static> Show for RecvOnly<T> {
    fn show(&self) -> Value {
        self.chan.show()
    }
}

impl<T: Show> From<Chan<T>> for SendOnly<T> {
    fn from(chan: Chan<T>) -> Self {
        Self::new(chan)
    }
}

impl<T: Show> From<Chan<T>> for RecvOnly<T> {
    fn from(chan: Chan<T>) -> Self {
        Self::new(chan)
    }
}

impl<T: Show> SendOnly<T> {
    pub(super) fn new(chan: Chan<T>) -> Self {
        Self { chan }
    }

    /// See [`Chan::send`].
    #[track_caller]
    pub fn send(&self, value: T) -> Operation<Send<T>> {
        self.chan.send(value)
    }

    /// See [`Chan::close`].
    #[track_caller]
    pub fn close(&self) -> Operation<Close<T>> {
        self.chan.close()
    }

    /// See [`Chan::len`].
    #[track_caller]
    pub fn len(&self) -> Operation<Len<T>> {
        self.chan.len()
    }

    /// See [`Chan::cap`].
    #[must_use]
    pub fn cap(&self) -> u32 {
        self.chan.cap()
    }
}

impl<T: Show> RecvOnly<T> {
    pub(super) fn new(chan: Chan<T>) -> Self {
        Self { chan }
    }

    /// See [`Chan::recv`].
    #[track_caller]
    pub fn recv(&self) -> Operation<Recv<T>> {
        self.chan.recv()
    }

    /// See [`Chan::range`].
    #[track_caller]
    pub fn range(&self) -> Range<T> {
        self.chan.range()
    }

    /// See [`Chan::len`].
    #[track_caller]
    pub fn len(&self) -> Operation<Len<T>> {
        self.chan.len()
    }

    /// See [`Chan::cap`].
    #[must_use]
    pub fn cap(&self) -> u32 {
        self.chan.cap()
    }
}
