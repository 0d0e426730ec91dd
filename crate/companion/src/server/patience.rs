//! A connection whose answers have to be taken in time.
//!
//! `hyper` limits how long a request may take to come, but waits for ever for somebody who asks and does not read.
//! An upgrade takes the connection out of here: what a WebSocket may wait for is its own matter.

use std::io::{self, IoSlice};
use std::pin::Pin;
use std::task::{Context, Poll, ready};

use tokio::io::{AsyncRead, AsyncWrite, ReadBuf};
use tokio::net::TcpStream;
use tokio::time::{Sleep, sleep};

use crate::limits::ANSWER_WRITE;

/// Writes fail, and the connection is reset, once the other side has kept an answer waiting for [`ANSWER_WRITE`].
///
/// The time begins when a write first has to wait, and taking a little now and then does not make it longer: it ends
/// with the next request that is read.
pub(super) struct Patience {
    stream: TcpStream,
    deadline: Option<Pin<Box<Sleep>>>,
}

impl Patience {
    pub(super) fn new(stream: TcpStream) -> Self {
        Self { stream, deadline: None }
    }

    /// The connection, without a limit.
    pub(super) fn into_inner(self) -> TcpStream {
        self.stream
    }

    fn write_with(
        &mut self,
        context: &mut Context<'_>,
        write: impl FnOnce(Pin<&mut TcpStream>, &mut Context<'_>) -> Poll<io::Result<usize>>,
    ) -> Poll<io::Result<usize>> {
        // Before the write, so that a reader who takes a little each time is found out as well.
        if let Some(deadline) = &mut self.deadline
            && deadline.as_mut().poll(context).is_ready()
        {
            return Poll::Ready(Err(self.give_up()));
        }
        if let Poll::Ready(written) = write(Pin::new(&mut self.stream), context) {
            return Poll::Ready(written);
        }
        let deadline = self.deadline.get_or_insert_with(|| Box::pin(sleep(ANSWER_WRITE)));
        ready!(deadline.as_mut().poll(context));
        Poll::Ready(Err(self.give_up()))
    }

    /// An orderly end would keep in the kernel what nobody reads.
    fn give_up(&self) -> io::Error {
        // It fails only when the connection has gone already.
        let _ = self.stream.set_zero_linger();
        io::Error::new(io::ErrorKind::TimedOut, "the answer is not being read")
    }
}

impl AsyncRead for Patience {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut ReadBuf<'_>) -> Poll<io::Result<()>> {
        let this = self.get_mut();
        ready!(Pin::new(&mut this.stream).poll_read(context, buffer))?;
        this.deadline = None;
        Poll::Ready(Ok(()))
    }
}

impl AsyncWrite for Patience {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        self.get_mut().write_with(context, |stream, context| stream.poll_write(context, bytes))
    }

    fn poll_write_vectored(
        self: Pin<&mut Self>,
        context: &mut Context<'_>,
        parts: &[IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.get_mut().write_with(context, |stream, context| stream.poll_write_vectored(context, parts))
    }

    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }

    fn poll_flush(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_flush(context)
    }

    fn poll_shutdown(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.get_mut().stream).poll_shutdown(context)
    }
}
