//! One event of a session: something that the server did, that a client of the page saw, or that came between them.

use std::net::SocketAddr;

use chanscope_tcp::clock::{ClockAct, ClockSettings};
use serde::{Deserialize, Serialize};

/// An event and when it was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Entry {
    /// Microseconds since the session began; never less than that of the entry before.
    #[serde(rename = "t")]
    pub at_us: u64,
    /// What happened.
    #[serde(flatten)]
    pub act: Act,
}

/// What happened.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Act {
    /// The server did something.
    Server {
        /// The connection concerned, by the client's address.
        #[serde(rename = "c", default, skip_serializing_if = "Option::is_none")]
        connection: Option<SocketAddr>,
        /// What it did.
        #[serde(flatten)]
        what: ClockAct,
    },
    /// A client of the page did or saw something. The page numbers them from 1.
    Client {
        /// Which one.
        #[serde(rename = "n")]
        number: u32,
        /// What.
        #[serde(flatten)]
        what: ClientAct,
    },
    /// The recording begins, and the server is running already.
    Running(SocketAddr),
    /// The recording begins, and this connection is there already.
    Standing(Standing),
    /// Somebody set the server's settings.
    Set(ClockSettings),
    /// So many of the server's events were dropped before the page could read them.
    Missed(u32),
    /// The companion is no longer there, and with it the server.
    Lost {},
}

/// A connection that is older than the recording.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub struct Standing {
    /// The client's address.
    #[serde(rename = "c")]
    pub peer: SocketAddr,
    /// Which client.
    #[serde(flatten)]
    pub whose: Whose,
    /// Who serves it.
    pub served: Served,
    /// Bytes that were written, and that the client has not read. None of an outside client: what it reads is not seen.
    pub under_way: u64,
}

/// Whose a client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Whose {
    /// The page's, by number.
    #[serde(rename = "n")]
    Page(u32),
    /// One of the swarm.
    Swarm {},
    /// Somebody else's.
    Outside {},
}

/// Who serves a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum Served {
    /// It waits to be accepted.
    Nobody,
    /// The accept loop itself.
    Loop,
    /// A goroutine of its own.
    Goroutine,
}

/// What a client of the page did or saw.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum ClientAct {
    /// It dials.
    Dial,
    /// It is connected. The server need not have accepted it yet.
    Opened {
        /// Its own address, by which the server's events name it.
        local: SocketAddr,
    },
    /// It could not connect.
    DialFailed {
        /// The close code of its WebSocket.
        code: u16,
    },
    /// It read something.
    Received {
        /// What, as text.
        text: String,
    },
    /// It wrote something. The server never reads.
    Wrote {
        /// What.
        text: String,
    },
    /// It stopped reading.
    Paused,
    /// It reads on.
    Resumed,
    /// It says that it writes no more, and goes on reading.
    HalfClosed,
    /// It read the end: the server writes no more.
    Ended,
    /// The connection was reset by the server's side.
    WasReset,
    /// It resets the connection.
    Resets,
    /// It closes the connection.
    Closes,
    /// Its WebSocket was closed by the other side.
    Broken {
        /// The close code.
        code: u16,
    },
}
