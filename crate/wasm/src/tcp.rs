//! The TCP chapter: real connections by way of the companion, and everything that happens as a trace.
//!
//! [`Connection`](connection::Connection) is a TCP connection over a WebSocket, as `AsyncRead` and `AsyncWrite`;
//! `client` is the notes' client on top of it. `joined` puts what the server did and what the page's own clients saw in
//! one order, and [`Recording`] keeps it and answers what the timeline, the state and the sentence are made from.
//! Nothing here opens an address of its own choosing: the page hands in the companion's.

#[cfg(feature = "tcp")]
mod chapter;
#[cfg(feature = "tcp")]
mod client;
#[cfg(feature = "tcp")]
mod connection;
mod entry;
mod file;
mod joined;
mod recording;
mod state;
mod told;
mod view;
pub mod wire;

#[cfg(feature = "tcp")]
pub use chapter::Tcp;
#[cfg(feature = "tcp")]
pub use client::TcpClient;
pub use entry::{Act, ClientAct, Entry, Served, Standing, Whose};
pub use file::{BadFile, read, write};
pub use joined::Joined;
pub use recording::{MOST_EVENTS, Recording};
