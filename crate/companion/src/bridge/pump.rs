//! Moving the bytes of one connection, both ways, in one task.
//!
//! Memory is bounded by credit: towards the target at most [`CREDIT_BYTES_MAX`] wait, and towards the page one message,
//! because nothing is read from the target while the last message has not gone out. An idle connection holds no buffer.

use std::collections::VecDeque;
use std::future::pending;
use std::io::{self, ErrorKind};
use std::net::Shutdown;
use std::pin::pin;

use socket2::SockRef;
use tokio::io::{Interest, Ready};
use tokio::net::TcpStream;
use tokio::task::coop::consume_budget;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tungstenite::Message;

use super::dial::Connection;
use super::{CloseCode, FromPage, ToPage};
use crate::limits::{CLOSE_HANDSHAKE, CREDIT_BYTES_MAX, MESSAGE_BYTES_MAX, WINDOW_BYTES_MAX};
use crate::read_buffer::try_read;
use crate::socket::{Gone, Heard, Socket};

/// How many bytes are acknowledged at a time. A page that has credit for more never waits for it.
const ACKNOWLEDGE_BYTES: u32 = CREDIT_BYTES_MAX / 2;

/// How many bytes are sent to the page at a time. A whole frame of these fits into one segment of a loopback
/// connection, which on Linux has 65 483 bytes; a few bytes more would go out, and wake the other side, as a segment of
/// their own.
const FRAME_BYTES: usize = MESSAGE_BYTES_MAX - 512;

/// How a connection ends.
enum Ending {
    /// The companion closes the WebSocket.
    Close(CloseCode),
    /// The page closed the WebSocket, as a program closes its socket: what it has sent is still delivered.
    PageClosed,
    /// The page asked for a reset.
    PageReset,
    /// The page is no longer there, and did not say good-bye.
    PageGone,
}

pub(super) struct Pump {
    socket: Socket,
    target: Connection,
    /// Bytes of the page that the target's system has not taken.
    waiting: VecDeque<u8>,
    /// How many bytes the page may send.
    page_credit: u32,
    /// How many bytes the target's system has taken since the page was last told.
    taken: u32,
    /// How many bytes the page can take.
    target_credit: u32,
    /// The page's half: it has said that it ends, and the target was told.
    page_ended: bool,
    page_end_passed: bool,
    /// The target's half.
    target_ended: bool,
    /// A write failed. What the target sent before it went may still be there to read.
    target_broken: bool,
    /// The system has said that there is an error, but not which.
    error_seen: bool,
}

impl From<CloseCode> for Ending {
    fn from(code: CloseCode) -> Self {
        Self::Close(code)
    }
}

impl From<Gone> for Ending {
    fn from(_: Gone) -> Self {
        Self::PageGone
    }
}

impl Pump {
    pub(super) fn new(socket: Socket, target: Connection) -> Self {
        Self {
            socket,
            target,
            waiting: VecDeque::new(),
            page_credit: CREDIT_BYTES_MAX,
            taken: 0,
            target_credit: 0,
            page_ended: false,
            page_end_passed: false,
            target_ended: false,
            target_broken: false,
            error_seen: false,
        }
    }

    pub(super) async fn run(mut self, stop: CancellationToken) {
        let ending = match self.pump(&stop).await {
            Ok(never) => match never {},
            Err(ending) => ending,
        };
        let code = match ending {
            Ending::PageClosed => {
                // As the system does for a program that has closed: it goes on sending, for a while.
                let _ = timeout(CLOSE_HANDSHAKE, self.deliver()).await;
                CloseCode::Finished
            }
            Ending::PageReset => self.reset_target(CloseCode::Finished),
            // An orderly end would tell the target that the page had said all it wanted to.
            Ending::PageGone => self.reset_target(CloseCode::Finished),
            Ending::Close(code) => match code {
                CloseCode::Finished | CloseCode::GoingAway | CloseCode::ServerDied | CloseCode::Reset => code,
                _ => self.reset_target(code),
            },
        };
        drop(self.target);
        self.socket.close(code).await;
    }

