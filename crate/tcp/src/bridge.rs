//! The bridge: one TCP connection over one WebSocket. Binary messages are its bytes; text messages are the control
//! messages here, as JSON. Version 1; a change that breaks raises the version.

use std::net::SocketAddr;

use serde::{Deserialize, Serialize};
use ts_rs::TS;

/// The WebSocket subprotocol, with its version.
pub const SUBPROTOCOL: &str = "chanscope.tcp.v1";

/// How a WebSocket shows the secret: as a further subprotocol, this and the secret. A browser lets it send nothing
/// else.
pub const SECRET_PROTOCOL: &str = "chanscope.secret.";

/// A message of a WebSocket, and a frame of one.
pub const MESSAGE_BYTES_MAX: usize = 64 * 1024;

/// Bytes under way from a page to the target that nobody has acknowledged: all of them may lie in the companion.
pub const CREDIT_BYTES_MAX: u32 = 256 * 1024;

/// Bytes under way to a page, at most. How many it takes unread is for the page to say, since they lie there: the
/// companion holds one message of them.
pub const WINDOW_BYTES_MAX: u32 = 1024 * 1024;

/// What the page says.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type", deny_unknown_fields)]
pub enum FromPage {
    /// The page can take so many bytes more. It begins with none, and gives [`WINDOW_BYTES_MAX`] at most.
    Credit {
        /// How many.
        bytes: u32,
    },
    /// The page sends no more bytes. It goes on reading.
    End,
    /// The page resets the connection: what is under way either way is lost.
    Reset,
}

/// What the page is told.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, TS)]
#[serde(rename_all = "camelCase", tag = "type", deny_unknown_fields)]
pub enum ToPage {
    /// The connection is open. This comes first.
    Opened {
        /// The connection's own end: as events name it.
        local: SocketAddr,
        /// The target.
        remote: SocketAddr,
        /// How many bytes the page may send for a beginning.
        credit: u32,
    },
    /// The target's system has taken so many bytes, and the page may send as many more.
    Credit {
        /// How many.
        bytes: u32,
    },
    /// The target sends no more bytes. It may go on reading.
    End,
    /// The target reset the connection. The WebSocket is closed next.
    Reset,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn control_messages_read_as_published() {
        let local = ([127, 0, 0, 1], 40_000).into();
        let remote = ([127, 0, 0, 1], 8000).into();
        for (message, json) in [
            (
                ToPage::Opened { local, remote, credit: 262_144 },
                r#"{"type":"opened","local":"127.0.0.1:40000","remote":"127.0.0.1:8000","credit":262144}"#,
            ),
            (ToPage::Credit { bytes: 65_536 }, r#"{"type":"credit","bytes":65536}"#),
            (ToPage::End, r#"{"type":"end"}"#),
            (ToPage::Reset, r#"{"type":"reset"}"#),
        ] {
            assert_eq!(serde_json::to_string(&message).unwrap(), json);
        }
        for (message, json) in [
            (FromPage::Credit { bytes: 1 }, r#"{"type":"credit","bytes":1}"#),
            (FromPage::End, r#"{"type":"end"}"#),
            (FromPage::Reset, r#"{"type":"reset"}"#),
        ] {
            assert_eq!(serde_json::from_str::<FromPage>(json).unwrap(), message);
        }
    }

    #[test]
    fn what_is_not_a_control_message_is_refused() {
        for json in ["", "{}", r#"{"type":"open"}"#, r#"{"type":"credit"}"#, r#"{"type":"credit","bytes":-1}"#, "[1]"] {
            serde_json::from_str::<FromPage>(json).unwrap_err();
        }
    }
}
