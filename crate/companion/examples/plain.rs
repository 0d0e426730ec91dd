//! A bridge as one writes it first: axum's WebSocket with its defaults, a task for each direction, and nothing else.
//!
//! It is what the companion is measured against. It loses what TCP says beside bytes: halves, resets, who does not
//! read.

use std::net::SocketAddr;

use axum::Router;
use axum::body::Bytes;
use axum::extract::WebSocketUpgrade;
use axum::extract::ws::{Message, WebSocket};
use axum::routing::any;
use bytes::BytesMut;
use clap::Parser;
use futures::{SinkExt, StreamExt};
use tokio::io::{AsyncReadExt, AsyncWriteExt};
use tokio::net::{TcpListener, TcpStream};

const READ_BYTES: usize = 64 * 1024;

#[derive(Parser)]
struct Options {
    /// Where to listen.
    #[arg(long)]
    listen: SocketAddr,
    /// Where to connect to.
    #[arg(long)]
    target: SocketAddr,
}

#[tokio::main]
async fn main() -> std::io::Result<()> {
    let Options { listen, target } = Options::parse();
    let opens = move |upgrade: WebSocketUpgrade| async move {
        upgrade.protocols(["binary"]).on_upgrade(move |socket| async move {
            // Whoever goes first ends both directions.
            let _ = bridge(socket, target).await;
        })
    };
    let listener = TcpListener::bind(listen).await?;
    axum::serve(listener, Router::new().route("/", any(opens))).await
}

async fn bridge(socket: WebSocket, target: SocketAddr) -> std::io::Result<()> {
    let stream = TcpStream::connect(target).await?;
    stream.set_nodelay(true)?;
    let (mut read, mut write) = stream.into_split();
    let (mut to_page, mut from_page) = socket.split();
    let up = async {
        while let Some(Ok(message)) = from_page.next().await {
            if let Message::Binary(bytes) = message {
                write.write_all(&bytes).await?;
            }
        }
        Ok(())
    };
    let down = async {
        let mut buffer = BytesMut::new();
        loop {
            buffer.reserve(READ_BYTES);
            if read.read_buf(&mut buffer).await? == 0 {
                return Ok(());
            }
            let bytes: Bytes = buffer.split().freeze();
            to_page.send(Message::Binary(bytes)).await.map_err(std::io::Error::other)?;
        }
    };
    tokio::select! {
        ended = up => ended,
        ended = down => ended,
    }
}
