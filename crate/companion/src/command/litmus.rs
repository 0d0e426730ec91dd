//! `chanscope litmus`: litmus tests under a memory model.

use std::fs::File;
use std::io::{Read, Write};
use std::path::{Path, PathBuf};
use std::time::{Duration, Instant};

use chanscope_litmus::{Checked, Frequency, Incomplete, Litmus, MAX_BYTES, Model, check, parse};
use chanscope_session::{ExploreBounds, MAX_EXECUTIONS, Reason};
use clap::{Args, ValueEnum};
use serde_json::{Value, json};

use super::Error;
use super::number::whole;
use super::output::{grouped, out, plain, print_json};
use super::progress::{Progress, at_a_rate};

/// Run litmus tests: small programs that tell one memory model from another.
///
/// Files are in the X86 format of the herd tools: an initial state, a column a thread of MOV, MFENCE and XCHG, and a
/// condition after exists, ~exists or forall; locations and filter may stand before it. A line a test says how many
/// inequivalent executions it has, whether the condition holds always, sometimes or never, and the final states, each
/// with the number of executions that end so; a star marks those that the condition describes. A file that is no such
/// test is named on standard error; the others are run, and the exit status is 2.
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
    /// Seconds to search one test, at most.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(1, 86_400u64))]
    max_seconds: Option<u64>,
    /// Show progress on standard error even where that is no terminal.
    #[arg(long)]
    progress: bool,
    /// Print JSON: an array of tests with file, name, executions, frequency and validated (null while states that were not
    /// seen could decide them), complete, incomplete, states; a file that is none has file and error.
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
/// A file that cannot be read, or is no litmus test, once the others have been run; output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    // All are read before the first is run: a wrong one is found at once.
    let tests: Vec<_> = options.files.iter().map(|file| (shown(file), read(file))).collect();
    let wrong = tests.iter().filter_map(|(file, test)| Some(format!("{file}: {}", test.as_ref().err()?)));
    let wrong = wrong.collect::<Vec<_>>().join("\nchanscope: ");
    if tests.iter().any(|(_, test)| test.is_ok()) {
        run_those(&tests, options)?;
    }
    if wrong.is_empty() { Ok(()) } else { Err(Error::Asked(wrong)) }
}

/// Those that are tests.
fn run_those(tests: &[(String, Result<Litmus, String>)], options: &Options) -> Result<(), Error> {
    if options.json {
        let checked = tests.iter().map(|(file, test)| match test {
            Ok(test) => as_json(file, test, &checked(test, options)),
            Err(error) => json!({ "file": file, "error": error }),
        });
        return Ok(print_json(&checked.collect())?);
    }
    let mut out = out();
    for test in tests.iter().filter_map(|(_, test)| test.as_ref().ok()) {
        tell(&mut out, test, &checked(test, options), options)?;
        out.flush()?;
    }
    Ok(())
}

fn checked(test: &Litmus, options: &Options) -> Checked {
    let model = match options.model {
        ModelName::Sc => Model::SequentialConsistency,
        ModelName::Tso => Model::TotalStoreOrder,
    };
    let mut progress = Progress::on_stderr(options.progress);
    let (begun, time) = (Instant::now(), options.max_seconds.map(Duration::from_secs));
    let checked = check(test, model, options.max_executions, |executions| {
        progress.show(|elapsed| format!("{}: {}", plain(&test.name), at_a_rate(executions, elapsed)));
        time.is_none_or(|time| begun.elapsed() < time)
    });
    progress.clear();
    checked
}

fn shown(file: &Path) -> String {
    plain(&file.display().to_string())
}

fn read(file: &Path) -> Result<Litmus, String> {
    let mut bytes = Vec::new();
    let most = u64::try_from(MAX_BYTES).unwrap_or(u64::MAX) + 1;
    let open = File::open(file).and_then(|file| file.take(most).read_to_end(&mut bytes));
    open.map_err(|error| error.to_string())?;
    parse(&bytes).map_err(|error| plain(&error.to_string()))
}

/// Why there may be more. What has not come to its end had no time left.
fn reason(why: Incomplete) -> Reason {
    if why == Incomplete::Searching { Reason::Time } else { why.into() }
}

fn tell(out: &mut impl Write, test: &Litmus, checked: &Checked, options: &Options) -> std::io::Result<()> {
    let states = checked.states.iter().map(|state| {
        let values: Vec<_> = state.values.iter().map(|(place, value)| format!("{place}={value}")).collect();
        let mark = if state.fits { "*" } else { "" };
        format!("{mark}{{{}}} {}", plain(&values.join(" ")), grouped(state.count))
    });
    let states = states.collect::<Vec<_>>().join(", ");
    let (name, executions) = (plain(&test.name), grouped(checked.executions));
    let frequency = checked.frequency.map_or("not known", Frequency::name);
    let what = if checked.executions == 1 { "execution" } else { "executions" };
    write!(out, "{name:<14} {executions:>8} {what:<10}  {frequency:<9}  {states}")?;
    if !checked.incomplete.is_empty() {
        let bounds = ExploreBounds { executions: options.max_executions, ..ExploreBounds::default() };
        let why: Vec<_> = checked.incomplete.iter().map(|&why| reason(why).words(bounds).en).collect();
        write!(out, "  so far; not complete: {}", why.join("; "))?;
    }
    writeln!(out)
}

fn as_json(file: &str, test: &Litmus, checked: &Checked) -> Value {
    let states = checked.states.iter().map(|state| {
        let values: serde_json::Map<_, _> =
            state.values.iter().map(|(place, value)| (place.to_string(), json!(value))).collect();
        json!({ "values": values, "count": state.count, "fits": state.fits })
    });
    json!({
        "file": file,
        "name": test.name,
        "executions": checked.executions,
        "frequency": checked.frequency.map(Frequency::name),
        "validated": checked.validated,
        "complete": checked.incomplete.is_empty(),
        "incomplete": checked.incomplete.iter().map(|&why| reason(why).name()).collect::<Vec<_>>(),
        "states": states.collect::<Vec<_>>(),
    })
}
