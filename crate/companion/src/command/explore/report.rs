//! What a search has found, for people and for programs.

use std::io::{self, Write};

use chanscope_kernel::Pct;
use chanscope_scenario::StrategyName;
use chanscope_session::{
    Exploration, ExploreBounds, Findings, Found, Kind, MAX_CLOSER, MAX_SAMPLE_EVENTS, NoTurning, Reason,
};
use serde_json::{Value, json};

use crate::command::output::{counted, grouped, out, plain, settings, settings_line};
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
        "limits": { "executions": bounds.executions, "steps": bounds.steps, "samples": bounds.samples, "preemptions": bounds.preemptions, "seconds": bounds.seconds },
        "orderOfOutput": bounds.order_of_output,
        "executions": findings.executions,
        "estimate": findings.estimate.map(f64::round),
        "blocked": findings.blocked,
        "samples": findings.sampled,
        "samplesCut": findings.sampled_cut,
        "sampling": { "strategy": bounds.sampling.name(), "oneIn": exploration.one_in() },
        "kinds": findings.kinds().iter().map(kind).collect::<Vec<_>>(),
        "outcomes": findings.outcomes.iter().map(|found| outcome(found, findings, base)).collect::<Vec<_>>(),
    })
}

fn kind(kind: &Kind<'_>) -> Value {
    let Kind { first, outcomes, executions, sampled } = kind;
    json!({ "verdict": first.shown.kind, "good": first.name.is_good(), "outcomes": outcomes, "count": executions, "sampled": sampled })
}

fn outcome(found: &Found, findings: &Findings, base: &Base) -> Value {
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
        "pressed": shown.pressed,
        "events": shown.events,
        "switches": shown.switches,
        "smallest": found.smallest,
        "witness": link(found, base),
        "pointOfNoReturn": turning(found, findings),
    })
}

/// The witness, where it fits into a link.
fn link(found: &Found, base: &Base) -> Option<String> {
    let shown = &found.shown;
    shown.plan.link(shown.at, Some(&shown.digest)).ok().map(|fragment| base.link(&fragment))
}

fn turning(found: &Found, findings: &Findings) -> Value {
    match &found.shown.turning {
        Some(Ok(turning)) => json!({ "at": turning.at, "goroutine": turning.who, "sentence": turning.sentence.en }),
        Some(Err(why)) => {
            let name = match why {
                NoTurning::NeverGood => "neverGood",
                NoTurning::Good => "good",
                NoTurning::Unknown => "unknown",
                NoTurning::Stopped => "notLookedFor",
            };
            json!({ "none": name, "why": why.to_string() })
        }
        None if found.name.is_good() => json!({ "none": "good", "why": NoTurning::Good.to_string() }),
        None => json!({ "none": "notLookedFor", "why": not_looked_for(found, findings) }),
    }
}

