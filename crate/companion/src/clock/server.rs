//! The notes' `main`: accept for ever, and serve each connection in the loop itself or beside it.

use std::future::pending;
use std::io;
use std::net::SocketAddr;
use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use socket2::SockRef;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;
use tokio::task::{Id, JoinSet};
use tokio::time::sleep;

use super::connection::{Ended, handle};
use super::log::Log;
use super::{AcceptLoop, Settings, What, time};

/// How long the server waits after an `Accept` that failed. Descriptors that have run out do not come back sooner.
const ACCEPT_PAUSE_MS: u64 = 50;

/// The smallest send buffer that is asked for. Linux takes it for its own minimum of 4 608 bytes.
const SMALL_BUFFER_BYTES: usize = 1024;

/// How the server ended.
#[derive(Debug)]
pub enum End {
    /// It was told to. Its sockets are closed.
    Stopped,
    /// Of an error. Its sockets are open until what remains is dropped, as a process's are until the system has buried
    /// it.
    Died(Remains),
}

/// What a dead server leaves to the system.
#[derive(Debug)]
pub struct Remains {
    /// What it died of, as Go prints it.
    pub error: String,
    _listener: TcpListener,
    _connections: JoinSet<Ended>,
    _fatal: Ended,
}

/// Serves until `stop` resolves, or until the server dies of an error.
pub async fn run(
    listener: TcpListener,
    mut settings: watch::Receiver<Settings>,
    log: Arc<Log>,
    stop: impl Future<Output = ()>,
) -> End {
    let mut stop = pin!(stop);
    let mut connections = JoinSet::new();
    // The connection that the loop itself serves. It cannot accept meanwhile.
    let mut inline: Option<Id> = None;
    let mut watching = true;
    loop {
        let now = *settings.borrow_and_update();
        if now.accept_loop == AcceptLoop::Concurrent {
            inline = None;
        }
        let free = inline.is_none() && connections.len() < now.connections_max as usize;
        tokio::select! {
            () = &mut stop => return End::Stopped,
            changed = settings.changed(), if watching => watching = changed.is_ok(),
            Some(joined) = connections.join_next_with_id() => {
                let (id, ended) = joined.expect("connections do not panic and nobody aborts them");
                if inline == Some(id) {
                    inline = None;
                }
                if let Ended::Fatal { error, .. } = &ended {
                    let error = error.clone();
                    let deferred_skipped = connections.len() + 1;
                    log.record(None, What::Die { error: error.clone(), deferred_skipped });
                    return End::Died(Remains { error, _listener: listener, _connections: connections, _fatal: ended });
                }
            }
            accepted = accept_if(free, &listener) => match accepted {
                Ok((stream, peer)) => {
                    log.record(peer, What::Accept);
                    if now.small_buffers {
                        // A system that refuses shows the same, later.
                        let _ = SockRef::from(&stream).set_send_buffer_size(SMALL_BUFFER_BYTES);
                    }
                    if now.accept_loop == AcceptLoop::Concurrent {
                        log.record(peer, What::GoroutineStart);
                    }
                    let task = connections.spawn(handle(stream, peer, settings.clone(), Arc::clone(&log)));
                    if now.accept_loop == AcceptLoop::Serial {
                        inline = Some(task.id());
                    }
                }
                Err(error) => {
                    log.record(None, What::AcceptError { error: time::accept_error(&listener, &error) });
                    sleep(Duration::from_millis(ACCEPT_PAUSE_MS)).await;
                }
            }
        }
    }
}

async fn accept_if(free: bool, listener: &TcpListener) -> io::Result<(TcpStream, SocketAddr)> {
    if free { listener.accept().await } else { pending().await }
}
