//! A TCP connection of the page: a WebSocket to the companion's bridge, as `futures::io::AsyncRead` and `AsyncWrite`.
//!
//! A browser's WebSocket has no back pressure: what arrives is delivered, and what is sent is queued, without bound. So
//! every byte is covered by credit. What has arrived and was not read is bounded by the credit that was given, and what
//! waits to be sent by the credit that was got.

use std::cell::RefCell;
use std::collections::VecDeque;
use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::pin::Pin;
use std::rc::Rc;
use std::task::{Context, Poll, Waker};

use chanscope_tcp::bridge::{CREDIT_BYTES_MAX, FromPage, MESSAGE_BYTES_MAX, SECRET_PROTOCOL, SUBPROTOCOL, ToPage};
use chanscope_tcp::close::CloseCode;
use futures::channel::oneshot;
use futures::io::{AsyncRead, AsyncWrite};
use js_sys::{Array, ArrayBuffer, Uint8Array};
use wasm_bindgen::prelude::{Closure, JsCast, JsValue};
use web_sys::{BinaryType, CloseEvent, MessageEvent, WebSocket};

/// An open connection. Clones are handles to the same one; it is closed when the last has gone.
#[derive(Clone)]
pub(crate) struct Connection {
    line: Rc<Line>,
}

/// The WebSocket and who hears it. While it lives, JavaScript may call the closures.
struct Line {
    socket: WebSocket,
    half: Rc<RefCell<Halves>>,
    _message: Closure<dyn FnMut(MessageEvent)>,
    _close: Closure<dyn FnMut(CloseEvent)>,
}

/// Both directions, as far as they have come.
#[derive(Default)]
struct Halves {
    /// Told once: that the connection is open, or the code with which it could not be.
    opened: Option<oneshot::Sender<Result<SocketAddr, u16>>>,
    /// What has arrived and was not read.
    arrived: VecDeque<u8>,
    /// How many bytes were read since credit was last given.
    read: u32,
    /// How many bytes may still arrive.
    given: u32,
    /// How many bytes may be sent.
    credit: u32,
    /// Whether the page has said that it sends no more.
    ended: bool,
    /// How the direction towards the page ended.
    over: Option<Over>,
    /// Whether the WebSocket is closed, and with which code.
    closed: Option<u16>,
    reader: Option<Waker>,
    writer: Option<Waker>,
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Over {
    End,
    Reset,
    Broken(u16),
}

/// Opens a connection to the companion's clock. `window` is how many bytes may lie here unread.
///
/// # Errors
/// The close code of the WebSocket when there is no connection: see [`CloseCode`]; 1006 when there was no WebSocket.
pub(crate) async fn dial(url: &str, secret: &str, window: u32) -> Result<(Connection, SocketAddr), u16> {
    let protocols = Array::of2(&SUBPROTOCOL.into(), &format!("{SECRET_PROTOCOL}{secret}").into());
    let socket = WebSocket::new_with_str_sequence(url, &protocols).map_err(|_| NO_WEBSOCKET)?;
    socket.set_binary_type(BinaryType::Arraybuffer);
    let (opened, answer) = oneshot::channel();
    let half = Rc::new(RefCell::new(Halves { opened: Some(opened), ..Halves::default() }));
    let message = {
        let (half, socket) = (Rc::clone(&half), socket.clone());
        Closure::new(move |event: MessageEvent| hear(&half, &socket, &event.data()))
    };
    let close = {
        let half = Rc::clone(&half);
        Closure::new(move |event: CloseEvent| half.borrow_mut().close(event.code()))
    };
    socket.set_onmessage(Some(message.as_ref().unchecked_ref()));
    socket.set_onclose(Some(close.as_ref().unchecked_ref()));
    let connection = Connection { line: Rc::new(Line { socket, half, _message: message, _close: close }) };
    let local = answer.await.unwrap_or(Err(NO_WEBSOCKET))?;
    connection.give(window.clamp(1, CREDIT_BYTES_MAX));
    Ok((connection, local))
}

/// What a browser says when a WebSocket could not be opened or broke off: RFC 6455, 7.1.5.
const NO_WEBSOCKET: u16 = 1006;

impl Connection {
    /// Resets the connection: what is under way either way is lost.
    pub(crate) fn reset(&self) {
        self.line.say(FromPage::Reset);
        self.line.half.borrow_mut().end(Over::Reset);
    }

    /// The code with which the WebSocket was closed, where it was.
    pub(crate) fn closed(&self) -> Option<u16> {
        self.line.half.borrow().closed
    }

