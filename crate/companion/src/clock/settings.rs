//! What can be changed about the clock server while it runs: the notes' behaviour, and its repairs.

use std::ops::RangeInclusive;

use serde::{Deserialize, Serialize};

use crate::limits::CONNECTIONS_MAX;

/// How long the server may sleep between two writes, in milliseconds.
pub const INTERVAL_MS: RangeInclusive<u32> = 1..=60_000;

/// The clock server's settings. The default is what the notes have.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase", deny_unknown_fields)]
pub struct Settings {
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
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum AcceptLoop {
    /// The loop itself, as in the notes: a second client waits until the first has gone.
    Serial,
    /// A goroutine of its own.
    Concurrent,
}

/// What follows when a write fails.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "camelCase")]
pub enum OnWriteError {
    /// The whole server ends, as by the notes' `log.Fatal`, and deferred calls are skipped.
    ServerDies,
    /// That connection ends.
    ConnectionEnds,
}

/// A setting that is not within its range.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} is {value}; it must be from {} to {}", .range.start(), .range.end())]
pub struct OutOfRange {
    /// The setting's name, as in JSON.
    pub field: &'static str,
    /// What was asked for.
    pub value: u32,
    /// What could be.
    pub range: RangeInclusive<u32>,
}

impl Default for Settings {
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

impl Settings {
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

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_default_is_the_notes_server() {
        let json = r#"{"acceptLoop":"serial","onWriteError":"serverDies","intervalMs":1000,"connectionsMax":4096,"smallBuffers":false}"#;
        assert_eq!(serde_json::to_string(&Settings::default().checked().unwrap()).unwrap(), json);
    }

    #[test]
    fn what_is_out_of_range_is_named_with_its_range() {
        let error = |settings: Settings| settings.checked().unwrap_err().to_string();
        let notes = Settings::default();
        assert_eq!(error(Settings { interval_ms: 0, ..notes }), "intervalMs is 0; it must be from 1 to 60000");
        assert_eq!(
            error(Settings { connections_max: 4097, ..notes }),
            "connectionsMax is 4097; it must be from 1 to 4096"
        );
    }
}
