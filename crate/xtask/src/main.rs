//! The project's own build steps, run as `cargo run -p chanscope-xtask -- <step>`.
//!
//! A step is a file with a `run`. What cargo, Vite or npm do by themselves has no place here.

mod arrows;
mod bindings;
mod licences;
mod pack;
mod wasm;

use std::path::PathBuf;
use std::process::ExitCode;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo run -p chanscope-xtask -- <step>

  wasm                 build the core for the page into web/gen/core
  bindings [--check]   write the page's types from crate/wasm/src/wire, or fail when they are not current
  arrows               check that crates and imports depend on each other as ARCHITECTURE.md says
  licences [--check]   check all licences against deny.toml, and write the notices that are shipped, or fail when
                       they are not current
  pack ARCHIVE FOLDER  pack a folder's files into a .tar.gz that is the same each time";

fn main() -> ExitCode {
    match run() {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("{error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["wasm"] => wasm::run(),
        ["arrows"] => arrows::check(),
        ["bindings"] => bindings::write(),
        ["bindings", "--check"] => bindings::check(),
        ["licences"] => licences::write(),
        ["licences", "--check"] => licences::check(),
        ["pack", archive, folder] => pack::run(archive, folder),
        _ => bail!("no such step: {:?}\n{USAGE}", arguments.join(" ")),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
