//! A WebSocket that sends back what it gets, for suites that test the protocol. It exists only when asked for.

use tokio_util::sync::CancellationToken;
use tungstenite::Message;

use crate::bridge::CloseCode;
use crate::socket::{Heard, Socket};

/// Echoes until the other side closes, or until `stop` is cancelled.
pub(super) async fn run(mut socket: Socket, stop: CancellationToken) {
    let code = tokio::select! {
        code = echo(&mut socket) => code,
        () = stop.cancelled() => CloseCode::GoingAway,
    };
    socket.close(code).await;
}

async fn echo(socket: &mut Socket) -> CloseCode {
    loop {
        let message = match socket.next().await {
            Heard::Text(text) => Message::Text(text),
            Heard::Binary(bytes) => Message::Binary(bytes),
            Heard::Flushed => continue,
            Heard::Closed | Heard::Gone => return CloseCode::Finished,
            Heard::Broken(code) => return code,
        };
        // Who does not read its echoes is not read either.
        if socket.send(message).is_err() || socket.flush().await.is_err() {
            return CloseCode::Finished;
        }
    }
}
