//! Serving the page: `run(listener, dist, stop)`, so that a test binds port 0 and stops when it likes.

mod headers;
mod host;
mod listener;

use std::future::IntoFuture;
use std::path::Path;
use std::time::Duration;

use axum::Router;
use axum::http::StatusCode;
use axum::middleware;
use axum::routing::any;
use tokio::sync::watch;
use tokio::task::JoinSet;
use tokio::time::timeout;
use tower_http::services::ServeDir;

pub use listener::{ListenError, Listener};

/// How long answers under way may take once the server was told to stop.
const GRACE_SECONDS: u64 = 3;

/// Serves a folder until `stop` resolves. Answers under way are then finished, for a few seconds at most.
pub async fn run(listener: Listener, dist: &Path, stop: impl Future<Output = ()> + Send + 'static) {
    let router = router(dist, listener.port());
    let (stopping, stopped) = watch::channel(false);
    let mut servers = JoinSet::new();
    for socket in listener.into_sockets() {
        let mut stopped = stopped.clone();
        let server = axum::serve(socket, router.clone()).with_graceful_shutdown(async move {
            // An error means that the sender is gone, which is a reason to stop as well.
            let _ = stopped.wait_for(|stopped| *stopped).await;
        });
        servers.spawn(server.into_future());
    }
    stop.await;
    stopping.send_replace(true);
    // Whoever has not got an answer by then, perhaps because the question never ended, gets none.
    let _ = timeout(Duration::from_secs(GRACE_SECONDS), servers.join_all()).await;
}

fn router(dist: &Path, port: u16) -> Router {
    let files = ServeDir::new(dist)
        .precompressed_br()
        .precompressed_gzip()
        .not_found_service(any(|| async { (StatusCode::NOT_FOUND, "There is no such file.\n") }));
    Router::new()
        .fallback_service(files)
        .layer(middleware::from_fn(move |request, next| host::require_loopback(port, request, next)))
        .layer(middleware::from_fn(headers::add))
}
