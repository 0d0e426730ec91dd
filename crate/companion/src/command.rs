//! The command line: one file a subcommand.

pub mod serve;

use std::process::ExitCode;

use clap::{Parser, Subcommand};

/// What can happen when goroutines, channels and cancellation meet?
#[derive(Debug, Parser)]
#[command(name = "chanscope", version)]
pub struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    Serve(serve::Options),
}

/// Why a command ended without having done its work.
#[derive(Debug, thiserror::Error)]
pub enum Error {
    /// Of `serve`.
    #[error(transparent)]
    Serve(#[from] serve::Error),
}

impl Cli {
    /// Does what the command line says.
    ///
    /// # Errors
    ///
    /// Whatever kept the command from its work.
    pub fn run(self) -> Result<(), Error> {
        match self.command {
            Command::Serve(options) => Ok(serve::run(&options)?),
        }
    }
}

impl Error {
    /// The status to end the process with: 2 when the command was asked for what cannot be had, as for a command line
    /// that cannot be read; 1 when something broke on the way.
    pub fn exit_code(&self) -> ExitCode {
        match self {
            Self::Serve(error) if error.is_the_askers() => ExitCode::from(2),
            Self::Serve(_) => ExitCode::FAILURE,
        }
    }
}
