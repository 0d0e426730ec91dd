//! Room for as many sockets as the limits promise.

use crate::limits::{CONNECTIONS_MAX, EVENT_READERS_MAX, HTTP_CONNECTIONS_MAX};

/// A bridged connection has three: the page's WebSocket, and both ends of the connection to the clock. The rest is
/// files, and the runtime's own.
pub const NEEDED: u64 = 3 * CONNECTIONS_MAX as u64 + (HTTP_CONNECTIONS_MAX + EVENT_READERS_MAX) as u64 + 128;

/// Raises the soft limit as far as it goes and is needed.
///
/// # Errors
///
/// How many there can be, when that is too few.
#[cfg(unix)]
pub fn make_room() -> Result<(), u64> {
    use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

    let limit = getrlimit(Resource::Nofile);
    // None is no limit.
    let Some(current) = limit.current else { return Ok(()) };
    if current >= NEEDED {
        return Ok(());
    }
    let wanted = limit.maximum.map_or(NEEDED, |maximum| maximum.min(NEEDED));
    if setrlimit(Resource::Nofile, Rlimit { current: Some(wanted), maximum: limit.maximum }).is_err() {
        return Err(current);
    }
    if wanted < NEEDED { Err(wanted) } else { Ok(()) }
}

/// There is no such limit.
///
/// # Errors
///
/// None.
#[cfg(not(unix))]
pub fn make_room() -> Result<(), u64> {
    Ok(())
}
