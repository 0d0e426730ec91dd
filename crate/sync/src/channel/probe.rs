//! What is received and not used: `_, ok := <-ch`, which only asks whether there was something, and what is dropped
//! later.

use chanscope_kernel::{Case, Offer, Operation, Runtime, Show};

use super::kind::RECV;
use super::live::Aside;
use super::{Chan, Own};
use crate::shared::At;

/// A receive that drops what it gets; see [`Chan::probe`].
pub struct Probe<T> {
    chan: Own<T>,
    ticket: Option<usize>,
}

// Nothing in it is ever pinned.
impl<T> Unpin for Probe<T> {}

impl<T: Show> Chan<T> {
    /// `_, ok := <-ch`: whether there was a value. The value itself is lost, and the verdict says so.
    #[track_caller]
    pub fn probe(&self) -> Operation<Probe<T>> {
        Operation::new(&self.runtime, Probe { chan: self.own.clone(), ticket: None })
    }

    /// What this goroutine received last from here it drops, neither used nor passed on: the verdict says so. No step,
    /// since in Go nothing happens either.
    pub fn drop_last(&self) {
        self.runtime.loses_last(self.own.object);
    }
}

impl<T: Show> Offer for Probe<T> {
    type Output = bool;

    fn open(&mut self, runtime: &Runtime, at: At) -> Case {
        let (case, key) = self.chan.open(runtime, at, Aside::Dropping, RECV);
        self.ticket = Some(key);
        case
    }

    fn finish(&mut self) -> bool {
        match self.chan.take_aside(self.ticket) {
            Aside::Received(value) => value.is_some(),
            _ => unreachable!("the commit left the value"),
        }
    }

    fn withdraw(&mut self) {
        self.chan.take_aside(self.ticket);
    }
}
