//! What a search has found, for people and for programs.

use std::io::{self, Write};

use chanscope_kernel::Pct;
use chanscope_scenario::StrategyName;
use chanscope_session::{Exploration, ExploreBounds, Findings, Found, NoTurning, Turning};
use serde_json::{Value, json};

use crate::command::output::{grouped, out, plain, settings, settings_line};
use crate::command::program::Base;

/// Lines of an outcome's output that people are shown.
const MOST_LINES: usize = 6;

/// For programs.
pub(super) fn json(exploration: &Exploration, findings: &Findings, base: &Base) -> Value {
    let (spec, bounds) = (exploration.plan().spec(), exploration.bounds());
    json!({
        "scenario": spec.scenario,
        "config": settings(&spec.settings),
        "complete": findings.incomplete.is_empty(),
        "incomplete": findings.incomplete.iter().map(|why| why.name()).collect::<Vec<_>>(),
        "limits": { "executions": bounds.executions, "steps": bounds.steps, "samples": bounds.samples, "preemptions": bounds.preemptions },
        "orderOfOutput": bounds.order_of_output,
        "executions": findings.executions,
        "blocked": findings.blocked,
        "samples": findings.sampled,
        "sampling": { "strategy": bounds.sampling.name(), "oneIn": exploration.one_in() },
        "outcomes": findings.outcomes.iter().map(|found| outcome(found, base)).collect::<Vec<_>>(),
    })
}

fn outcome(found: &Found, base: &Base) -> Value {
    let shown = &found.shown;
    let detail = [&shown.verdict.sentence.en, &shown.detail.en].map(AsRef::as_ref);
    json!({
        "verdict": shown.kind,
        "good": found.name.is_good(),
        "detail": detail.into_iter().filter(|text: &&str| !text.is_empty()).collect::<Vec<_>>().join("; "),
        "output": shown.output,
        "outputLines": shown.output_lines,
        "count": found.count,
        "sampled": found.sampled,
        "events": shown.events,
        "switches": shown.switches,
        "smallest": found.smallest,
        "witness": link(found, base),
        "pointOfNoReturn": shown.turning.as_ref().map(turning),
    })
}

/// The witness, where it fits into a link.
fn link(found: &Found, base: &Base) -> Option<String> {
    let shown = &found.shown;
    shown.plan.link(shown.at, Some(&shown.digest)).ok().map(|fragment| base.link(&fragment))
}

fn turning(turning: &Result<Turning, NoTurning>) -> Value {
    match turning {
        Ok(turning) => json!({ "at": turning.at, "goroutine": turning.who, "sentence": turning.sentence.en }),
        Err(why) => json!({ "none": why.to_string() }),
    }
}

/// For people.
pub(super) fn tell(exploration: &Exploration, findings: &Findings, base: &Base) -> io::Result<()> {
    let mut out = out();
    let spec = exploration.plan().spec();
    let ExploreBounds { order_of_output: ordered, sampling, .. } = exploration.bounds();
    writeln!(out, "{} {}\n", spec.scenario, settings_line(&spec.settings))?;
    for found in &findings.outcomes {
        tell_outcome(&mut out, found, (findings, ordered, sampling), base)?;
    }
    let (outcomes, executions) = (findings.outcomes.len(), grouped(findings.executions));
    let what = format!(
        "{outcomes} outcome{} in {executions} inequivalent execution{}",
        plural(outcomes as u64),
        plural(findings.executions)
    );
    if findings.incomplete.is_empty() {
        writeln!(out, "Complete: {what}; there are no others.")?;
    } else {
        let bounds = exploration.bounds();
        let why: Vec<_> = findings.incomplete.iter().map(|why| why.words(bounds).en.into_owned()).collect();
        writeln!(out, "Not complete: {what} so far; {}.", why.join("; "))?;
    }
    if let Some(one_in) = exploration.one_in() {
        let (one_in, depth) = (grouped(one_in), Pct::DEPTH);
        writeln!(out, "PCT meets what takes up to {depth} orderings in one run of {one_in} at least, on average.")?;
    }
    writeln!(out, "Counts are of executions no two of which are equivalent; they are not probabilities.")?;
    out.flush()
}

fn tell_outcome(
    out: &mut impl Write,
    found: &Found,
    among: (&Findings, bool, StrategyName),
    base: &Base,
) -> io::Result<()> {
    let (findings, ordered, sampling) = among;
    let shown = &found.shown;
    let sign = if found.name.is_good() { "ok" } else { "!!" };
    let (count, all) = (grouped(found.count), grouped(findings.executions));
    let share =
        if found.count > 0 { share(found.count, findings.executions) } else { "met by chance alone".to_owned() };
    writeln!(out, "{sign} {}: {count} of {all} executions ({share})", shown.kind)?;
    if !shown.verdict.good {
        writeln!(out, "   {}", plain(&shown.verdict.sentence.en))?;
    }
    if !shown.detail.en.is_empty() {
        writeln!(out, "   {}", plain(&shown.detail.en))?;
    }
    if shown.output_lines > 0 {
        let lines: Vec<_> = shown.output.iter().take(MOST_LINES).map(|line| plain(line)).collect();
        let more = shown.output_lines - lines.len();
        let more = if more > 0 { format!(" and {more} lines more") } else { String::new() };
        let order = if ordered { "" } else { ", in some order" };
        writeln!(out, "   prints{order}: {}{more}", lines.join(" | "))?;
    }
    if findings.sampled > 0 {
        let by = if sampling == StrategyName::Pct { "runs by PCT" } else { "random runs" };
        writeln!(out, "   {} of {} {by}", grouped(found.sampled), grouped(findings.sampled))?;
    }
    let switches = shown.switches;
    let events = grouped(shown.events.into());
    let smallest = match (found.smallest, found.count) {
        (true, _) => "smallest witness",
        (false, 0) => "witness",
        (false, _) => "smallest witness found",
    };
    writeln!(out, "   {smallest}: {events} events, {switches} context switch{}", switch_plural(switches))?;
    match &shown.turning {
        Some(Ok(turning)) => {
            writeln!(out, "   no way back after step {}: {}", turning.at + 1, plain(&turning.sentence.en))?;
        }
        Some(Err(why)) => writeln!(out, "   no point of no return: {why}")?,
        None => {}
    }
    let link = link(found, base).unwrap_or_else(|| "its choices are too many for a link".to_owned());
    writeln!(out, "   {link}\n")
}

#[expect(clippy::cast_precision_loss, reason = "for display")]
fn share(part: u64, all: u64) -> String {
    let percent = 100.0 * part as f64 / all as f64;
    if percent > 0.0 && percent < 0.1 { "under 0.1 %".to_owned() } else { format!("{percent:.1} %") }
}

fn plural(count: u64) -> &'static str {
    if count == 1 { "" } else { "s" }
}

fn switch_plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "es" }
}
