//! From an HTTP request to a WebSocket.

use std::future::Future;

use axum::body::Body;
use axum::extract::Request;
use axum::http::header::{HeaderValue, SEC_WEBSOCKET_PROTOCOL};
use axum::http::{HeaderMap, StatusCode};
use axum::response::{IntoResponse, Response};
use hyper::upgrade::{OnUpgrade, Parts};
use hyper_util::rt::TokioIo;
use tokio::sync::OwnedSemaphorePermit;
use tokio_util::task::TaskTracker;
use tungstenite::handshake::server::create_response_with_body;

use super::patience::Patience;
use crate::bridge::CloseCode;
use crate::socket::{Binary, Socket};

/// A WebSocket that is asked for.
pub(super) struct Wanted {
    pub(super) request: Request,
    /// The subprotocol that the other side has to offer, where there is one.
    pub(super) protocol: Option<&'static str>,
    pub(super) binary: Binary,
    /// Where there is no place left it is opened all the same: a page reads close codes, but no status.
    pub(super) place: Option<OwnedSemaphorePermit>,
}

/// Answers the handshake, and has a task of `tasks` serve the WebSocket from there on.
pub(super) fn open<F: Future<Output = ()> + Send + 'static>(
    Wanted { mut request, protocol, binary, place }: Wanted,
    tasks: &TaskTracker,
    serve: impl FnOnce(Socket) -> F + Send + 'static,
) -> Response {
    let mut response = match create_response_with_body(&request, Body::empty) {
        Ok(response) => response,
        Err(error) => {
            return (StatusCode::BAD_REQUEST, format!("This is for WebSockets: {error}.\n")).into_response();
        }
    };
    if let Some(protocol) = protocol {
        if !offers(request.headers(), protocol) {
            return (StatusCode::BAD_REQUEST, format!("The subprotocol here is {protocol}.\n")).into_response();
        }
        response.headers_mut().insert(SEC_WEBSOCKET_PROTOCOL, HeaderValue::from_static(protocol));
    }
    let upgrade = hyper::upgrade::on(&mut request);
    drop(request);
    // Begun here: who waits for all tasks to end must not overlook one that has not begun.
    tasks.spawn(async move {
        // Whoever has gone before the answer wants no WebSocket any more.
        let Some(socket) = upgraded(upgrade, binary).await else { return };
        match &place {
            Some(_) => serve(socket).await,
            None => socket.close(CloseCode::TooMany).await,
        }
        drop(place);
    });
    response
}

async fn upgraded(upgrade: OnUpgrade, binary: Binary) -> Option<Socket> {
    let Parts { io, read_buf, .. } = upgrade.await.ok()?.downcast::<TokioIo<Patience>>().ok()?;
    Some(Socket::new(io.into_inner().into_inner(), &read_buf, binary))
}

fn offers(headers: &HeaderMap, protocol: &str) -> bool {
    let lists = headers.get_all(SEC_WEBSOCKET_PROTOCOL).iter().filter_map(|value| value.to_str().ok());
    lists.flat_map(|list| list.split(',')).any(|offered| offered.trim() == protocol)
}
