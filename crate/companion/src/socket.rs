//! A WebSocket as the companion uses it: pinged, given up when silent, and closed with a reason.
//!
//! Sending never waits. Whoever sends data waits until [`Socket::is_flushed`] first, so that at most one message and a
//! few control messages are held.

use std::future::poll_fn;
use std::task::{Context, Poll};

use axum::body::Bytes;
use axum::extract::ws::{CloseFrame, Message, Utf8Bytes, WebSocket, WebSocketUpgrade};
use futures::{SinkExt, StreamExt};
use tokio::time::{Instant, Interval, MissedTickBehavior, interval_at, timeout};
use tokio_tungstenite::tungstenite::Error;
use tokio_tungstenite::tungstenite::error::ProtocolError;

use crate::bridge::CloseCode;
use crate::limits::{
    CLOSE_HANDSHAKE, MESSAGE_BYTES_MAX, PING_EVERY, READ_BUFFER_BYTES, SILENCE_MAX, WRITE_BUFFER_BYTES_MAX,
};

pub(crate) struct Socket {
    /// In a box, because every future that it is passed on to would hold its size once more.
    inner: Box<WebSocket>,
    flushed: bool,
    heard: Instant,
    ping: Interval,
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

/// Applies the limits to a WebSocket that is about to be.
pub(crate) fn limited(upgrade: WebSocketUpgrade) -> WebSocketUpgrade {
    upgrade
        .max_message_size(MESSAGE_BYTES_MAX)
        .max_frame_size(MESSAGE_BYTES_MAX)
        .read_buffer_size(READ_BUFFER_BYTES)
        .write_buffer_size(0)
        .max_write_buffer_size(WRITE_BUFFER_BYTES_MAX)
}

impl Socket {
    pub(crate) fn new(inner: WebSocket) -> Self {
        let inner = Box::new(inner);
        let now = Instant::now();
        let mut ping = interval_at(now + PING_EVERY, PING_EVERY);
        ping.set_missed_tick_behavior(MissedTickBehavior::Delay);
        Self { inner, flushed: true, heard: now, ping }
    }

    pub(crate) fn send(&mut self, message: Message) -> Result<(), Gone> {
        self.flushed = false;
        self.inner.start_send_unpin(message).map_err(|_| Gone)
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
                && let Poll::Ready(flushed) = self.inner.poll_flush_unpin(context)
            {
                self.flushed = true;
                return Poll::Ready(if flushed.is_ok() { Heard::Flushed } else { Heard::Gone });
            }
            let Poll::Ready(message) = self.inner.poll_next_unpin(context) else { return self.poll_ping(context) };
            self.heard = Instant::now();
            return Poll::Ready(match message {
                Some(Ok(Message::Text(text))) => Heard::Text(text),
                Some(Ok(Message::Binary(bytes))) => Heard::Binary(bytes),
                // The library has an answer ready. Until it has gone out, it takes up room that a message would need.
                Some(Ok(Message::Ping(_))) => {
                    self.flushed = false;
                    continue;
                }
                Some(Ok(Message::Pong(_))) => continue,
                Some(Ok(Message::Close(_))) => Heard::Closed,
                Some(Err(error)) => why(error),
                None => Heard::Gone,
            });
        }
    }

    fn poll_ping(&mut self, context: &mut Context<'_>) -> Poll<Heard> {
        while self.ping.poll_tick(context).is_ready() {
            if self.heard.elapsed() >= SILENCE_MAX {
                return Poll::Ready(Heard::Broken(CloseCode::Idle));
            }
            // While something else has not gone out, a ping would not either.
            if self.flushed {
                if self.send(Message::Ping(Bytes::new())).is_err() {
                    return Poll::Ready(Heard::Gone);
                }
                if let Poll::Ready(flushed) = self.inner.poll_flush_unpin(context) {
                    self.flushed = true;
                    if flushed.is_err() {
                        return Poll::Ready(Heard::Gone);
                    }
                }
            }
        }
        Poll::Pending
    }

    /// Waits until what was sent has gone out, and hears nothing meanwhile.
    pub(crate) async fn flush(&mut self) -> Result<(), Gone> {
        let flushed = self.inner.flush().await;
        self.flushed = true;
        flushed.map_err(|_| Gone)
    }

    /// Closes, and waits a little for the other side's answer.
    pub(crate) async fn close(mut self, code: CloseCode) {
        let frame = CloseFrame { code: code.number(), reason: Utf8Bytes::from_static(code.reason()) };
        let handshake = async {
            // Where the other side has closed already, this only sends the answer that waits.
            if self.inner.send(Message::Close(Some(frame))).await.is_ok() || self.inner.flush().await.is_ok() {
                while let Some(Ok(_)) = self.inner.next().await {}
            }
        };
        // Whoever does not answer is left.
        let _ = timeout(CLOSE_HANDSHAKE, handshake).await;
    }
}

/// What an error means: whether the other side has left, or what it did wrong.
fn why(error: axum::Error) -> Heard {
    match error.into_inner().downcast_ref::<Error>() {
        Some(Error::Capacity(_)) => Heard::Broken(CloseCode::TooBig),
        Some(Error::Utf8(_)) => Heard::Broken(CloseCode::NotUtf8),
        Some(Error::Protocol(error)) if *error != ProtocolError::ResetWithoutClosingHandshake => {
            Heard::Broken(CloseCode::ProtocolError)
        }
        _ => Heard::Gone,
    }
}