/// Why nobody has looked for the point of no return of a bad outcome.
fn not_looked_for(found: &Found, findings: &Findings) -> String {
    if found.count == 0 {
        "it is looked for in runs of the search, and chance alone has met this outcome".to_owned()
    } else if findings.left_to_look_at == 0 {
        format!("it is looked for in the first {MAX_CLOSER} bad outcomes")
    } else {
        "the search was ended before it was this outcome's turn".to_owned()
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
    let outcomes = counted(findings.outcomes.len() as u64, "outcome");
    let executions = counted(findings.executions, "inequivalent execution");
    let what = format!("{outcomes} in {executions}");
    if findings.incomplete.is_empty() {
        writeln!(out, "Complete: {what}; there are no others.")?;
    } else {
        let bounds = exploration.bounds();
        let why: Vec<_> = findings.incomplete.iter().map(|why| why.words(bounds).en.into_owned()).collect();
        let all = findings.estimate.map_or_else(String::new, |all| format!(" (of about {}, at a guess)", about(all)));
        let random = match findings.sampled {
            0 => String::new(),
            runs => format!(" and {}", counted(runs, "random run")),
        };
        writeln!(out, "Not complete: {what}{all}{random} so far; {}.", why.join("; "))?;
    }
    let kinds = findings.kinds();
    if kinds.len() > 1 && findings.outcomes.len() > kinds.len() {
        for Kind { first, outcomes, executions, .. } in kinds {
            let (outcomes, count) = (counted(outcomes as u64, "outcome"), counted(executions, "execution"));
            writeln!(
                out,
                "  {}: {outcomes} in {count} ({})",
                first.shown.kind,
                share(executions, findings.executions)
            )?;
        }
    }
    let bounds = exploration.bounds();
    if findings.sampled_cut > 0 {
        let (cut, all) = (counted(findings.sampled_cut, "random run"), grouped(findings.sampled));
        let most = grouped(MAX_SAMPLE_EVENTS.into());
        writeln!(
            out,
            "{cut} of {all} met a limit, such as that of {most} events, before their end: no outcome counts them."
        )?;
    }
    if findings.sampled < bounds.samples {
        let (run, asked) = (counted(findings.sampled, "random run"), grouped(bounds.samples));
        let stopped = bounds.seconds.is_none() || findings.incomplete.contains(&Reason::Stopped);
        let why = if stopped { "they were stopped" } else { "their time was used up" };
        writeln!(out, "Only {run} of the {asked} asked for: {why}.")?;
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
    let count = grouped(found.count);
    let share =
        if found.count > 0 { share(found.count, findings.executions) } else { "met by chance alone".to_owned() };
    let all = counted(findings.executions, "execution");
    writeln!(out, "{sign} {}: {count} of {all} ({share})", shown.kind)?;
    if !shown.verdict.good {
        writeln!(out, "   {}", plain(&shown.verdict.sentence.en))?;
    }
    if !shown.detail.en.is_empty() {
        writeln!(out, "   {}", plain(&shown.detail.en))?;
    }
    if shown.output_lines > 0 {
        let lines: Vec<_> = shown.output.iter().take(MOST_LINES).map(|line| plain(line)).collect();
        let more = shown.output_lines - lines.len();
        let more = if more > 0 { format!(" and {} more", counted(more as u64, "line")) } else { String::new() };
        let order = if ordered || shown.output_lines == 1 { "" } else { ", in some order" };
        writeln!(out, "   prints{order}: {}{more}", lines.join(" | "))?;
    }
    if findings.sampled > 0 {
        let by = if sampling == StrategyName::Pct { "runs by PCT" } else { "random runs" };
        let why = match (found.sampled, shown.pressed) {
            (0, true) => ", which press a button only when nothing else can happen",
            _ => "",
        };
        writeln!(out, "   {} of {} {by}{why}", grouped(found.sampled), grouped(findings.sampled))?;
    }
    let switches = shown.switches;
    let events = counted(shown.events.into(), "event");
    let smallest = match (found.smallest, found.count) {
        (true, _) => "smallest witness",
        (false, 0) => "witness",
        (false, _) => "smallest witness found",
    };
    writeln!(out, "   {smallest}: {events}, {switches} context switch{}", switch_plural(switches))?;
    match &shown.turning {
        Some(Ok(turning)) => {
            writeln!(out, "   no way back after step {}: {}", turning.at + 1, plain(&turning.sentence.en))?;
        }
        Some(Err(why)) => writeln!(out, "   no point of no return: {why}")?,
        None if found.name.is_good() => {}
        None => writeln!(out, "   the point of no return was not looked for: {}", not_looked_for(found, findings))?,
    }
    let link = link(found, base).unwrap_or_else(|| "its choices are too many for a link".to_owned());
    writeln!(out, "   {link}\n")
}

#[expect(clippy::cast_precision_loss, reason = "for display")]
fn share(part: u64, all: u64) -> String {
    let percent = 100.0 * part as f64 / all as f64;
    if percent > 0.0 && percent < 0.1 { "under 0.1 %".to_owned() } else { format!("{percent:.1} %") }
}

/// A guess, to two figures: more would promise what it cannot hold.
#[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
fn about(guess: f64) -> String {
    const TOLD_IN_FULL: f64 = 1e15;
    let unit = 10_f64.powf((guess.log10().floor() - 1.0).max(0.0));
    let rounded = (guess / unit).round() * unit;
    if rounded < TOLD_IN_FULL { grouped(rounded as u64) } else { format!("{rounded:.0e}") }
}

fn switch_plural(count: usize) -> &'static str {
    if count == 1 { "" } else { "es" }
}

#[cfg(test)]
mod tests {
    use super::about;

    #[test]
    fn a_guess_has_two_figures() {
        for (guess, text) in [(7.4, "7"), (96.0, "96"), (32_323.0, "32 000"), (9.96e5, "1 000 000"), (1.5e20, "2e20")] {
            assert_eq!(about(guess), text);
        }
    }
}
