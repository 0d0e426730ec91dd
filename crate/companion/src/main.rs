//! The `chanscope` binary.

use std::process::ExitCode;

use chanscope_companion::command::Cli;
use clap::Parser;

fn main() -> ExitCode {
    match Cli::parse().run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("chanscope: {error}");
            error.exit_code()
        }
    }
}
