//! The page's server: `run(listener, site, stop)`, so that a test binds port 0 and stops when it likes.

mod api;
mod echo;
mod events;
mod files;
mod guard;
mod headers;
mod host;
mod http;
mod listener;
mod patience;
mod secret;
mod upgrade;

use std::sync::Arc;

use axum::{Router, middleware};
use tokio::sync::Semaphore;
use tokio::time::timeout;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use crate::bridge::Target;
use crate::clock::{Clock, Swarm};
use crate::limits::SHUTDOWN;
use api::Api;

pub use files::Files;
pub use listener::{ListenError, Listener};
pub use secret::Secret;

/// What is served.
pub struct Site {
    /// The built page.
    pub files: Files,
    /// The clock that the page is told about.
    pub clock: Arc<Clock>,
    /// What the bridge connects to: the same clock, but for measuring.
    pub target: Target,
    /// What the page shows when it asks for more than files.
    pub secret: Secret,
    /// Bridged connections at a time.
    pub connections_max: u32,
    /// Whether there is an echo for suites that test the protocol.
    pub test_echo: bool,
}

/// Serves until `stop` resolves. Then answers under way are finished and WebSockets closed, for a few seconds at most.
pub async fn run(listener: Listener, site: Site, stop: impl Future<Output = ()>) {
    let (stopping, tasks) = (CancellationToken::new(), TaskTracker::new());
    let api = Api {
        swarm: Arc::new(Swarm::new(Arc::clone(&site.clock))),
        clock: site.clock,
        target: site.target,
        secret: site.secret,
        connections: Arc::new(Semaphore::new(site.connections_max as usize)),
        readers: Api::event_readers(),
        stop: stopping.clone(),
        tasks: tasks.clone(),
    };
    let router = site.files.router().merge(api::router(api, site.test_echo));
    let router = guarded(router, listener.port());
    let sockets = listener.into_sockets().collect();
    tokio::join!(http::serve(sockets, router, stopping.clone(), tasks.clone()), async {
        stop.await;
        stopping.cancel();
    });
    tasks.close();
    // Whoever has not got an answer by then, perhaps because the question never ended, gets none.
    let _ = timeout(SHUTDOWN, tasks.wait()).await;
}

fn guarded(router: Router, port: u16) -> Router {
    router
        .layer(middleware::from_fn(move |request, next| host::require_loopback(port, request, next)))
        .layer(middleware::from_fn(headers::add))
}
