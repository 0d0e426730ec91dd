//! What a goroutine runs: a future, in memory that one of the same type has left where there is some.

use std::any::Any;
use std::future::Future;
use std::pin::Pin;
use std::task::{Context, Poll};

use crate::panic::Panic;

/// A goroutine's body.
pub(crate) struct Body {
    future: Pin<Box<dyn Running>>,
    over: bool,
}

/// A future, or the room that it has left.
trait Running {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Panic>>;

    /// Drops the future.
    fn end(self: Pin<&mut Self>);

    /// Moves in what is in `future`, where that is an option of the same type. Answers whether it was.
    fn renew(self: Pin<&mut Self>, future: &mut dyn Any) -> bool;
}

impl<F: Future<Output = Result<(), Panic>> + 'static> Running for Option<F> {
    fn poll(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<Result<(), Panic>> {
        self.as_pin_mut().expect("it is not over").poll(cx)
    }

    fn end(mut self: Pin<&mut Self>) {
        self.set(None);
    }

    fn renew(mut self: Pin<&mut Self>, future: &mut dyn Any) -> bool {
        let Some(future) = future.downcast_mut::<Self>() else { return false };
        self.set(future.take());
        true
    }
}

impl Body {
    pub(crate) fn new(future: impl Future<Output = Result<(), Panic>> + 'static) -> Self {
        Self { future: Box::pin(Some(future)), over: false }
    }

    /// The same in the memory of one that is over, where that was of the same type.
    pub(crate) fn within(left: Option<Self>, future: impl Future<Output = Result<(), Panic>> + 'static) -> Self {
        let mut future = Some(future);
        if let Some(mut left) = left
            && left.future.as_mut().renew(&mut future)
        {
            return Self { over: false, ..left };
        }
        Self { future: Box::pin(future), over: false }
    }

    /// Runs it on. It must not be over.
    pub(crate) fn poll(&mut self, cx: &mut Context<'_>) -> Poll<Result<(), Panic>> {
        self.future.as_mut().poll(cx)
    }

    /// Drops what it runs, and keeps the memory.
    pub(crate) fn end(&mut self) {
        self.over = true;
        self.future.as_mut().end();
    }

    /// Whether nothing of it is left to run.
    pub(crate) fn is_over(&self) -> bool {
        self.over
    }
}
