//! The TCP stream below a WebSocket, as the library reads and writes it, and a way past the library for binary frames.
//!
//! What arrives is read into a buffer that all WebSockets of a thread share, and binary frames leave from where their
//! bytes lie, so that a WebSocket on which nothing moves holds no buffer, and bytes that move are copied by the system
//! only.

use std::io::{self, ErrorKind, IoSlice, Read, Write};
use std::net::Shutdown;
use std::task::{Context, Poll};

use bytes::buf::Chain;
use bytes::{Buf, BufMut, Bytes, BytesMut};
use socket2::SockRef;
use tokio::net::TcpStream;
use tungstenite::protocol::frame::FrameHeader;
use tungstenite::protocol::frame::coding::{Data, OpCode};

use super::frames::{Frames, Piece};
use crate::read_buffer::try_read;

/// What is read at a time: a long message with its header, and some.
const READ_BYTES: usize = 128 * 1024;

/// The longest header of a frame: RFC 6455, 5.2.
const HEADER_BYTES_MAX: usize = 14;

#[derive(Debug)]
pub(super) struct Wire {
    stream: TcpStream,
    /// Where plain binary frames are told apart; none when the library reads everything.
    frames: Option<Frames>,
    /// What was read and not told apart yet.
    arrived: BytesMut,
    /// What the library is to read next.
    passing: BytesMut,
    /// A binary frame of which the system has not taken everything.
    leaving: Option<Chain<Bytes, Bytes>>,
    /// The other side has ended.
    ended: bool,
}

impl Wire {
    /// `read` is what was read together with the handshake.
    pub(super) fn new(stream: TcpStream, read: &[u8], binary_passes_by: bool) -> Self {
        let read = BytesMut::from(read);
        let (frames, arrived, passing) = match binary_passes_by {
            true => (Some(Frames::default()), read, BytesMut::new()),
            false => (None, BytesMut::new(), read),
        };
        Self { stream, frames, arrived, passing, leaving: None, ended: false }
    }

    /// Whether there is something for the library to read, be it the end. [`Wire::receive`] finds more.
    pub(super) fn is_library_s(&self) -> bool {
        self.frames.is_none() || self.ended || !self.passing.is_empty()
    }

    /// Bytes of binary frames, in order. None when the library has to read first.
    ///
    /// # Errors
    ///
    /// `WouldBlock` when nothing has arrived; else the system's.
    pub(super) fn receive(&mut self) -> io::Result<Option<Bytes>> {
        loop {
            if self.is_library_s() {
                return Ok(None);
            }
            match self.frames.as_mut().and_then(|frames| frames.next(&mut self.arrived)) {
                Some(Piece::Binary(bytes)) => return Ok(Some(bytes.freeze())),
                Some(Piece::Other(bytes)) => self.passing = bytes,
                None => self.fill()?,
            }
        }
    }

    /// Reads more, after what is there of a header.
    fn fill(&mut self) -> io::Result<()> {
        let mut header = [0; HEADER_BYTES_MAX];
        let count = self.arrived.len();
        let header = &mut header[..count];
        self.arrived.copy_to_slice(header);
        // What was taken out is gone by now, and with this its place can be used again.
        self.arrived = BytesMut::new();
        match try_read(&self.stream, header, READ_BYTES) {
            Ok(bytes) if bytes.len() == count => self.ended = true,
            Ok(bytes) => self.arrived = bytes,
            Err(error) => {
                // In a place of its own: it may take long until the rest comes.
                self.arrived = BytesMut::from(&*header);
                return Err(error);
            }
        }
        Ok(())
    }

    /// Sends bytes as a binary frame, as far as the system takes it; [`Wire::flush`] sends the rest. Nothing else may
    /// be on its way.
    pub(super) fn send_binary(&mut self, bytes: Bytes) -> io::Result<()> {
        debug_assert!(self.leaving.is_none());
        let header = FrameHeader { opcode: OpCode::Data(Data::Binary), ..FrameHeader::default() };
        let mut head = BytesMut::with_capacity(HEADER_BYTES_MAX).writer();
        header.format(bytes.len() as u64, &mut head).map_err(io::Error::other)?;
        self.leaving = Some(head.into_inner().freeze().chain(bytes));
        self.leave()
    }

    fn leave(&mut self) -> io::Result<()> {
        while let Some(frame) = &mut self.leaving {
            let mut slices = [IoSlice::new(&[]); 2];
            let count = frame.chunks_vectored(&mut slices);
            let written = self.stream.try_write_vectored(&slices[..count])?;
            frame.advance(written);
            if !frame.has_remaining() {
                self.leaving = None;
            }
        }
        Ok(())
    }

    pub(super) fn poll_readable(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_read_ready(context)
    }

    pub(super) fn poll_writable(&self, context: &mut Context<'_>) -> Poll<io::Result<()>> {
        self.stream.poll_write_ready(context)
    }

    /// Says that nothing more comes, and throws away what still arrives until the other side ends as well. A socket
    /// that is closed with something unread in it is reset, and the other side might never read why.
    pub(super) async fn drain(self) {
        if SockRef::from(&self.stream).shutdown(Shutdown::Write).is_err() {
            return;
        }
        while self.stream.readable().await.is_ok() {
            match try_read(&self.stream, &[], READ_BYTES) {
                Ok(bytes) if bytes.is_empty() => return,
                Ok(_) => {}
                Err(error) if error.kind() == ErrorKind::WouldBlock => {}
                Err(_) => return,
            }
        }
    }
}

impl Read for Wire {
    fn read(&mut self, buffer: &mut [u8]) -> io::Result<usize> {
        if !self.passing.is_empty() {
            let count = buffer.len().min(self.passing.len());
            self.passing.copy_to_slice(&mut buffer[..count]);
            if self.passing.is_empty() {
                self.passing = BytesMut::new();
            }
            return Ok(count);
        }
        match self.frames {
            None => self.stream.try_read(buffer),
            Some(_) if self.ended => Ok(0),
            Some(_) => Err(ErrorKind::WouldBlock.into()),
        }
    }
}

impl Write for Wire {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.leave()?;
        self.stream.try_write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.leave()
    }
}
