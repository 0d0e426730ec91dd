//! Compares as many random programs as asked for: the plain interpreter with our kernel, or Go itself with our kernel.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::path::PathBuf;

use anyhow::{Result, anyhow, bail};
use chanscope_reference::compare::{Bounds, Compared, compare};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::golang;
use chanscope_reference::program::Program;
use clap::Parser;
use proptest::strategy::{Strategy as _, ValueTree};

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

/// Tries all programs, whatever comes of one: what disagrees is made small, and told at once and at the end.
fn with_interpreter(programs: u32, seed: u64) -> Result<()> {
    let mut runner = runner(programs, seed);
    let mut compared = [0u32; 2];
    let mut failed = Vec::new();
    for done in 1..=programs {
        let mut tree = program().new_tree(&mut runner).map_err(|why| anyhow!("no program could be made: {why}"))?;
        match tried(&tree.current()) {
            Ok(how) => compared[how as usize] += 1,
            Err(_) => {
                let (program, why) = smallest(&mut tree);
                let line = serde_json::to_string(&program)?;
                eprintln!("program {done}: {why}\n{line}");
                failed.push(line);
            }
        }
        if done.is_multiple_of(10_000) {
            eprintln!("{done}");
        }
        if failed.len() == MOST_FAILURES {
            eprintln!("stopped after {done} programs: {MOST_FAILURES} of them disagree");
            break;
        }
    }
    let [search, too_large] = compared;
    println!("{search} compared, {too_large} too large to be");
    if failed.is_empty() {
        return Ok(());
    }
    bail!("{} disagree; to keep them, add to crate/reference/tests/corpus.jsonl:\n{}", failed.len(), failed.join("\n"))
}

/// After so many programs that disagree the command stops.
const MOST_FAILURES: usize = 20;
/// Smaller programs that are tried for each that disagrees.
const MOST_SHRINKS: u32 = 2_000;

/// Compares a program. What panics while it does so disagrees as well.
fn tried(program: &Program) -> Result<Compared, String> {
    let comparing = AssertUnwindSafe(|| compare(program, Bounds::default()));
    catch_unwind(comparing).unwrap_or_else(|_| Err("it panicked, as printed above".to_owned()))
}

/// The smallest program found that disagrees like the tree's, and how it does.
fn smallest(tree: &mut impl ValueTree<Value = Program>) -> (Program, String) {
    let mut found = None;
    for _ in 0..MOST_SHRINKS {
        let program = tree.current();
        let went_on = match tried(&program) {
            Err(why) => {
                found = Some((program, why));
                tree.simplify()
            }
            Ok(_) => tree.complicate(),
        };
        if !went_on {
            break;
        }
    }
    found.unwrap_or_else(|| (tree.current(), "it disagreed at first, and no more when tried again".to_owned()))
}
