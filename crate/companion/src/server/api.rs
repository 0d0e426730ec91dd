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

use std::future::Future;
use std::sync::Arc;

use axum::extract::ws::WebSocketUpgrade;
use axum::extract::{DefaultBodyLimit, Query, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use axum::routing::{any, get, post, put};
use axum::{Json, Router, middleware};
use chanscope_tcp::clock::{ClockNow, EVENTS_SUBPROTOCOL};
use serde::{Deserialize, Serialize};
use tokio::sync::{OwnedSemaphorePermit, Semaphore};
use tokio_util::sync::CancellationToken;
use tokio_util::task::TaskTracker;

use super::secret::Secret;
use super::{echo, events, guard};
use crate::bridge::{self, CloseCode, Target};
use crate::clock::{Clock, Settings, Swarm};
use crate::limits::{BODY_BYTES_MAX, EVENT_READERS_MAX};
use crate::socket::{self, Socket};

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
    match api.swarm.set(wish.clients) {
        Ok(()) => StatusCode::NO_CONTENT.into_response(),
        Err(error) => (StatusCode::UNPROCESSABLE_ENTITY, format!("{error}\n")).into_response(),
    }
}

async fn connect(State(api): State<Api>, upgrade: WebSocketUpgrade) -> Response {
    let (places, stop, target) = (Arc::clone(&api.connections), api.stop.clone(), api.target.clone());
    open(&api, upgrade, bridge::SUBPROTOCOL, places, |socket| async move { bridge::run(socket, &target, stop).await })
}

async fn read_events(State(api): State<Api>, Query(query): Query<From>, upgrade: WebSocketUpgrade) -> Response {
    let (places, stop) = (Arc::clone(&api.readers), api.stop.clone());
    let (clock, swarm) = (Arc::clone(&api.clock), Arc::clone(&api.swarm));
    open(&api, upgrade, EVENTS_SUBPROTOCOL, places, move |socket| async move {
        events::run(socket, &clock, &swarm, query.from, stop).await;
    })
}

async fn echo_back(State(api): State<Api>, upgrade: WebSocketUpgrade) -> Response {
    let place = Arc::clone(&api.connections).try_acquire_owned();
    let stop = api.stop.clone();
    upgraded(&api, upgrade, place.ok(), |socket| echo::run(socket, stop))
}

/// Opens a WebSocket for who speaks its subprotocol. Where there is no place left it is opened all the same: a page
/// reads close codes, but no status.
fn open<F: Future<Output = ()> + Send + 'static>(
    api: &Api,
    upgrade: WebSocketUpgrade,
    protocol: &'static str,
    places: Arc<Semaphore>,
    serve: impl FnOnce(Socket) -> F + Send + 'static,
) -> Response {
    let upgrade = upgrade.protocols([protocol]);
    if upgrade.selected_protocol().is_none() {
        return (StatusCode::BAD_REQUEST, format!("The subprotocol here is {protocol}.\n")).into_response();
    }
    upgraded(api, upgrade, places.try_acquire_owned().ok(), serve)
}

fn upgraded<F: Future<Output = ()> + Send + 'static>(
    api: &Api,
    upgrade: WebSocketUpgrade,
    place: Option<OwnedSemaphorePermit>,
    serve: impl FnOnce(Socket) -> F + Send + 'static,
) -> Response {
    // Held from here on: who waits for all to end must not overlook one that has not begun.
    let task = api.tasks.token();
    socket::limited(upgrade).on_upgrade(move |socket| async move {
        let socket = Socket::new(socket);
        match &place {
            Some(_) => serve(socket).await,
            None => socket.close(CloseCode::TooMany).await,
        }
        drop((place, task));
    })
}

impl Api {
    pub(super) fn event_readers() -> Arc<Semaphore> {
        Arc::new(Semaphore::new(EVENT_READERS_MAX))
    }
}