    async fn pump(&mut self, stop: &CancellationToken) -> Result<std::convert::Infallible, Ending> {
        let (local, remote) = (self.target.local, self.target.remote);
        self.tell(ToPage::Opened { local, remote, credit: CREDIT_BYTES_MAX })?;
        let mut stopped = pin!(stop.cancelled());
        loop {
            self.pass_end()?;
            // Where there is always something to do, the others of the thread have their turn all the same.
            consume_budget().await;
            let interest = self.interest();
            tokio::select! {
                () = &mut stopped => return Err(CloseCode::GoingAway.into()),
                heard = self.socket.next() => self.hear(heard)?,
                ready = ready(&self.target.stream, interest) => self.move_bytes(ready?)?,
            }
        }
    }

    /// What to wait for at the target's socket.
    fn interest(&self) -> Option<Interest> {
        let reads = !self.target_ended && self.target_credit > 0 && self.socket.is_flushed();
        let writes = !self.waiting.is_empty();
        match (reads, writes) {
            (true, true) => Some(Interest::READABLE | Interest::WRITABLE),
            (true, false) => Some(Interest::READABLE),
            (false, true) => Some(Interest::WRITABLE),
            // A reset after the target's end shows in no read.
            (false, false) => (self.target_ended && !self.error_seen).then_some(Interest::ERROR),
        }
    }

    fn hear(&mut self, heard: Heard) -> Result<(), Ending> {
        match heard {
            Heard::Flushed => Ok(()),
            Heard::Binary(bytes) => self.take_from_page(&bytes),
            Heard::Text(text) => {
                let message = serde_json::from_str(&text).map_err(|_| CloseCode::Misused)?;
                self.obey(message)
            }
            Heard::Closed => Err(Ending::PageClosed),
            Heard::Gone => Err(Ending::PageGone),
            Heard::Broken(code) => Err(code.into()),
        }
    }

    fn obey(&mut self, message: FromPage) -> Result<(), Ending> {
        match message {
            FromPage::Credit { bytes } => {
                let sum = self.target_credit.checked_add(bytes).filter(|sum| *sum <= WINDOW_BYTES_MAX);
                self.target_credit = sum.ok_or(CloseCode::CreditExceeded)?;
            }
            FromPage::End => self.page_ended = true,
            FromPage::Reset => return Err(Ending::PageReset),
        }
        Ok(())
    }

    fn take_from_page(&mut self, bytes: &[u8]) -> Result<(), Ending> {
        if self.page_ended {
            return Err(CloseCode::Misused.into());
        }
        let count = u32::try_from(bytes.len()).map_err(|_| CloseCode::TooBig)?;
        self.page_credit = self.page_credit.checked_sub(count).ok_or(CloseCode::CreditExceeded)?;
        // Usually the target takes it at once, and nothing is copied.
        let taken = if self.waiting.is_empty() { self.write(bytes)? } else { 0 };
        self.waiting.extend(&bytes[taken..]);
        self.acknowledge()
    }

    fn move_bytes(&mut self, ready: Ready) -> Result<(), Ending> {
        if ready.is_error() && self.target_ended {
            match self.target.stream.take_error() {
                Ok(None) => self.error_seen = true,
                Ok(Some(_)) | Err(_) => return Err(self.target_reset()),
            }
        }
        if ready.is_writable() && !self.waiting.is_empty() {
            self.write_waiting()?;
        }
        if ready.is_readable() && !self.target_ended && self.target_credit > 0 && self.socket.is_flushed() {
            self.read()?;
        }
        Ok(())
    }

