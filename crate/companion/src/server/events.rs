//! The clock's events over a WebSocket, in order and from any number on, and its state whenever that changes.
//!
//! A reader takes from the clock's log at its own pace. One that is too slow is told how many events it has missed, and
//! holds up nobody.

use std::future::pending;

use chanscope_tcp::clock::{ClockNow, News};
use tokio_util::sync::CancellationToken;
use tungstenite::Message;

use crate::bridge::CloseCode;
use crate::clock::{Clock, Swarm};
use crate::socket::{Heard, Socket};

/// Events in a message.
const BATCH_EVENTS_MAX: usize = 256;

/// Tells one reader until it closes, or until `stop` is cancelled.
pub(super) async fn run(mut socket: Socket, clock: &Clock, swarm: &Swarm, from: u64, stop: CancellationToken) {
    let code = tell(&mut socket, clock, swarm, from, stop).await;
    socket.close(code).await;
}

async fn tell(socket: &mut Socket, clock: &Clock, swarm: &Swarm, mut from: u64, stop: CancellationToken) -> CloseCode {
    let (mut state, mut settings, mut swarm) = (clock.watch_state(), clock.watch_settings(), swarm.watch());
    state.mark_changed();
    loop {
        if socket.is_flushed() {
            // An error means that the clock has gone, which the companion outlives by no news.
            let changed = state.has_changed().unwrap_or(false)
                || settings.has_changed().unwrap_or(false)
                || swarm.has_changed().unwrap_or(false);
            let news = if changed {
                let state = state.borrow_and_update().clone();
                let (settings, swarm) = (*settings.borrow_and_update(), *swarm.borrow_and_update());
                Some(News::Clock(ClockNow { state, settings, swarm }))
            } else {
                let batch = clock.log().read(from, BATCH_EVENTS_MAX);
                from = batch.next;
                (!batch.events.is_empty()).then_some(News::Events(batch))
            };
            if let Some(news) = news {
                let json = serde_json::to_string(&news).expect("news has no keys that JSON cannot have");
                if socket.send(Message::text(json)).is_err() {
                    return CloseCode::Finished;
                }
            }
        }
        let flushed = socket.is_flushed();
        let news = async {
            if !flushed {
                return pending().await;
            }
            tokio::select! {
                () = clock.log().wait(from) => {}
                _ = state.changed() => state.mark_changed(),
                _ = settings.changed() => settings.mark_changed(),
                _ = swarm.changed() => swarm.mark_changed(),
            }
        };
        tokio::select! {
            () = stop.cancelled() => return CloseCode::GoingAway,
            () = news => {}
            heard = socket.next() => match heard {
                Heard::Flushed => {}
                Heard::Closed | Heard::Gone => return CloseCode::Finished,
                Heard::Broken(code) => return code,
                Heard::Text(_) | Heard::Binary(_) => return CloseCode::Misused,
            },
        }
    }
}
