//! The notes' `handleConn`: write the time, sleep, for ever.

use std::io::{self, ErrorKind};
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use tokio::net::TcpStream;
use tokio::sync::watch;
use tokio::time::{Instant, sleep_until};

use super::log::Log;
use super::{OnWriteError, Settings, What, time};

/// How a connection ended.
#[derive(Debug)]
pub(super) enum Ended {
    /// By `defer conn.Close()`.
    Closed,
    /// By an error that the whole server dies of. Its socket is still open: the deferred call is never made.
    Fatal {
        /// The error, as Go prints it.
        error: String,
        _open: TcpStream,
    },
}

/// Serves one client until a write fails. A client that has gone is noticed by nothing else: nobody reads here.
pub(super) async fn handle(
    stream: TcpStream,
    peer: SocketAddr,
    mut settings: watch::Receiver<Settings>,
    log: Arc<Log>,
) -> Ended {
    loop {
        let line = time::line();
        if let Err(error) = write_all(&stream, line.as_bytes(), peer, &log).await {
            let error =
                stream.local_addr().map_or_else(|_| time::words(&error), |l| time::write_error(l, peer, &error));
            log.record(peer, What::WriteError { error: error.clone() });
            if settings.borrow().on_write_error == OnWriteError::ServerDies {
                return Ended::Fatal { error, _open: stream };
            }
            log.record(peer, What::Close);
            return Ended::Closed;
        }
        log.record(peer, What::Wrote { bytes: line.len() });
        log.record(peer, What::Sleep { ms: settings.borrow().interval_ms });
        sleep(&mut settings).await;
    }
}

/// Writes all bytes, and says so once when the system takes no more and the client has to read first.
async fn write_all(stream: &TcpStream, mut bytes: &[u8], peer: SocketAddr, log: &Log) -> io::Result<()> {
    let mut blocked = false;
    while !bytes.is_empty() {
        stream.writable().await?;
        match stream.try_write(bytes) {
            Ok(count) => bytes = &bytes[count..],
            Err(error) if error.kind() == ErrorKind::WouldBlock => {
                if !blocked {
                    log.record(peer, What::WriteBlocked);
                }
                blocked = true;
            }
            Err(error) => return Err(error),
        }
    }
    Ok(())
}

/// Sleeps for the interval, counted from now, as it is by the end: who shortens it need not wait for the old one.
async fn sleep(settings: &mut watch::Receiver<Settings>) {
    let began = Instant::now();
    loop {
        let interval = Duration::from_millis(settings.borrow_and_update().interval_ms.into());
        tokio::select! {
            () = sleep_until(began + interval) => return,
            changed = settings.changed() => if changed.is_err() {
                sleep_until(began + interval).await;
                return;
            },
        }
    }
}