    fn write_waiting(&mut self) -> Result<(), Ending> {
        while !self.waiting.is_empty() {
            let waiting = std::mem::take(&mut self.waiting);
            let written = self.write(waiting.as_slices().0);
            self.waiting = waiting;
            match written? {
                0 => break,
                count => drop(self.waiting.drain(..count)),
            }
        }
        if self.waiting.is_empty() {
            self.waiting = VecDeque::new();
        }
        self.acknowledge()
    }

    /// Gives the target what it takes, and says how much that was. A target that is broken takes everything.
    fn write(&mut self, bytes: &[u8]) -> Result<usize, Ending> {
        let mut count = 0;
        while count < bytes.len() && !self.target_broken {
            match self.target.stream.try_write(&bytes[count..]) {
                Ok(more) => count += more,
                Err(error) if error.kind() == ErrorKind::WouldBlock => break,
                Err(_) if self.target_ended => return Err(self.target_reset()),
                Err(_) => self.target_broken = true,
            }
        }
        if self.target_broken {
            count = bytes.len();
        }
        // What waits is bounded by the credit, which is a u32.
        self.taken += count as u32;
        Ok(count)
    }

    fn acknowledge(&mut self) -> Result<(), Ending> {
        if self.taken >= ACKNOWLEDGE_BYTES {
            self.tell(ToPage::Credit { bytes: self.taken })?;
            self.page_credit += self.taken;
            self.taken = 0;
        }
        Ok(())
    }

    fn read(&mut self) -> Result<(), Ending> {
        let room = FRAME_BYTES.min(self.target_credit as usize);
        match try_read(&self.target.stream, &[], room) {
            Ok(bytes) if bytes.is_empty() && self.target_broken => Err(self.target_reset()),
            Ok(bytes) if bytes.is_empty() => {
                self.target_ended = true;
                self.tell(ToPage::End)?;
                if self.target.server_died() { Err(CloseCode::ServerDied.into()) } else { Ok(()) }
            }
            Ok(bytes) => {
                // As much as there was room for, which was no more than the credit.
                self.target_credit -= bytes.len() as u32;
                Ok(self.socket.send_binary(bytes.freeze())?)
            }
            Err(error) if error.kind() == ErrorKind::WouldBlock => Ok(()),
            Err(_) => Err(self.target_reset()),
        }
    }

    /// Passes the page's end on when everything before it has gone out, and ends when both halves have.
    fn pass_end(&mut self) -> Result<(), Ending> {
        if self.page_ended && !self.page_end_passed && self.waiting.is_empty() {
            self.page_end_passed = true;
            if SockRef::from(&self.target.stream).shutdown(Shutdown::Write).is_err() {
                self.target_broken = true;
            }
        }
        if self.page_end_passed && self.target_ended {
            return Err(CloseCode::Finished.into());
        }
        Ok(())
    }

    fn target_reset(&mut self) -> Ending {
        if self.tell(ToPage::Reset).is_err() {
            return Ending::PageGone;
        }
        if self.target.server_died() { CloseCode::ServerDied.into() } else { CloseCode::Reset.into() }
    }

    /// Has the target see a reset, and no orderly end, when its socket is dropped.
    fn reset_target(&self, code: CloseCode) -> CloseCode {
        // It fails only when there is no connection any more.
        let _ = self.target.stream.set_zero_linger();
        code
    }

    async fn deliver(&mut self) -> io::Result<()> {
        while !self.waiting.is_empty() && !self.target_broken {
            self.target.stream.writable().await?;
            if self.write_waiting().is_err() {
                break;
            }
        }
        Ok(())
    }

    fn tell(&mut self, message: ToPage) -> Result<(), Gone> {
        let json = serde_json::to_string(&message).expect("control messages have no keys that JSON cannot have");
        self.socket.send(Message::text(json))
    }
}

async fn ready(target: &TcpStream, interest: Option<Interest>) -> Result<Ready, Ending> {
    match interest {
        Some(interest) => target.ready(interest).await.map_err(|_| CloseCode::Reset.into()),
        None => pending().await,
    }
}
