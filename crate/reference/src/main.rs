//! Compares as many random programs as asked for: the plain interpreter with our kernel, or Go itself with our kernel.

use std::cell::Cell;
use std::path::PathBuf;

use anyhow::{Result, bail};
use chanscope_reference::compare::{Bounds, compare};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::golang;
use clap::Parser;
use proptest::test_runner::{TestCaseError, TestError};

/// Compares random small programs on Chanscope's kernel with a plain interpreter of Go's rules, or with Go.
#[derive(Parser)]
struct Options {
    /// How many programs.
    #[arg(long, default_value_t = 100_000)]
    programs: u32,
    /// Which ones.
    #[arg(long, default_value_t = 1)]
    seed: u64,
    /// Compare with this `go` in place of the interpreter.
    #[arg(long)]
    go: Option<PathBuf>,
    /// How often Go runs each program.
    #[arg(long, default_value_t = 20)]
    runs: u32,
}

fn main() -> Result<()> {
    let Options { programs, seed, go, runs } = Options::parse();
    match go {
        Some(go) => println!("{}", golang::compare(&go, programs, seed, runs)?),
        None => with_interpreter(programs, seed)?,
    }
    Ok(())
}

fn with_interpreter(programs: u32, seed: u64) -> Result<()> {
    let compared = [const { Cell::new(0u32) }; 3];
    let result = runner(programs, seed).run(&program(), |program| {
        let how = compare(&program, Bounds::default()).map_err(TestCaseError::fail)?;
        compared[how as usize].update(|count| count + 1);
        let done: u32 = compared.iter().map(Cell::get).sum();
        if done.is_multiple_of(10_000) {
            eprintln!("{done}");
        }
        Ok(())
    });
    let [search, brute, too_large] = compared.map(Cell::into_inner);
    println!("{search} by search, {brute} by brute force, {too_large} too large to be compared");
    match result {
        Ok(()) => Ok(()),
        Err(TestError::Fail(why, program)) => {
            let line = serde_json::to_string(&program)?;
            bail!("{why}\nto keep it, add this line to crate/reference/tests/corpus.jsonl:\n{line}");
        }
        Err(TestError::Abort(why)) => bail!("{why}"),
    }
}
