//! Many clients of the clock at once, opened by the companion itself: a browser caps what a page can open.
//!
//! Each reads, like the notes' client, and throws away what it reads. A client that the server ends is not opened
//! again.

use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};

use tokio::io::AsyncReadExt;
use tokio::net::TcpSocket;
use tokio::sync::watch;
use tokio_util::task::AbortOnDropHandle;

use super::{Clock, OutOfRange, Status, What};
use crate::limits::SWARM_MAX;

/// What a client reads at a time.
const READ_BYTES: usize = 1024;

/// The clients that the companion has opened to its own clock.
#[derive(Debug)]
pub struct Swarm {
    clock: Arc<Clock>,
    /// The last one goes first.
    clients: Mutex<Vec<AbortOnDropHandle<()>>>,
    connected: Arc<watch::Sender<u32>>,
}

impl Swarm {
    /// Nobody yet.
    pub fn new(clock: Arc<Clock>) -> Self {
        Self { clock, clients: Mutex::default(), connected: Arc::new(watch::Sender::new(0)) }
    }

    /// Opens or closes clients until there are so many. While the clock is down, none can be opened.
    ///
    /// # Errors
    ///
    /// More than [`SWARM_MAX`]; then nothing is changed.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub fn set(&self, clients: u32) -> Result<(), OutOfRange> {
        if clients > SWARM_MAX {
            return Err(OutOfRange { field: "clients", value: clients, range: 0..=SWARM_MAX });
        }
        // No code of others runs under the lock, so that a poisoned one is as good as any.
        let mut running = self.clients.lock().unwrap_or_else(PoisonError::into_inner);
        running.retain(|client| !client.is_finished());
        running.truncate(clients as usize);
        let Status::Running { address } = self.clock.state().status else { return Ok(()) };
        while running.len() < clients as usize {
            let (clock, connected) = (Arc::clone(&self.clock), Arc::clone(&self.connected));
            running.push(AbortOnDropHandle::new(tokio::spawn(async move {
                // A system that has no more sockets is seen by fewer clients being connected.
                let _ = client(&clock, address, &connected).await;
            })));
        }
        Ok(())
    }

    /// Tells how many are connected, from now on.
    pub fn watch(&self) -> watch::Receiver<u32> {
        self.connected.subscribe()
    }
}

/// Says that the client has gone, however it goes.
struct Connected<'a> {
    clock: &'a Clock,
    local: SocketAddr,
    count: &'a watch::Sender<u32>,
}

impl Drop for Connected<'_> {
    fn drop(&mut self) {
        self.clock.log().record(self.local, What::SwarmGone);
        self.count.send_modify(|count| *count -= 1);
    }
}

async fn client(clock: &Clock, server: SocketAddr, count: &watch::Sender<u32>) -> io::Result<()> {
    let socket = TcpSocket::new_v4()?;
    // Bound first, so that the dial is in the log before the server can accept it.
    socket.bind((Ipv4Addr::LOCALHOST, 0).into())?;
    let local = socket.local_addr()?;
    clock.log().record(local, What::SwarmDial);
    count.send_modify(|count| *count += 1);
    let _connected = Connected { clock, local, count };
    let mut stream = socket.connect(server).await?;
    let mut bytes = [0; READ_BYTES];
    while stream.read(&mut bytes).await? > 0 {}
    Ok(())
}
