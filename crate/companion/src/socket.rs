//! A WebSocket as the companion uses it: pinged, given up when silent, and closed with a reason.
//!
//! Sending never waits. Whoever sends data waits until [`Socket::is_flushed`] first, so that at most one message and a
//! few control messages are held.
//!
//! The protocol is the library's. Only the bytes of plain binary frames go past it where they need not be kept together
//! as messages: see [`Binary`].

mod frames;
mod wire;

use std::future::poll_fn;
use std::io::ErrorKind;
use std::task::{Context, Poll, ready};

use bytes::Bytes;
use tokio::net::TcpStream;
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};
use tungstenite::error::ProtocolError;
use tungstenite::protocol::{CloseFrame, Role, WebSocketConfig, WebSocketContext};
use tungstenite::{Error, Message, Utf8Bytes};

use crate::bridge::CloseCode;
use crate::limits::{
    CLOSE_HANDSHAKE, MESSAGE_BYTES_MAX, PING_EVERY, READ_BUFFER_BYTES, SILENCE_MAX, WRITE_BUFFER_BYTES_MAX,
};
use wire::Wire;

pub(crate) struct Socket {
    /// In a box, because every future that it is passed on to would hold its size once more.
    inner: Box<Inner>,
    flushed: bool,
    heard: Instant,
    ping: Interval,
}

struct Inner {
    protocol: WebSocketContext,
    wire: Wire,
    /// The other side has broken the rules; what it sends from there on is not read.
    broken: bool,
}

/// How binary messages are heard.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Binary {
    /// As they were sent.
    Whole,
    /// In parts, as they arrive: whoever hears them wants bytes.
    Parts,
}

/// What came of waiting.
pub(crate) enum Heard {
    Text(Utf8Bytes),
    Binary(Bytes),
    /// What was sent has gone out.
    Flushed,
    /// The other side closed, and said so.
    Closed,
    /// The other side is not there any more.
    Gone,
    /// The other side broke the rules, or has been silent for too long.
    Broken(CloseCode),
}

/// The other side is not there any more.
#[derive(Debug)]
pub(crate) struct Gone;

impl Socket {
    /// The server's end of a WebSocket whose handshake is over. `read` is what came together with the handshake.
    pub(crate) fn new(stream: TcpStream, read: &[u8], binary: Binary) -> Self {
        let config = WebSocketConfig::default()
            .max_message_size(Some(MESSAGE_BYTES_MAX))
            .max_frame_size(Some(MESSAGE_BYTES_MAX))
            .read_buffer_size(READ_BUFFER_BYTES)
            .write_buffer_size(0)
            .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX);
        let inner = Inner {
            protocol: WebSocketContext::new(Role::Server, Some(config)),
            wire: Wire::new(stream, read, binary == Binary::Parts),
            broken: false,
        };
        let now = Instant::now();
        let mut ping = interval_at(now + PING_EVERY, PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { inner: Box::new(inner), flushed: true, heard: now, ping }
    }

    pub(crate) fn send(&mut self, message: Message) -> Result<(), Gone> {
        let Inner { protocol, wire, .. } = &mut *self.inner;
        self.flushed = went_out(protocol.write(wire, message).and_then(|()| protocol.flush(wire)))?;
        Ok(())
    }

    /// Sends a binary message without copying it. Only when everything before has gone out.
    pub(crate) fn send_binary(&mut self, bytes: Bytes) -> Result<(), Gone> {
        self.flushed = went_out(self.inner.wire.send_binary(bytes).map_err(Error::Io))?;
        Ok(())
    }

    pub(crate) fn is_flushed(&self) -> bool {
        self.flushed
    }

    /// Waits for a message, or until what was sent has gone out. Can be dropped at any time without losing anything.
    pub(crate) async fn next(&mut self) -> Heard {
        poll_fn(|context| self.poll_next(context)).await
    }

    fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        loop {
            if !self.flushed
                && let Poll::Ready(flushed) = self.inner.poll_flush(context)
            {
                self.flushed = true;
                return Poll::Ready(if flushed.is_ok() { Heard::Flushed } else { Heard::Gone });
            }
            let Poll::Ready(message) = self.inner.poll_message(context) else { return self.poll_ping(context) };
            self.heard = Instant::now();
            return Poll::Ready(match message {
                Ok(Message::Text(text)) => Heard::Text(text),
                Ok(Message::Binary(bytes)) => Heard::Binary(bytes),
                // The library has an answer ready. Until it has gone out, it takes up room that a message would need.
                Ok(Message::Ping(_)) => {
                    self.flushed = false;
                    continue;
                }
                Ok(Message::Pong(_) | Message::Frame(_)) => continue,
                Ok(Message::Close(_)) => Heard::Closed,
                Err(error) => {
                    let heard = why(&error);
                    self.inner.broken = matches!(heard, Heard::Broken(_));
                    heard
                }
            });
        }
    }

    fn poll_ping(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        while self.ping.poll_tick(context).is_ready() {
            if self.heard.elapsed() >= SILENCE_MAX {
                return Poll::Ready(Heard::Broken(CloseCode::Idle));
            }
            // While something else has not gone out, a ping would not either.
            if self.flushed && self.send(Message::Ping(Bytes::new())).is_err() {
                return Poll::Ready(Heard::Gone);
            }
            if !self.flushed
                && let Poll::Ready(flushed) = self.inner.poll_flush(context)
            {
                self.flushed = true;
                return Poll::Ready(if flushed.is_ok() { Heard::Flushed } else { Heard::Gone });
            }
        }
        Poll::Pending
    }

    /// Waits until what was sent has gone out, and hears nothing meanwhile.
    pub(crate) async fn flush(&mut self) -> Result<(), Gone> {
        let flushed = poll_fn(|context| self.inner.poll_flush(context)).await;
        self.flushed = true;
        flushed
    }

    /// Closes, and waits a little for the other side's answer.
    pub(crate) async fn close(self, code: CloseCode) {
        // Whoever does not answer is left.
        let _ = timeout(CLOSE_HANDSHAKE, self.inner.close(code)).await;
    }
}

impl Inner {
    fn poll_flush(&mut self, context: &mut Context<'_>) -> Poll<Result<(), Gone>> {
        while !went_out(self.protocol.flush(&mut self.wire))? {
            if ready!(self.wire.poll_writable(context)).is_err() {
                return Poll::Ready(Err(Gone));
            }
        }
        Poll::Ready(Ok(()))
    }

    fn poll_message(&mut self, context: &mut Context<'_>) -> Poll<Result<Message, Error>> {
        loop {
            match self.receive() {
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => {
                    ready!(self.wire.poll_readable(context))?;
                }
                message => return Poll::Ready(message),
            }
        }
    }

    fn receive(&mut self) -> Result<Message, Error> {
        loop {
            if let Some(bytes) = self.wire.receive()? {
                return Ok(Message::Binary(bytes));
            }
            match self.protocol.read(&mut self.wire) {
                // It has read what there was for it, which was not all of a message.
                Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock && !self.wire.is_library_s() => {}
                message => return message,
            }
        }
    }

    async fn close(mut self: Box<Self>, code: CloseCode) {
        let frame = CloseFrame { code: code.number().into(), reason: Utf8Bytes::from_static(code.reason()) };
        // Where the other side has closed already, this only sends the answer that waits.
        let sent = went_out(self.protocol.close(&mut self.wire, Some(frame)));
        if sent.is_err() || poll_fn(|context| self.poll_flush(context)).await.is_err() {
            return;
        }
        if self.broken {
            return self.wire.drain().await;
        }
        // It is over when the other side has answered.
        while self.protocol.can_read() && poll_fn(|context| self.poll_message(context)).await.is_ok() {}
    }
}

/// Whether something that was sent has gone out. What the system does not take waits in the library.
fn went_out(sent: Result<(), Error>) -> Result<bool, Gone> {
    match sent {
        // Nothing is sent after the answer to a close.
        Ok(()) | Err(Error::ConnectionClosed) => Ok(true),
        Err(Error::Io(error)) if error.kind() == ErrorKind::WouldBlock => Ok(false),
        Err(_) => Err(Gone),
    }
}

/// What an error means: whether the other side has left, or what it did wrong.
fn why(error: &Error) -> Heard {
    match error {
        Error::Capacity(_) => Heard::Broken(CloseCode::TooBig),
        Error::Utf8(_) => Heard::Broken(CloseCode::NotUtf8),
        Error::Protocol(error) if *error != ProtocolError::ResetWithoutClosingHandshake => {
            Heard::Broken(CloseCode::ProtocolError)
        }
        _ => Heard::Gone,
    }
}
