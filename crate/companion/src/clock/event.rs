//! What the clock server does, one event each.

use std::net::SocketAddr;

use serde::Serialize;

/// Something that the server did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase")]
pub struct Event {
    /// Its number; the first is 0 and none is left out.
    pub seq: u64,
    /// Microseconds since the log was begun.
    pub at_us: u64,
    /// The connection, by the client's address; none for what concerns the server as a whole.
    pub connection: Option<SocketAddr>,
    /// What happened.
    #[serde(flatten)]
    pub what: What,
}

/// What the server did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum What {
    /// It listens.
    Listen {
        /// Where.
        address: SocketAddr,
    },
    /// It could not listen.
    ListenError {
        /// The system's words, as Go prints them.
        error: String,
    },
    /// It accepted a connection.
    Accept,
    /// It could not accept one, and went on. The notes' `continue` would spin here; this server takes a breath first.
    AcceptError {
        /// The system's words, as Go prints them.
        error: String,
    },
    /// A goroutine for the connection began. With the serial loop there is none.
    GoroutineStart,
    /// The system takes no more: the client does not read. The write waits.
    WriteBlocked,
    /// A write was taken by the system. That the client gets it is not said.
    Wrote {
        /// How many bytes.
        bytes: usize,
    },
    /// A write failed.
    WriteError {
        /// The system's words, as Go prints them.
        error: String,
    },
    /// The connection sleeps until its next write.
    Sleep {
        /// How long, unless the interval is changed meanwhile.
        ms: u32,
    },
    /// The server closed the connection.
    Close,
    /// The whole server ended at once, as by `log.Fatal`.
    #[serde(rename_all = "camelCase")]
    Die {
        /// The error that it died of, as Go prints it.
        error: String,
        /// How many connections were open, whose deferred `conn.Close()` was not called.
        deferred_skipped: usize,
    },
    /// The server was told to stop.
    Stop,
}
