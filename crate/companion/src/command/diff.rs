//! `chanscope diff`: where two runs of one program part, and what each then did.

use std::io::{self, Write};

use chanscope_session::{Diff, Finished, Plan, Told};
use clap::Args;
use serde_json::{Value, json};

use super::Error;
use super::output::{counted, grouped, out, plain, print_json, settings, settings_line, verdict};
use super::program::{Base, linked};

/// Compare the runs of two links, event by event: the step at which they part, and what each then did.
///
/// Both have to be runs of one program; their settings may differ.
#[derive(Debug, Args)]
pub struct Options {
    /// A link to the page, or the part of one from its `#` on.
    one: String,
    /// Another one.
    other: String,
    #[command(flatten)]
    base: Base,
    /// Print JSON: scenario, same, parted, and for each run config, digest, verdict, what it then did, and a link to
    /// the step at which they part.
    #[arg(long)]
    json: bool,
}

/// Compares.
///
/// # Errors
///
/// A link that does not open or does not replay, runs of different programs, or output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let replayed = |name: &str, link: &str| {
        let replayed = linked(link).and_then(|place| Ok(Finished::run(Plan::of(&place.spec)?)?));
        replayed.map_err(|error| Error::Asked(format!("{name}: {error}")))
    };
    let runs = [replayed("the first link", &options.one)?, replayed("the second link", &options.other)?];
    let diff = Diff::of(&runs[0], &runs[1])?;
    let link = |run: &Finished| run.link(diff.same, true).map(|fragment| options.base.link(&fragment));
    let links = [link(&runs[0])?, link(&runs[1])?];
    if options.json {
        return Ok(print_json(&report(&runs, &diff, &links))?);
    }
    Ok(tell(&runs, &diff, &links)?)
}

fn report(runs: &[Finished; 2], diff: &Diff, links: &[String; 2]) -> Value {
    let told = |told: &Told| json!({ "after": told.after, "goroutine": told.who, "sentence": told.sentence.en });
    let side = |nth: usize| {
        let run = &runs[nth];
        json!({
            "config": settings(&run.plan().spec().settings),
            "events": run.trace().len(),
            "digest": run.digest(),
            "verdict": verdict(&run.verdict().kind(), &run.verdict_told()),
            "then": diff.then[nth].iter().map(told).collect::<Vec<_>>(),
            "link": links[nth],
        })
    };
    json!({
        "scenario": runs[0].plan().scenario.id,
        "same": diff.same,
        "parted": diff.parted(),
        "runs": [side(0), side(1)],
    })
}

fn tell(runs: &[Finished; 2], diff: &Diff, links: &[String; 2]) -> io::Result<()> {
    let mut out = out();
    if !diff.parted() {
        writeln!(out, "The same run twice, of {}.", counted(diff.same.into(), "step"))?;
        return out.flush();
    }
    let same = match diff.same {
        0 => "no step is the same".to_owned(),
        1 => "the first step is the same. Then they part".to_owned(),
        steps => format!("the first {} steps are the same. Then they part", grouped(steps.into())),
    };
    writeln!(out, "{}: {same}.", runs[0].plan().scenario.id)?;
    for (nth, run) in runs.iter().enumerate() {
        let sign = if run.verdict_told().good { "ok" } else { "!!" };
        let settings = settings_line(&run.plan().spec().settings);
        writeln!(out, "\n{} {settings}\n{sign} {}", ["First", "Second"][nth], run.verdict().kind())?;
        for Told { after, sentence, .. } in &diff.then[nth] {
            writeln!(out, "{:>9}  {}", grouped(u64::from(*after)), plain(&sentence.en))?;
        }
        let told_to = diff.then[nth].last().map_or(diff.same, |told| told.after);
        match run.trace().len() - told_to {
            0 if diff.then[nth].is_empty() => writeln!(out, "           it is over")?,
            0 => {}
            more => writeln!(out, "           and {} more", counted(more.into(), "step"))?,
        }
        writeln!(out, "   {}", links[nth])?;
    }
    out.flush()
}
