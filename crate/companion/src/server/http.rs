//! Accepting HTTP connections, with limits on what a request may look like before anybody answers it.
//!
//! `axum::serve` sets no timer for the header of a request, so that a connection that never finishes one would stay for
//! ever.

use std::pin::pin;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio::time::sleep;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::patience::Patience;
use crate::limits::{HEADER_BYTES_MAX, HEADER_LINES_MAX, HEADER_READ, HTTP_CONNECTIONS_MAX};

/// How long to wait after an accept that failed: descriptors that have run out do not come back sooner.
const ACCEPT_PAUSE: Duration = Duration::from_millis(50);

/// What a connection holds of requests that have not been read and answers that have not gone out.
const BUFFER_BYTES_MAX: usize = 2 * HEADER_BYTES_MAX;

/// Accepts until `stop` is cancelled. Answers under way are finished in tasks that `tasks` waits for.
pub(super) async fn serve(sockets: Vec<TcpListener>, router: Router, stop: CancellationToken, tasks: TaskTracker) {
    let places = Arc::new(Semaphore::new(HTTP_CONNECTIONS_MAX));
    for socket in sockets {
        let (router, stop, places, connections) = (router.clone(), stop.clone(), Arc::clone(&places), tasks.clone());
        tasks.spawn(async move {
            while let Some((stream, place)) = accept(&socket, &places, &stop).await {
                connections.spawn(answer(stream, router.clone(), stop.clone(), place));
            }
        });
    }
    stop.cancelled().await;
}

async fn accept(
    socket: &TcpListener,
    places: &Arc<Semaphore>,
    stop: &CancellationToken,
) -> Option<(TcpStream, OwnedSemaphorePermit)> {
    let accepted = async {
        let place = Arc::clone(places).acquire_owned().await.ok()?;
        loop {
            match socket.accept().await {
                Ok((stream, _)) => return Some((stream, place)),
                Err(_) => sleep(ACCEPT_PAUSE).await,
            }
        }
    };
    tokio::select! {
        () = stop.cancelled() => None,
        accepted = accepted => accepted,
    }
}

async fn answer(stream: TcpStream, router: Router, stop: CancellationToken, place: OwnedSemaphorePermit) {
    // It fails only when the connection has gone already, which shows next.
    let _ = stream.set_nodelay(true);
    let mut connection = pin!(
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(HEADER_READ)
            .max_headers(HEADER_LINES_MAX)
            .max_header_size(HEADER_BYTES_MAX)
            .max_buf_size(BUFFER_BYTES_MAX)
            .serve_connection(TokioIo::new(Patience::new(stream)), TowerToHyperService::new(router))
            .with_upgrades()
    );
    tokio::select! {
        // Errors are the other side's, and it has been told where there was a way to.
        _ = connection.as_mut() => {}
        () = stop.cancelled() => {
            connection.as_mut().graceful_shutdown();
            let _ = connection.await;
        }
    }
    drop(place);
}
