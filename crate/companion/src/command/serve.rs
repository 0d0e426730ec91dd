//! `chanscope serve`: the page, on this machine only, until Ctrl-C.

use std::io::{self, Write};
use std::path::PathBuf;

use clap::Args;
use tokio::runtime::Runtime;

use crate::server::{self, Listener};

/// Serve the page at http://127.0.0.1:8080 until Ctrl-C.
#[derive(Debug, Args)]
pub struct Options {
    /// Port to listen on; 0 takes any that is free.
    #[arg(long, default_value_t = 8080)]
    pub port: u16,
    /// The built page.
    #[arg(long, default_value = "dist", value_name = "FOLDER")]
    pub dist: PathBuf,
    /// Open the page in the browser.
    #[arg(long)]
    pub open: bool,
}

/// Why the page is not served.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// There is no built page.
    #[error("there is no page in {}: `npm start` builds it and serves it, `npm run build` only builds it; \
             --dist names another folder", .0.display())]
    NotBuilt(PathBuf),
    /// The port cannot be had.
    #[error(transparent)]
    Listen(#[from] server::ListenError),
    /// The system refused something else.
    #[error("cannot serve the page: {0}")]
    Io(#[from] io::Error),
}

impl Error {
    /// Whether other options, or a build, would help.
    pub(super) fn is_the_askers(&self) -> bool {
        matches!(self, Self::NotBuilt(_) | Self::Listen(_))
    }
}

/// Serves until the process is asked to end.
///
/// # Errors
///
/// No built page, a port that cannot be had, or a system that refuses sockets or signals.
pub fn run(options: &Options) -> Result<(), Error> {
    if !options.dist.join("index.html").is_file() {
        return Err(Error::NotBuilt(options.dist.clone()));
    }
    Runtime::new()?.block_on(async {
        let stop = stop_signal()?;
        let listener = Listener::bind(options.port).await?;
        let url = listener.url();
        writeln!(io::stdout(), "Chanscope is at {url}\nCtrl-C ends it.")?;
        if options.open
            && let Err(error) = open::that_detached(&url)
        {
            eprintln!("chanscope: cannot open a browser: {error}");
        }
        server::run(listener, &options.dist, stop).await;
        Ok(())
    })
}

/// Resolves when the process is asked to end. The signals are caught from the call on, not from the first poll.
#[cfg(unix)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    use tokio::signal::unix::{SignalKind, signal};

    let mut interrupt = signal(SignalKind::interrupt())?;
    let mut terminate = signal(SignalKind::terminate())?;
    Ok(async move {
        tokio::select! {
            _ = interrupt.recv() => {}
            _ = terminate.recv() => {}
        }
    })
}

/// Resolves when the process is asked to end. The signal is caught from the call on, not from the first poll.
#[cfg(windows)]
fn stop_signal() -> io::Result<impl Future<Output = ()> + Send + 'static> {
    let mut interrupt = tokio::signal::windows::ctrl_c()?;
    Ok(async move {
        interrupt.recv().await;
    })
}
