//! The clock server as the page sees it: its settings, how it is, and what it does, one event each.

use std::net::SocketAddr;
use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

use crate::range::OutOfRange;

/// How long the server may sleep between two writes, in milliseconds.
pub const INTERVAL_MS: RangeInclusive<u32> = 1..=60_000;

/// Clients that the companion opens to its own clock at a time: a browser caps what a page can open.
pub const SWARM_MAX: u32 = 1000;

/// Connections that the clock serves at a time, and bridged ones.
pub const CONNECTIONS_MAX: u32 = 4096;

/// The subprotocol of the WebSocket that tells [`News`], with its version.
pub const EVENTS_SUBPROTOCOL: &str = "chanscope.events.v1";

/// The clock server's settings. The default is what the notes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct ClockSettings {
    /// Who serves a connection.
    pub accept_loop: AcceptLoop,
    /// What follows when a write fails.
    pub on_write_error: OnWriteError,
    /// Milliseconds between two writes to a connection.
    pub interval_ms: u32,
    /// How many connections are served at a time; further ones wait to be accepted.
    pub connections_max: u32,
    /// Ask the system for the smallest send buffer, so that a client that does not read soon blocks the write. With
    /// the usual one, the system swallows megabytes first.
    pub small_buffers: bool,
}

/// Who serves a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum AcceptLoop {
    /// The loop itself, as in the notes: a second client waits until the first has gone.
    Serial,
    /// A goroutine of its own.
    Concurrent,
}

/// What follows when a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub enum OnWriteError {
    /// The whole server ends, as by the notes' `log.Fatal`, and deferred calls are skipped.
    ServerDies,
    /// That connection ends.
    ConnectionEnds,
}

impl Default for ClockSettings {
    fn default() -> Self {
        Self {
            accept_loop: AcceptLoop::Serial,
            on_write_error: OnWriteError::ServerDies,
            interval_ms: 1000,
            connections_max: CONNECTIONS_MAX,
            small_buffers: false,
        }
    }
}

impl ClockSettings {
    /// Gives the settings back when each is within its range.
    ///
    /// # Errors
    ///
    /// The first that is not.
    pub fn checked(self) -> Result<Self, OutOfRange> {
        let fields = [
            ("intervalMs", self.interval_ms, INTERVAL_MS),
            ("connectionsMax", self.connections_max, 1..=CONNECTIONS_MAX),
        ];
        for (field, value, range) in fields {
            if !range.contains(&value) {
                return Err(OutOfRange { field, value, range });
            }
        }
        Ok(self)
    }
}

/// How the server is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockState {
    /// How often it has been started, this time included.
    pub life: u32,
    /// How it is in this life.
    pub status: ClockStatus,
}

/// How the server is.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum ClockStatus {
    /// It accepts connections.
    Running {
        /// Where.
        address: SocketAddr,
    },
    /// It died, and can be started again.
    Dead {
        /// Where it was.
        address: SocketAddr,
        /// What it died of, as Go prints it.
        error: String,
    },
    /// It could not have its port. Another start may find it free.
    CannotStart {
        /// Where it would have been.
        address: SocketAddr,
        /// The system's words, as Go prints them.
        error: String,
    },
    /// The companion ends.
    Stopped,
}

/// The clock's state and its settings.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockNow {
    /// How it is.
    pub state: ClockState,
    /// Its settings.
    pub settings: ClockSettings,
    /// How many clients of the swarm are connected.
    pub swarm: u32,
}

/// Something that the server did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockEvent {
    /// Its number; the first is 0 and none is left out.
    #[ts(type = "number")]
    pub seq: u64,
    /// Microseconds since the log was begun.
    #[ts(type = "number")]
    pub at_us: u64,
    /// The connection, by the client's address; none for what concerns the server as a whole.
    pub connection: Option<SocketAddr>,
    /// What happened.
    #[serde(flatten)]
    pub what: ClockAct,
}

/// What the server did.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "what")]
pub enum ClockAct {
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
    /// A client of the swarm dials, from the connection's address. It reads and throws away what it reads.
    SwarmDial,
    /// A client of the swarm has gone, whoever ended it.
    SwarmGone,
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
        #[ts(type = "number")]
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
        #[ts(type = "number")]
        deferred_skipped: usize,
    },
    /// The server was told to stop.
    Stop,
}

/// Some events in order.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase")]
pub struct ClockBatch {
    /// How many events before these can no longer be had.
    #[ts(type = "number")]
    pub dropped: u64,
    /// The events.
    pub events: Vec<ClockEvent>,
    /// Where to read on.
    #[ts(type = "number")]
    pub next: u64,
}

/// What a reader of events is told.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type")]
pub enum News {
    /// The clock's state and settings: at the beginning, and when they have changed.
    Clock(ClockNow),
    /// Events.
    Events(ClockBatch),
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_notes_server() {
        let json = r#"{"acceptLoop":"serial","onWriteError":"serverDies","intervalMs":1000,"connectionsMax":4096,"smallBuffers":false}"#;
        assert_eq!(serde_json::to_string(&ClockSettings::default().checked().unwrap()).unwrap(), json);
    }

    #[test]
    fn what_is_out_of_range_is_named_with_its_range() {
        let error = |settings: ClockSettings| settings.checked().unwrap_err().to_string();
        let notes = ClockSettings::default();
        assert_eq!(error(ClockSettings { interval_ms: 0, ..notes }), "intervalMs is 0; it must be from 1 to 60000");
        assert_eq!(
            error(ClockSettings { connections_max: 4097, ..notes }),
            "connectionsMax is 4097; it must be from 1 to 4096"
        );
    }

    /// The tags of the message and of what happened stand in one object beside the fields of the event itself.
    #[test]
    fn news_reads_as_it_is_written() {
        let address = SocketAddr::from(([127, 0, 0, 1], 8000));
        let error = "broken pipe".to_owned();
        let state = ClockState { life: 2, status: ClockStatus::Dead { address, error: error.clone() } };
        let what = ClockAct::Die { error, deferred_skipped: 3 };
        let event = ClockEvent { seq: 7, at_us: 1_500_000, connection: Some(address), what };
        for (news, json) in [
            (
                News::Clock(ClockNow { state, settings: ClockSettings::default(), swarm: 4 }),
                concat!(
                    r#"{"type":"clock","state":{"life":2,"status":{"type":"dead","address":"127.0.0.1:8000","#,
                    r#""error":"broken pipe"}},"settings":{"acceptLoop":"serial","onWriteError":"serverDies","#,
                    r#""intervalMs":1000,"connectionsMax":4096,"smallBuffers":false},"swarm":4}"#
                ),
            ),
            (
                News::Events(ClockBatch { dropped: 1, events: vec![event], next: 8 }),
                concat!(
                    r#"{"type":"events","dropped":1,"events":[{"seq":7,"atUs":1500000,"connection":"127.0.0.1:8000","#,
                    r#""what":"die","error":"broken pipe","deferredSkipped":3}],"next":8}"#
                ),
            ),
        ] {
            assert_eq!(serde_json::to_string(&news).unwrap(), json);
            assert_eq!(serde_json::from_str::<News>(json).unwrap(), news);
        }
    }
}
