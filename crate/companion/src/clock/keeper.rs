//! Who starts the clock server, says how it is, and starts it again when it has died.

use std::future::{pending, ready};
use std::io;
use std::net::{Ipv4Addr, SocketAddr};
use std::sync::Arc;

use tokio::net::{TcpListener, TcpSocket};
use tokio::sync::{Notify, watch};

use super::log::Log;
use super::server::{self, End};
use super::{OutOfRange, Settings, State, Status, What, time};
use crate::limits::CONNECTIONS_MAX;

/// The clock as the rest of the companion knows it.
#[derive(Debug)]
pub struct Clock {
    settings: watch::Sender<Settings>,
    state: watch::Sender<State>,
    log: Arc<Log>,
    start: Notify,
}

impl Clock {
    /// A clock on a port of 127.0.0.1; port 0 takes any that is free. A port that cannot be had is a state, not an
    /// error: the page works without the clock.
    ///
    /// The socket takes connections from here on, and serves them as soon as [`Clock::keep`] runs.
    ///
    /// # Panics
    ///
    /// Outside of a tokio runtime.
    pub fn bind(port: u16, settings: Settings) -> (Self, Option<TcpListener>) {
        let clock = Self {
            settings: watch::Sender::new(settings),
            state: watch::Sender::new(State { life: 0, status: Status::Stopped }),
            log: Arc::default(),
            start: Notify::new(),
        };
        let listener = clock.listen(SocketAddr::from((Ipv4Addr::LOCALHOST, port)));
        (clock, listener)
    }

    /// Runs the server until `stop` resolves. When it has died, or has never had its port, it waits for
    /// [`Clock::start`].
    pub async fn keep(&self, listener: Option<TcpListener>, stop: impl Future<Output = ()>) {
        tokio::select! {
            () = stop => {}
            () = self.live(listener) => {}
        }
        self.log.record(None, What::Stop);
        self.state.send_modify(|state| state.status = Status::Stopped);
    }

    async fn live(&self, mut listener: Option<TcpListener>) {
        loop {
            if let Some(listener) = listener.take() {
                // It runs now, which is what all have asked for who asked so far: its next death is not theirs.
                tokio::select! {
                    biased;
                    () = self.start.notified() => {}
                    () = ready(()) => {}
                }
                self.live_once(listener).await;
            }
            self.start.notified().await;
            if let Some(address) = down_at(&self.state().status) {
                listener = self.listen(address);
            }
        }
    }

    async fn live_once(&self, listener: TcpListener) {
        let End::Died(remains) =
            server::run(listener, self.settings.subscribe(), Arc::clone(&self.log), pending()).await
        else {
            return;
        };
        self.state.send_modify(|state| {
            if let Status::Running { address } = state.status {
                state.status = Status::Dead { address, error: remains.error.clone() };
            }
        });
        // Only now do the clients see it: whoever asks why a connection has ended finds the server dead.
        drop(remains);
    }

    fn listen(&self, address: SocketAddr) -> Option<TcpListener> {
        let bound = bind(address).and_then(|socket| Ok((socket.local_addr()?, socket)));
        let (status, what, listener) = match bound {
            Ok((address, socket)) => (Status::Running { address }, What::Listen { address }, Some(socket)),
            Err(error) => {
                let error = format!("listen tcp {address}: bind: {}", time::words(&error));
                (Status::CannotStart { address, error: error.clone() }, What::ListenError { error }, None)
            }
        };
        self.log.record(None, what);
        self.state.send_modify(|state| *state = State { life: state.life + 1, status });
        listener
    }

    /// Has the server started again. When it runs, this does nothing.
    pub fn start(&self) {
        if down_at(&self.state().status).is_some() {
            self.start.notify_one();
        }
    }

    /// How the server is.
    pub fn state(&self) -> State {
        self.state.borrow().clone()
    }

    /// The server's settings.
    pub fn settings(&self) -> Settings {
        *self.settings.borrow()
    }

    /// Changes the settings, also of connections that are open.
    ///
    /// # Errors
    ///
    /// When one is out of its range; then nothing is changed.
    pub fn set(&self, settings: Settings) -> Result<(), OutOfRange> {
        self.settings.send_replace(settings.checked()?);
        Ok(())
    }

    /// What the server has done.
    pub fn log(&self) -> &Log {
        &self.log
    }

    /// Tells of changes of the state from now on.
    pub fn watch_state(&self) -> watch::Receiver<State> {
        self.state.subscribe()
    }

    /// Tells of changes of the settings from now on.
    pub fn watch_settings(&self) -> watch::Receiver<Settings> {
        self.settings.subscribe()
    }
}

/// As `TcpListener::bind`, with room for as many clients to wait as may be served: under the serial loop all but one
/// do. The system may allow fewer; Go asks for what it allows.
fn bind(address: SocketAddr) -> io::Result<TcpListener> {
    let socket = TcpSocket::new_v4()?;
    // On Windows this would let others have the port as well.
    #[cfg(unix)]
    socket.set_reuseaddr(true)?;
    socket.bind(address)?;
    socket.listen(CONNECTIONS_MAX)
}

/// Where the server would be, when it is not running and could be.
fn down_at(status: &Status) -> Option<SocketAddr> {
    match status {
        Status::Dead { address, .. } | Status::CannotStart { address, .. } => Some(*address),
        Status::Running { .. } | Status::Stopped => None,
    }
}