    fn give(&self, bytes: u32) {
        if bytes > 0 {
            self.line.half.borrow_mut().given += bytes;
            self.line.say(FromPage::Credit { bytes });
        }
    }
}

impl Line {
    fn say(&self, message: FromPage) {
        say(&self.socket, message);
    }
}

impl Drop for Line {
    fn drop(&mut self) {
        self.socket.set_onmessage(None);
        self.socket.set_onclose(None);
        // It fails only for codes and reasons of ours, of which there are none.
        let _ = self.socket.close();
    }
}

fn say(socket: &WebSocket, message: FromPage) {
    let json = serde_json::to_string(&message).expect("control messages have no keys that JSON cannot have");
    // A WebSocket that is closing discards what is sent.
    let _ = socket.send_with_str(&json);
}

fn hear(half: &RefCell<Halves>, socket: &WebSocket, data: &JsValue) {
    if let Some(text) = data.as_string() {
        match serde_json::from_str(&text) {
            Ok(message) => half.borrow_mut().obey(message),
            Err(_) => half.borrow_mut().break_off(socket, CloseCode::Misused),
        }
    } else if let Some(buffer) = data.dyn_ref::<ArrayBuffer>() {
        let bytes = Uint8Array::new(buffer).to_vec();
        let mut half = half.borrow_mut();
        match u32::try_from(bytes.len()).ok().and_then(|count| half.given.checked_sub(count)) {
            Some(left) => {
                half.given = left;
                half.arrived.extend(bytes);
                half.wake_reader();
            }
            None => half.break_off(socket, CloseCode::CreditExceeded),
        }
    }
}

impl Halves {
    fn obey(&mut self, message: ToPage) {
        match message {
            ToPage::Opened { local, credit, .. } => {
                self.credit = credit;
                if let Some(opened) = self.opened.take() {
                    // Nobody waits any more when the page has given up.
                    let _ = opened.send(Ok(local));
                }
            }
            ToPage::Credit { bytes } => {
                self.credit = self.credit.saturating_add(bytes);
                self.wake_writer();
            }
            ToPage::End => self.end(Over::End),
            ToPage::Reset => self.end(Over::Reset),
        }
    }

    fn close(&mut self, code: u16) {
        self.closed = Some(code);
        if let Some(opened) = self.opened.take() {
            let _ = opened.send(Err(code));
        }
        self.end(Over::Broken(code));
    }

    /// The companion broke the rules.
    fn break_off(&mut self, socket: &WebSocket, code: CloseCode) {
        // 1002 and its like are not a page's to send; ours are.
        let _ = socket.close_with_code_and_reason(code.number(), code.reason());
        self.close(code.number());
    }

    fn end(&mut self, over: Over) {
        if over == Over::Reset {
            self.arrived.clear();
        }
        if self.over.is_none() || over == Over::Reset {
            self.over = Some(over);
        }
        self.wake_reader();
        self.wake_writer();
    }

    fn wake_reader(&mut self) {
        if let Some(waker) = self.reader.take() {
            waker.wake();
        }
    }

    fn wake_writer(&mut self) {
        if let Some(waker) = self.writer.take() {
            waker.wake();
        }
    }
}

impl AsyncRead for Connection {
    fn poll_read(self: Pin<&mut Self>, context: &mut Context<'_>, buffer: &mut [u8]) -> Poll<io::Result<usize>> {
        let mut half = self.line.half.borrow_mut();
        if half.arrived.is_empty() {
            return match half.over {
                Some(Over::End) => Poll::Ready(Ok(0)),
                Some(Over::Broken(code)) if code == CloseCode::Finished.number() => Poll::Ready(Ok(0)),
                Some(Over::Reset) => Poll::Ready(Err(ErrorKind::ConnectionReset.into())),
                Some(Over::Broken(_)) => Poll::Ready(Err(ErrorKind::ConnectionAborted.into())),
                None => {
                    half.reader = Some(context.waker().clone());
                    Poll::Pending
                }
            };
        }
        let count = buffer.len().min(half.arrived.len());
        for (place, byte) in buffer.iter_mut().zip(half.arrived.drain(..count)) {
            *place = byte;
        }
        // What was under way is bounded by the credit, which is a u32.
        half.read += count as u32;
        // While the sender has half of the window left it never waits for credit.
        let again = if half.read >= half.given { std::mem::take(&mut half.read) } else { 0 };
        drop(half);
        self.give(again);
        Poll::Ready(Ok(count))
    }
}

impl AsyncWrite for Connection {
    fn poll_write(self: Pin<&mut Self>, context: &mut Context<'_>, bytes: &[u8]) -> Poll<io::Result<usize>> {
        let mut half = self.line.half.borrow_mut();
        if half.closed.is_some() || half.ended || half.over == Some(Over::Reset) {
            return Poll::Ready(Err(ErrorKind::BrokenPipe.into()));
        }
        let count = bytes.len().min(MESSAGE_BYTES_MAX).min(half.credit as usize);
        if count == 0 && !bytes.is_empty() {
            half.writer = Some(context.waker().clone());
            return Poll::Pending;
        }
        half.credit -= count as u32;
        drop(half);
        let sent = self.line.socket.send_with_u8_array(&bytes[..count]);
        Poll::Ready(sent.map(|()| count).map_err(|_| ErrorKind::BrokenPipe.into()))
    }

    /// Sending is all that a WebSocket knows.
    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    /// Ends the page's half. The other half goes on.
    fn poll_close(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        let first = !std::mem::replace(&mut self.line.half.borrow_mut().ended, true);
        if first {
            self.line.say(FromPage::End);
        }
        Poll::Ready(Ok(()))
    }
}
