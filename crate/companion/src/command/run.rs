//! `chanscope run`: one run of a program, its output and its verdict.

use std::io::{self, Write};

use chanscope_session::{Finished, MAX_SEED, Plan};
use clap::Args;
use serde_json::{Value, json};

use super::Error;
use super::number::whole;
use super::output::{counted, out, places, plain, print_json, settings, settings_line, verdict};
use super::program::{Base, Program, refused};

/// Run a program once: what it prints, its verdict, and a link that replays it on the page.
#[derive(Debug, Args)]
pub struct Options {
    #[command(flatten)]
    program: Program,
    /// Who goes next: first-come, random, round-robin, pct, go-like or local-pool.
    #[arg(long, value_name = "NAME")]
    strategy: Option<String>,
    /// What draws and chance follow from: the same seed gives the same run everywhere.
    #[arg(long, value_name = "N", allow_negative_numbers = true, value_parser = whole(0, MAX_SEED))]
    seed: Option<u64>,
    #[command(flatten)]
    base: Base,
    /// Print JSON: scenario, config, strategy, seed, events, digest, verdict, output, link.
    #[arg(long)]
    json: bool,
}

/// Runs.
///
/// # Errors
///
/// An unknown program, a setting out of range, or output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let mut spec = options.program.spec()?;
    if let Some(strategy) = &options.strategy {
        spec.strategy.clone_from(strategy);
    }
    if let Some(seed) = options.seed {
        #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
        let seed = seed as f64;
        spec.seed = seed;
    }
    let finished = Finished::run(Plan::of(&spec).map_err(refused)?)?;
    let link = options.base.link(&finished.link(0, true)?);
    if options.json {
        return Ok(print_json(&json(&finished, &link))?);
    }
    Ok(tell(&finished, &link)?)
}

/// What is said of a run, for programs. `replay` says it in the same words.
pub(super) fn json(finished: &Finished, link: &str) -> Value {
    let spec = finished.plan().spec();
    json!({
        "scenario": spec.scenario,
        "config": settings(&spec.settings),
        "strategy": spec.strategy,
        "seed": finished.plan().seed,
        "events": finished.trace().len(),
        "digest": finished.digest(),
        "verdict": verdict(&finished.verdict().kind(), &finished.verdict_told()),
        "output": finished.trace().output(),
        "link": link,
    })
}

/// What is said of a run, for people. `replay` says it in the same words.
pub(super) fn tell(finished: &Finished, link: &str) -> io::Result<()> {
    let mut out = out();
    let spec = finished.plan().spec();
    writeln!(out, "{} {}", spec.scenario, settings_line(&spec.settings))?;
    writeln!(out, "strategy {}, seed {}\n", spec.strategy, spec.seed)?;
    for line in finished.trace().output() {
        writeln!(out, "  {}", plain(&line))?;
    }
    let told = finished.verdict_told();
    let sign = if told.good { "ok" } else { "!!" };
    writeln!(out, "\n{sign} {}: {}", finished.verdict().kind(), plain(&told.sentence.en))?;
    for finding in &told.findings {
        writeln!(out, "   {}", plain(&finding.sentence.en))?;
        if let Some(more) = &finding.more {
            writeln!(out, "   {}: {}", places(finding).join(" and "), plain(&more.en))?;
        }
    }
    writeln!(out, "\n{}, digest {}", counted(finished.trace().len().into(), "event"), finished.digest())?;
    writeln!(out, "{link}")?;
    out.flush()
}
