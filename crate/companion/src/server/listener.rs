//! The sockets: loopback only, IPv4 always and IPv6 where the machine has it, both on one port.

use std::io::{self, ErrorKind};
use std::net::{Ipv4Addr, Ipv6Addr};

use tokio::net::TcpListener;

/// Bound sockets that nobody serves yet.
#[derive(Debug)]
pub struct Listener {
    port: u16,
    v4: TcpListener,
    v6: Option<TcpListener>,
}

/// Why a port cannot be had.
#[derive(Debug, thiserror::Error)]
pub enum ListenError {
    /// Somebody else listens there.
    #[error("port {0} is in use; choose another one with --port, or --port 0 for any that is free")]
    InUse(u16),
    /// The system does not let this user have it.
    #[error("port {0} is not for everybody; choose one from 1024 on with --port")]
    Forbidden(u16),
    /// Something else.
    #[error("cannot listen on port {port}: {source}")]
    Other {
        /// The port that was asked for.
        port: u16,
        /// What the system said.
        source: io::Error,
    },
}

impl Listener {
    /// Takes a port on 127.0.0.1 and on ::1. Port 0 takes any that is free on 127.0.0.1.
    ///
    /// A machine without IPv6 is served on IPv4 alone. So is one on which somebody else has the port that the system
    /// chose, but not a port that was asked for: there, a browser told `localhost` might ask the other one.
    ///
    /// # Errors
    ///
    /// When the port is in use, or not for this user.
    pub async fn bind(port: u16) -> Result<Self, ListenError> {
        let v4 = TcpListener::bind((Ipv4Addr::LOCALHOST, port)).await.map_err(|error| refused(port, error))?;
        let chosen = v4.local_addr().map_err(|error| refused(port, error))?.port();
        let v6 = where_there_is_one(TcpListener::bind((Ipv6Addr::LOCALHOST, chosen)).await, port)?;
        Ok(Self { port: chosen, v4, v6 })
    }

    /// The port that was taken.
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Where the page will be.
    pub fn url(&self) -> String {
        url(self.port)
    }

    pub(super) fn into_sockets(self) -> impl Iterator<Item = TcpListener> {
        [Some(self.v4), self.v6].into_iter().flatten()
    }
}

pub(super) fn url(port: u16) -> String {
    format!("http://{}:{port}", Ipv4Addr::LOCALHOST)
}

/// The socket on IPv6, or why a port that was asked for cannot be had there.
fn where_there_is_one<Socket>(bound: io::Result<Socket>, port: u16) -> Result<Option<Socket>, ListenError> {
    match bound {
        Ok(socket) => Ok(Some(socket)),
        Err(error) if error.kind() == ErrorKind::AddrInUse && port != 0 => Err(refused(port, error)),
        Err(_) => Ok(None),
    }
}

fn refused(port: u16, source: io::Error) -> ListenError {
    match source.kind() {
        ErrorKind::AddrInUse => ListenError::InUse(port),
        ErrorKind::PermissionDenied => ListenError::Forbidden(port),
        _ => ListenError::Other { port, source },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_machine_without_ipv6_is_no_error() {
        let bound = |kind: ErrorKind, port| where_there_is_one::<()>(Err(kind.into()), port);
        for kind in [ErrorKind::AddrNotAvailable, ErrorKind::Unsupported, ErrorKind::PermissionDenied] {
            assert!(matches!(bound(kind, 8080), Ok(None)), "{kind}");
        }
        assert!(matches!(bound(ErrorKind::AddrInUse, 8080), Err(ListenError::InUse(8080))));
        assert!(matches!(bound(ErrorKind::AddrInUse, 0), Ok(None)));
        assert!(matches!(where_there_is_one(Ok(()), 8080), Ok(Some(()))));
    }

    #[tokio::test]
    async fn a_port_that_somebody_has_on_ipv6_alone_is_in_use() {
        let Ok(other) = TcpListener::bind((Ipv6Addr::LOCALHOST, 0)).await else { return };
        let port = other.local_addr().unwrap().port();
        assert!(matches!(Listener::bind(port).await, Err(ListenError::InUse(taken)) if taken == port));
    }
}
