//! What the page asks for besides files: the secret, the clock, and the two kinds of WebSockets.
//!
//! ```text
//! GET  /api/session          the secret, for what follows
//! GET  /api/clock            the clock's state and settings
//! PUT  /api/clock/settings   changes the settings; all of them, as JSON
//! POST /api/clock/start      starts the clock when it is down
//! PUT  /api/clock/swarm      opens or closes clients of the companion's own: `{"clients": 100}`
//! WS   /api/events?from=N    the clock's events from number N on, and its state   (subprotocol chanscope.events.v1)
//! WS   /api/tcp              a connection to the clock                            (subprotocol chanscope.tcp.v1)
//! ```

use std::sync::Arc;

use axum::extract::{DefaultBodyLimit, Query, Request, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use axum::{Json, Router, middleware};
use chanscope_tcp::clock::{ClockNow, EVENTS_SUBPROTOCOL};
use serde::{Deserialize, Serialize};
use tokio::sync::Semaphore;
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;
use tower_http::timeout::TimeoutLayer;

use super::secret::Secret;
use super::upgrade::{self, Wanted};
use super::{echo, events, guard};
use crate::bridge::{self, Target};
use crate::clock::{Clock, Settings, Status, Swarm};
use crate::limits::{BODY_BYTES_MAX, BODY_READ, EVENT_READERS_MAX};
use crate::socket::Binary;

/// What the answers are made from.
#[derive(Clone)]
pub(super) struct Api {
    pub(super) clock: Arc<Clock>,
    pub(super) swarm: Arc<Swarm>,
    pub(super) target: Target,
    pub(super) secret: Secret,
    pub(super) connections: Arc<Semaphore>,
    pub(super) readers: Arc<Semaphore>,
    pub(super) stop: CancellationToken,
    pub(super) tasks: TaskTracker,
}

#[derive(Serialize)]
struct Session<'a> {
    secret: &'a str,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SwarmWish {
    clients: u32,
}

#[derive(Deserialize)]
struct From {
    #[serde(default)]
    from: u64,
}

pub(super) fn router(api: Api, with_echo: bool) -> Router {
    let secret = api.secret.clone();
    let changes = Router::new()
        .route("/api/clock/settings", put(change))
        .route("/api/clock/start", post(start))
        .route("/api/clock/swarm", put(swarm))
        .layer(DefaultBodyLimit::max(BODY_BYTES_MAX))
        // Nothing but the body keeps these waiting.
        .layer(TimeoutLayer::with_status_code(StatusCode::REQUEST_TIMEOUT, BODY_READ))
        .route_layer(middleware::from_fn_with_state(secret.clone(), guard::secret_header));
    let sockets = Router::new()
        .route("/api/events", any(read_events))
        .route("/api/tcp", any(connect))
        .route_layer(middleware::from_fn_with_state(secret, guard::websocket));
    let router = Router::new().route("/api/session", get(session)).route("/api/clock", get(look));
    let router = router.merge(changes).merge(sockets).route_layer(middleware::from_fn(guard::same_site));
    // Suites that test a protocol know no secret.
    let router = if with_echo { router.route("/api/echo", any(echo_back)) } else { router };
    router.with_state(api)
}

async fn session(State(api): State<Api>) -> Response {
    Json(Session { secret: api.secret.text() }).into_response()
}

async fn look(State(api): State<Api>) -> Json<ClockNow> {
    let swarm = *api.swarm.watch().borrow();
    Json(ClockNow { state: api.clock.state(), settings: api.clock.settings(), swarm })
}

async fn change(State(api): State<Api>, Json(settings): Json<Settings>) -> Response {
    match api.clock.set(settings) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{error}\n")).into_response(),
    }
}

async fn start(State(api): State<Api>) -> StatusCode {
    api.clock.start();
    StatusCode::ACCEPTED
}

async fn swarm(State(api): State<Api>, Json(wish): Json<SwarmWish>) -> Response {
    if wish.clients > 0 && !matches!(api.clock.state().status, Status::Running { .. }) {
        return (StatusCode::CONFLICT, "the clock does not run: start it again first\n").into_response();
    }
    match api.swarm.set(wish.clients) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{error}\n")).into_response(),
    }
}

async fn connect(State(api): State<Api>, request: Request) -> Response {
    let place = Arc::clone(&api.connections).try_acquire_owned().ok();
    let wanted = Wanted { request, protocol: Some(bridge::SUBPROTOCOL), binary: Binary::Parts, place };
    upgrade::open(wanted, &api.tasks, |socket| async move { bridge::run(socket, &api.target, api.stop).await })
}

async fn read_events(State(api): State<Api>, Query(query): Query<From>, request: Request) -> Response {
    let place = Arc::clone(&api.readers).try_acquire_owned().ok();
    let wanted = Wanted { request, protocol: Some(EVENTS_SUBPROTOCOL), binary: Binary::Whole, place };
    upgrade::open(wanted, &api.tasks, move |socket| async move {
        events::run(socket, &api.clock, &api.swarm, query.from, api.stop).await;
    })
}

async fn echo_back(State(api): State<Api>, request: Request) -> Response {
    let place = Arc::clone(&api.connections).try_acquire_owned().ok();
    let wanted = Wanted { request, protocol: None, binary: Binary::Whole, place };
    upgrade::open(wanted, &api.tasks, |socket| echo::run(socket, api.stop))
}

impl Api {
    pub(super) fn event_readers() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(EVENT_READERS_MAX))
    }
}
