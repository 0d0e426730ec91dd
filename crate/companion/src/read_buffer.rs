//! One buffer a thread for whatever is read from sockets.
//!
//! A connection on which nothing moves holds no buffer, and one on which much moves has a large one. What was read lies
//! in the buffer until whoever read it has let go of it; after that its place is used again.

use std::cell::RefCell;
use std::io;

use bytes::{BufMut, BytesMut};
use tokio::net::TcpStream;

thread_local! {
    static BUFFER: RefCell<BytesMut> = RefCell::default();
}

/// Reads up to `room` bytes of what has arrived, and gives them after some earlier ones. No more than the earlier ones
/// is the end.
///
/// # Errors
///
/// `WouldBlock` when nothing has arrived; else the system's.
pub(crate) fn try_read(stream: &TcpStream, earlier: &[u8], room: usize) -> io::Result<BytesMut> {
    BUFFER.with_borrow_mut(|buffer| {
        buffer.clear();
        buffer.reserve(earlier.len() + room);
        buffer.extend_from_slice(earlier);
        stream.try_read_buf(&mut (&mut *buffer).limit(room))?;
        Ok(buffer.split())
    })
}
