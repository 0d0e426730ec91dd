//! `chanscope serve`: the page and the notes' TCP clock, on this machine only, until Ctrl-C.

use std::io::{self, Write};
use std::net::SocketAddr;
use std::path::PathBuf;
use std::sync::Arc;

use clap::Args;
use tokio::runtime::Runtime;
use tokio_util::sync::CancellationToken;

use super::number::whole;
use super::stop::stop_signal;
use crate::bridge::{NotLoopback, Target};
use crate::clock::{Clock, Settings, Status};
use crate::descriptors;
use crate::limits::CONNECTIONS_MAX;
use crate::server::{self, Files, Listener, Secret, Site};

/// Serve the page at http://127.0.0.1:8080 and the TCP clock at 127.0.0.1:8000 until Ctrl-C.
#[derive(Debug, Args)]
pub struct Options {
    /// Port to listen on; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// Port of the TCP clock; 0 takes any that is free.
    #[arg(long, default_value_t = 8000)]
    pub clock_port: u16,
    /// Serve the page that was built into this folder, and not the one inside this program.
    #[arg(long, value_name = "FOLDER")]
    pub dist: Option<PathBuf>,
    /// Open the page in the browser.
    #[arg(long)]
    pub open: bool,
    /// How many connections the page may have to the clock at a time.
    #[arg(long, default_value_t = CONNECTIONS_MAX, value_name = "COUNT", allow_negative_numbers = true, value_parser = whole(1, CONNECTIONS_MAX))]
    pub connections: u32,
    /// For measuring only: have the bridge connect to this address of this machine instead of the clock.
    #[arg(long, value_name = "ADDRESS")]
    pub bridge_target: Option<SocketAddr>,
    /// For measuring only: the secret of this run, which otherwise nobody knows before.
    #[arg(long, value_name = "SECRET")]
    pub token: Option<String>,
    /// For suites that test the WebSocket protocol only: an echo at /api/echo that asks for no secret.
    #[arg(long, hide = true)]
    pub test_echo: bool,
}

/// Why the page is not served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no built page in the folder.
    #[error("there is no page in {}: `npm start` builds it and serves it, `npm run build` only builds it; \
             --dist names another folder", .0.display())]
    NotBuilt(PathBuf),
    /// The program was built before the page.
    #[error(
        "there is no page inside this program: `npm start` builds it and serves it; `npm run build`, and then \
             building this program again, puts it inside; --dist names a folder that has it"
    )]
    NotInside,
    /// The port cannot be had.
    #[error(transparent)]
    Listen(#[from] server::ListenError),
    /// The bridge was to leave this machine.
    #[error("--bridge-target: {0}")]
    Target(#[from] NotLoopback),
    /// The system has no randomness.
    #[error("cannot make a secret: {0}")]
    Secret(#[from] getrandom::Error),
    /// The system refused something else.
    #[error("cannot serve the page: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// Whether other options, or a build, would help.
    pub(super) fn is_the_askers(&self) -> bool {
        matches!(self, Self::NotBuilt(_) | Self::NotInside | Self::Listen(_) | Self::Target(_))
    }
}

/// Serves until the process is asked to end.
///
/// # Errors
///
/// No built page, a port that cannot be had, or a system that refuses sockets or signals.
pub fn run(options: &Options) -> Result<(), Error> {
    let files = options.dist.clone().map_or_else(Files::own, Files::Folder);
    if !files.is_there() {
        return Err(match files {
            Files::Folder(folder) => Error::NotBuilt(folder),
            Files::Inside => Error::NotInside,
        });
    }
    let measured = options.bridge_target.map(Target::measured).transpose()?;
    let secret = options.token.as_deref().map_or_else(Secret::fresh, |token| Ok(Secret::known(token)))?;
    if let Err(room) = descriptors::make_room() {
        let needed = descriptors::NEEDED;
        eprintln!("chanscope: {room} open files are allowed; for all connections it takes {needed} (ulimit -n)");
    }
    Runtime::new()?.block_on(async {
        let stop = stop_signal()?;
        let listener = Listener::bind(options.port).await?;
        let (clock, clock_listener) = Clock::bind(options.clock_port, Settings::default());
        let clock = Arc::new(clock);
        announce(&listener.url(), &clock)?;
        if options.open
            && let Err(error) = open::that_detached(listener.url())
        {
            eprintln!("chanscope: cannot open a browser: {error}");
        }
        let site = Site {
            files,
            clock: Arc::clone(&clock),
            target: measured.unwrap_or_else(|| Target::Clock(Arc::clone(&clock))),
            secret,
            connections_max: options.connections,
            test_echo: options.test_echo,
        };
        // The clock outlives the page's connections, so that they end because the companion does.
        let served = CancellationToken::new();
        tokio::join!(clock.keep(clock_listener, served.cancelled()), async {
            server::run(listener, site, stop).await;
            served.cancel();
        });
        Ok(())
    })
}

/// Says where everything is. The page's address comes first. It is written at once: who reads only the first line and
/// goes finds the page served all the same.
fn announce(url: &str, clock: &Clock) -> io::Result<()> {
    let clock = match clock.state().status {
        Status::Running { address } => {
            format!("The TCP clock is at {address}; nc {} {} shows it.\n", address.ip(), address.port())
        }
        Status::CannotStart { error, .. } => {
            eprintln!("chanscope: the TCP clock could not start, the page works without it: {error};");
            eprintln!("           --clock-port chooses another port, --clock-port 0 any that is free");
            String::new()
        }
        Status::Dead { .. } | Status::Stopped => String::new(),
    };
    let said = format!("Chanscope is at {url}\n{clock}Ctrl-C ends it.\n");
    io::stdout().lock().write_all(said.as_bytes())
}
