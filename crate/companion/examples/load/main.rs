//! Measures a bridge from WebSocket to TCP: this companion's, or anybody else's.
//!
//! It is both ends: the page that opens WebSockets, and the target that the bridge connects to. Other people's bridges
//! have neither control messages nor credit; `--plain` speaks to those. `npm run bench:bridges` runs it for several of
//! them.
//!
//! ```text
//! chanscope serve --port 8080 --token t --bridge-target 127.0.0.1:9000
//! cargo run --release -p chanscope-companion --example load -- --url ws://127.0.0.1:8080/api/tcp --token t down
//! cargo run --release -p chanscope-companion --example load -- --url ws://127.0.0.1:6080 --plain down
//! ```

mod measure;
mod page;
mod process;

use std::error::Error;
use std::net::SocketAddr;

use chanscope_companion::descriptors::make_room;
use clap::{Parser, ValueEnum};
use serde_json::json;
use tokio::net::{TcpListener, TcpSocket};
use tokio_tungstenite::tungstenite::http::Uri;

type Result<T> = std::result::Result<T, Box<dyn Error + Send + Sync>>;

#[derive(Parser)]
struct Options {
    /// The bridge.
    #[arg(long)]
    url: Uri,
    /// The secret of the companion's run.
    #[arg(long, default_value = "")]
    token: String,
    /// Where the bridge finds its target.
    #[arg(long, default_value = "127.0.0.1:9000")]
    target: SocketAddr,
    /// The bridge passes bytes and nothing else.
    #[arg(long)]
    plain: bool,
    /// For how many seconds each.
    #[arg(long, default_value_t = 5)]
    seconds: u64,
    /// How many idle connections.
    #[arg(long, default_value_t = 4000)]
    connections: usize,
    /// The bridge's process, to tell what it uses.
    #[arg(long)]
    pid: Option<u32>,
    /// What to measure, in this order.
    #[arg(required = true)]
    what: Vec<What>,
}

#[derive(Clone, Copy, PartialEq, Eq, ValueEnum)]
enum What {
    /// Bytes a second from the page to the target.
    Up,
    /// Bytes a second from the target to the page.
    Down,
    /// Bytes a second there and back.
    Both,
    /// Round trips of small messages.
    RoundTrip,
    /// Connections opened and closed a second.
    Opens,
    /// Memory for each idle connection.
    Idle,
}

#[tokio::main]
async fn main() -> Result<()> {
    let options = Options::parse();
    if let Err(room) = make_room() {
        eprintln!("load: {room} open files are allowed, which may be too few");
    }
    let socket = TcpSocket::new_v4()?;
    socket.set_reuseaddr(true)?;
    socket.bind(options.target)?;
    let target = socket.listen(4096)?;
    for &what in &options.what {
        let measured = measured(what, &options, &target).await?;
        println!("{measured}");
    }
    Ok(())
}

/// One measurement, as a line of JSON.
async fn measured(what: What, options: &Options, target: &TcpListener) -> Result<serde_json::Value> {
    Ok(match what {
        What::Up => json!({ "up": measure::up(options, target).await? }),
        What::Down => json!({ "down": measure::down(options, target).await? }),
        What::Both => json!({ "both": measure::both(options, target).await? }),
        What::RoundTrip => json!({ "roundTrip": measure::round_trip(options, target).await? }),
        What::Opens => json!({ "opens": measure::opens(options, target).await? }),
        What::Idle => json!({ "idle": measure::idle(options, target).await? }),
    })
}
