//! The project's own build steps, run as `cargo run -p chanscope-xtask -- <step>`.
//!
//! A step is a file with a `run`. What cargo, Vite or npm do by themselves has no place here.

mod bindings;

use std::path::PathBuf;

use anyhow::{Result, bail};

const USAGE: &str = "\
usage: cargo run -p chanscope-xtask -- <step>

  bindings [--check]   write the page's types from crate/wasm/src/wire.rs, or fail when they are not current";

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let arguments: Vec<&str> = arguments.iter().map(String::as_str).collect();
    match arguments[..] {
        ["bindings"] => bindings::write(),
        ["bindings", "--check"] => bindings::check(),
        _ => bail!("no such step: {:?}\n{USAGE}", arguments.join(" ")),
    }
}

/// The folder of the workspace.
fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../..")
}
