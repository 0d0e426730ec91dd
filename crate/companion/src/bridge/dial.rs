//! What the bridge may connect to.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;

use tokio::net::{TcpSocket, TcpStream};
use tokio::time::timeout;

use super::CloseCode;
use crate::clock::{Clock, Status};
use crate::limits::DIAL;

/// The smallest receive buffer that is asked for, when the clock has small buffers too. Linux takes it for its own
/// minimum.
const SMALL_BUFFER_BYTES: u32 = 1024;

/// What the bridge connects to.
#[derive(Clone, Debug)]
pub enum Target {
    /// The companion's own clock, while it runs.
    Clock(Arc<Clock>),
    /// An address of this machine, for measuring.
    Measured(SocketAddr),
}

/// An address of another machine was given as a target.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("{0} is not an address of this machine; the bridge reaches 127.0.0.1 and ::1 only")]
pub struct NotLoopback(pub SocketAddr);

/// A connection to the target.
pub(super) struct Connection {
    pub(super) stream: TcpStream,
    pub(super) local: SocketAddr,
    pub(super) remote: SocketAddr,
    /// The clock, and which of its lives the connection belongs to.
    life: Option<(Arc<Clock>, u32)>,
}

impl Target {
    /// A target for measuring.
    ///
    /// # Errors
    ///
    /// When the address is not a loopback address.
    pub fn measured(address: SocketAddr) -> Result<Self, NotLoopback> {
        if address.ip().is_loopback() { Ok(Self::Measured(address)) } else { Err(NotLoopback(address)) }
    }

    pub(super) async fn dial(&self) -> Result<Connection, CloseCode> {
        let (remote, small, life) = match self {
            Self::Measured(address) => (*address, false, None),
            Self::Clock(clock) => {
                let state = clock.state();
                // While the clock is down, somebody else may have its port.
                let Status::Running { address } = state.status else { return Err(CloseCode::Refused) };
                (address, clock.settings().small_buffers, Some((Arc::clone(clock), state.life)))
            }
        };
        let connected = timeout(DIAL, connect(remote, small)).await.map_err(|_| CloseCode::DialTimedOut)?;
        let (stream, local) = connected.map_err(|_| CloseCode::Refused)?;
        Ok(Connection { stream, local, remote, life })
    }
}

impl Connection {
    /// Whether the clock that was dialled has died since.
    pub(super) fn server_died(&self) -> bool {
        self.life.as_ref().is_some_and(|(clock, life)| {
            let state = clock.state();
            state.life != *life || matches!(state.status, Status::Dead { .. })
        })
    }
}

async fn connect(remote: SocketAddr, small: bool) -> io::Result<(TcpStream, SocketAddr)> {
    let socket = if remote.is_ipv4() { TcpSocket::new_v4()? } else { TcpSocket::new_v6()? };
    if small {
        socket.set_recv_buffer_size(SMALL_BUFFER_BYTES)?;
    }
    let stream = socket.connect(remote).await?;
    stream.set_nodelay(true)?;
    let local = stream.local_addr()?;
    Ok((stream, local))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_this_machine_is_a_target() {
        for address in ["127.0.0.1:9", "127.8.9.10:9", "[::1]:9"] {
            Target::measured(address.parse().unwrap()).unwrap();
        }
        for address in ["0.0.0.0:9", "192.168.1.1:9", "[::]:9", "[::ffff:192.168.1.1]:9", "203.0.113.7:9"] {
            let address = address.parse().unwrap();
            assert_eq!(Target::measured(address).unwrap_err(), NotLoopback(address));
        }
    }
}
