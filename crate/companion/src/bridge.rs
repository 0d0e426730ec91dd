//! A TCP connection for the page, one WebSocket each: binary messages are its bytes, text messages are control.
//!
//! What TCP can say, the bridge says: either side can end its half and go on reading, a reset arrives as a reset, and
//! who does not read stops the other side, because every byte under way is covered by credit. It reaches the
//! companion's own clock; nothing that a page sends names a host or a port.

mod dial;
mod pump;

pub use chanscope_tcp::bridge::{FromPage, SUBPROTOCOL, ToPage};
pub use chanscope_tcp::close::CloseCode;
pub use dial::{NotLoopback, Target};

use tokio_util::sync::CancellationToken;

use crate::socket::Socket;
use pump::Pump;

/// Serves one connection from dial to close, or until `stop` is cancelled.
pub(crate) async fn run(socket: Socket, target: &Target, stop: CancellationToken) {
    let dialled = tokio::select! {
        dialled = target.dial() => dialled,
        () = stop.cancelled() => Err(CloseCode::GoingAway),
    };
    match dialled {
        Ok(connection) => Pump::new(socket, connection).run(stop).await,
        Err(code) => socket.close(code).await,
    }
}
