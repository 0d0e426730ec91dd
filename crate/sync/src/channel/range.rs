//! `for v := range ch` as a stream.

use std::future::Future;
use std::panic::Location;
use std::pin::Pin;
use std::task::{Context, Poll};

use chanscope_kernel::{Operation, Show};
use futures_core::Stream;

use super::{Chan, Recv};

/// What a channel gives until it is closed and drained; see [`Chan::range`].
#[must_use = "a range does nothing until it is polled"]
pub struct Range<T: Show> {
    chan: Chan<T>,
    location: &'static Location<'static>,
    /// The receive under way.
    current: Option<Operation<Recv<T>>>,
}

impl<T: Show> Range<T> {
    pub(super) fn new(chan: Chan<T>, location: &'static Location<'static>) -> Self {
        Self { chan, location, current: None }
    }
}

impl<T: Show> Stream for Range<T> {
    type Item = T;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<T>> {
        let Self { chan, location, current } = &mut *self;
        let receive = current.get_or_insert_with(|| chan.recv_at(location));
        let polled = Pin::new(receive).poll(context);
        if polled.is_ready() {
            *current = None;
        }
        polled
    }
}
