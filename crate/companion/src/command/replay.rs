//! `chanscope replay`: the run of a link, and whether it is still the one that was shared.

use std::io::{self, Write};

use chanscope_kernel::trace::Difference;
use chanscope_session::{Finished, Place, Plan, Refusal, RefusalKind};
use clap::Args;
use serde_json::{Value, json};

use super::Error;
use super::output::{out, print_json};
use super::program::{Base, fragment, linked};

/// Replay the run of a link: its digest, its verdict, and whether it diverged from the run that was shared.
///
/// A link without a digest says nothing about the run that was shared, so only a choice that is not possible any more
/// counts as diverged. The exit status is 0 either way: to have found that out is the work.
#[derive(Debug, Args)]
pub struct Options {
    /// A link to the page, or the part of one from its `#` on. Mind the quotes: shells take `&` for themselves.
    link: String,
    #[command(flatten)]
    base: Base,
    /// Print JSON: what `run` prints, and expected, at, diverged.
    #[arg(long)]
    json: bool,
}

/// How a replay differs from what was shared.
enum Diverged {
    /// A choice could not be made: there is no run.
    Impossible(Refusal),
    /// The trace is another one.
    Digest(Difference),
}

/// Replays.
///
/// # Errors
///
/// A link that does not open, or output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let place = linked(&options.link)?;
    let plan = Plan::of(&place.spec)?;
    let (finished, diverged) = match Finished::run(plan) {
        Ok(finished) => {
            let digest = place.digest.as_deref();
            let differs = digest.map(|digest| finished.compare_digest(digest)).transpose()?.flatten();
            (Some(finished), differs.map(Diverged::Digest))
        }
        Err(refusal) if refusal.kind == RefusalKind::Diverged => (None, Some(Diverged::Impossible(refusal))),
        Err(refusal) => return Err(refusal.into()),
    };
    let link = match &finished {
        Some(finished) => options.base.link(&finished.link(place.at.min(finished.trace().len()), true)?),
        None => options.base.link(fragment(&options.link)),
    };
    if options.json {
        return Ok(print_json(&report(&place, finished.as_ref(), diverged.as_ref(), &link))?);
    }
    Ok(tell(finished.as_ref(), diverged.as_ref(), place.digest.is_some(), &link)?)
}

impl Diverged {
    fn sentence(&self) -> String {
        match self {
            Self::Impossible(refusal) => refusal.to_string(),
            Self::Digest(Difference { from, to: Some(to) }) => {
                format!("the run parts from the one that was shared between step {from} and step {to}")
            }
            Self::Digest(Difference { from, to: None }) => {
                format!("the run parts from the one that was shared after step {from}")
            }
        }
    }
}

fn report(place: &Place, finished: Option<&Finished>, diverged: Option<&Diverged>, link: &str) -> Value {
    let mut report = match finished {
        Some(finished) => super::run::json(finished, link),
        None => json!({ "scenario": place.spec.scenario, "digest": null, "verdict": null, "link": link }),
    };
    report["at"] = json!(place.at);
    report["expected"] = json!(place.digest);
    report["diverged"] = json!(diverged.is_some());
    report["why"] = json!(diverged.map(Diverged::sentence));
    report
}

fn tell(finished: Option<&Finished>, diverged: Option<&Diverged>, promised: bool, link: &str) -> io::Result<()> {
    if let Some(finished) = finished {
        super::run::tell(finished, link)?;
    }
    let mut out = out();
    match diverged {
        Some(diverged) => writeln!(out, "Diverged: {}.", diverged.sentence())?,
        None if promised => writeln!(out, "Not diverged: it is the run that was shared.")?,
        None => writeln!(out, "The link carries no digest, so there is nothing to compare the run with.")?,
    }
    out.flush()
}
