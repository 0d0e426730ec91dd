//! `chanscope litmus`: litmus tests under a memory model.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};

use chanscope_litmus::{Checked, Litmus, MAX_BYTES, Model, check, parse};
use chanscope_session::MAX_EXECUTIONS;
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Error;
use super::number::whole;
use super::output::{grouped, out, plain, print_json};

/// Run litmus tests: small programs that tell one memory model from another.
///
/// Files are in the X86 format of the herd tools: an initial state, a column a thread of MOV, MFENCE and XCHG, and a
/// condition after exists, ~exists or forall. A line a test says how many inequivalent executions it has, whether the
/// condition holds always, sometimes or never, and the final states, each with the number of executions that end so; a
/// star marks those that the condition describes.
#[derive(Debug, Args)]
pub struct Options {
    /// The tests, one a file.
    #[arg(required = true)]
    files: Vec<PathBuf>,
    /// The memory model.
    #[arg(long, value_enum, default_value_t = ModelName::Tso)]
    model: ModelName,
    /// Executions of one test, at most.
    #[arg(long, value_name = "N", default_value_t = 1_000_000, allow_negative_numbers = true, value_parser = whole(1, MAX_EXECUTIONS))]
    max_executions: u64,
    /// Print JSON: an array of tests with name, executions, frequency, validated, complete, states.
    #[arg(long)]
    json: bool,
}

#[derive(Clone, Copy, Debug, ValueEnum)]
enum ModelName {
    /// Sequential consistency: loads and stores happen one after the other.
    Sc,
    /// Total store order, as on x86: stores wait in a buffer.
    Tso,
}

/// Runs the tests.
///
/// # Errors
///
/// A file that cannot be read, or is no litmus test; output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let model = match options.model {
        ModelName::Sc => Model::SequentialConsistency,
        ModelName::Tso => Model::TotalStoreOrder,
    };
    // All are read before the first is run: a wrong one is found at once.
    let tests: Vec<Litmus> = options.files.iter().map(|file| read(file)).collect::<Result<_, _>>()?;
    if options.json {
        let checked: Value =
            tests.iter().map(|test| as_json(test, &check(test, model, options.max_executions))).collect();
        return Ok(print_json(&checked)?);
    }
    let mut out = out();
    for test in &tests {
        tell(&mut out, test, &check(test, model, options.max_executions))?;
        out.flush()?;
    }
    Ok(())
}

fn read(file: &Path) -> Result<Litmus, Error> {
    let shown = plain(&file.display().to_string());
    let wrong = |why: String| Error::Asked(format!("{shown}: {why}"));
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 1;
    let open = File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes));
    open.map_err(|error| wrong(error.to_string()))?;
    let text = String::from_utf8(bytes).map_err(|_| wrong("expected text in UTF-8".to_owned()))?;
    parse(&text).map_err(|error| wrong(plain(&error.to_string())))
}

fn tell(out: &mut impl Write, test: &Litmus, checked: &Checked) -> std::io::Result<()> {
    let states = checked.states.iter().map(|state| {
        let values: Vec<_> = state.values.iter().map(|(place, value)| format!("{place}={value}")).collect();
        let mark = if state.fits { "*" } else { "" };
        format!("{mark}{{{}}} {}", plain(&values.join(" ")), grouped(state.count))
    });
    let states = states.collect::<Vec<_>>().join(", ");
    let (name, executions, frequency) = (plain(&test.name), grouped(checked.executions), checked.frequency.name());
    write!(out, "{name:<14} {executions:>8} executions  {frequency:<9}  {states}")?;
    if !checked.incomplete.is_empty() {
        write!(out, "  not complete: --max-executions was met")?;
    }
    writeln!(out)
}

fn as_json(test: &Litmus, checked: &Checked) -> Value {
    let states = checked.states.iter().map(|state| {
        let values: serde_json::Map<_, _> =
            state.values.iter().map(|(place, value)| (place.to_string(), json!(value))).collect();
        json!({ "values": values, "count": state.count, "fits": state.fits })
    });
    json!({
        "name": test.name,
        "executions": checked.executions,
        "frequency": checked.frequency.name(),
        "validated": checked.validated,
        "complete": checked.incomplete.is_empty(),
        "states": states.collect::<Vec<_>>(),
    })
}
