//! Every limit of the companion, in one place. Whatever somebody else can make grow ends at one of them.

use std::time::Duration;

pub use chanscope_tcp::bridge::{CREDIT_BYTES_MAX, MESSAGE_BYTES_MAX, WINDOW_BYTES_MAX};
pub use chanscope_tcp::clock::{CONNECTIONS_MAX, SWARM_MAX};

/// Connections at a time that have asked for nothing yet, or for a file.
pub const HTTP_CONNECTIONS_MAX: usize = 1024;

/// WebSockets at a time that listen to events.
pub const EVENT_READERS_MAX: usize = 64;

/// What a WebSocket holds that its page has not read.
pub const WRITE_BUFFER_BYTES_MAX: usize = 256 * 1024;

/// What a WebSocket's library reads at a time; it holds so much for as long as it is open. Most of what a page sends to
/// the bridge goes past the library.
pub const READ_BUFFER_BYTES: usize = 256;

/// The header of a request, in bytes.
pub const HEADER_BYTES_MAX: usize = 16 * 1024;

/// The header of a request, in lines.
pub const HEADER_LINES_MAX: usize = 64;

/// The body of a request: settings.
pub const BODY_BYTES_MAX: usize = 4 * 1024;

/// How long the header of a request may take.
pub const HEADER_READ: Duration = Duration::from_secs(5);

/// How long the body of a request may take.
pub const BODY_READ: Duration = Duration::from_secs(5);

/// How long the other side may take to read an answer, from when it first keeps one waiting.
pub const ANSWER_WRITE: Duration = Duration::from_secs(30);

/// How long a connection to the target may take to open.
pub const DIAL: Duration = Duration::from_secs(5);

/// How often a WebSocket is pinged.
pub const PING_EVERY: Duration = Duration::from_secs(20);

/// How long a WebSocket may be silent, pongs included, before it is held for dead.
pub const SILENCE_MAX: Duration = Duration::from_secs(60);

/// How long the other side of a WebSocket may take to answer a close.
pub const CLOSE_HANDSHAKE: Duration = Duration::from_secs(1);

/// How long answers under way and WebSockets may take once the companion was told to stop.
pub const SHUTDOWN: Duration = Duration::from_secs(3);
