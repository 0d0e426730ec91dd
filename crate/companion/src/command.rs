//! The command line: one file a subcommand.

pub mod diff;
pub mod explore;
pub mod list;
pub mod litmus;
mod number;
mod output;
mod program;
mod progress;
pub mod replay;
pub mod run;
pub mod serve;
mod stop;

use std::io;
use std::process::ExitCode;

use chanscope_session::{Refusal, RefusalKind};
use clap::{Parser, Subcommand};

/// What can happen when goroutines, channels and cancellation meet?
///
/// Runs the programs of the page from a terminal, finds every outcome that they can have, and serves the page.
#[derive(Debug, Parser)]
#[command(name = "chanscope", version, after_long_help = AFTER)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

const AFTER: &str = "\
Examples:
  chanscope list
  chanscope run many-to-one --set producers=2
  chanscope explore capture
  chanscope explore many-to-many --preset lost-request --max-executions 100000 --json
  chanscope replay '#/capture?strategy=random&seed=4'
  chanscope diff '#/capture' '#/capture?strategy=random&seed=4'
  chanscope litmus SB.litmus --model tso

Exit status: 0 when the command did its work, whatever it found; 2 when it was asked for what cannot be had; 1 when
something broke on the way.";

#[derive(Debug, Subcommand)]
enum Command {
    List(list::Options),
    Run(run::Options),
    Explore(explore::Options),
    Replay(replay::Options),
    Diff(diff::Options),
    Litmus(litmus::Options),
    Serve(serve::Options),
}

/// Why a command ended without having done its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of `serve`.
    #[error(transparent)]
    Serve(#[from] serve::Error),
    /// It was asked for what cannot be had.
    #[error("{0}")]
    Asked(String),
    /// The system refused something.
    #[error("{0}")]
    Io(#[from] io::Error),
}

impl From<Refusal> for Error {
    fn from(refusal: Refusal) -> Self {
        match refusal.kind {
            RefusalKind::Program => Self::Asked(format!("{refusal}; `chanscope list` names those that there are")),
            _ => Self::Asked(refusal.to_string()),
        }
    }
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    ///
    /// Whatever kept the command from its work.
    pub fn run(self) -> Result<(), Error> {
        let done = match self.command {
            Command::List(options) => list::run(&options),
            Command::Run(options) => run::run(&options),
            Command::Explore(options) => explore::run(&options),
            Command::Replay(options) => replay::run(&options),
            Command::Diff(options) => diff::run(&options),
            Command::Litmus(options) => litmus::run(&options),
            Command::Serve(options) => Ok(serve::run(&options)?),
        };
        match done {
            // Whoever reads has seen enough: `chanscope list | head -1`.
            Err(Error::Io(error)) if error.kind() == io::ErrorKind::BrokenPipe => Ok(()),
            done => done,
        }
    }
}

impl Error {
    /// The status to end the process with: 2 when the command was asked for what cannot be had, as for a command line
    /// that cannot be read; 1 when something broke on the way.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Asked(_) => ExitCode::from(2),
            Self::Serve(error) if error.is_the_askers() => ExitCode::from(2),
            Self::Serve(_) | Self::Io(_) => ExitCode::FAILURE,
        }
    }
}
