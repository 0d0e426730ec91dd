//! `chanscope list`: every program, with what there is to set and what it can come to.

use std::io::{self, Write};

use chanscope_scenario::{Domain, Field, Preset, SCENARIOS, Scenario};
use chanscope_session::scenario_of;
use clap::Args;
use serde_json::{Value, json};

use super::Error;
use super::output::{out, print_json, settings, settings_line, words};

/// List every program with its chapter; with a name, what there is to set in that one and what it can come to.
#[derive(Debug, Args)]
pub struct Options {
    /// A program's name; without it, all are listed.
    pub scenario: Option<String>,
    /// Print JSON: an array of programs with settings, presets and declared verdicts.
    #[arg(long)]
    pub json: bool,
}

/// Lists.
///
/// # Errors
///
/// An unknown program, or output that nobody takes.
pub fn run(options: &Options) -> Result<(), Error> {
    let one = options.scenario.as_deref().map(scenario_of).transpose()?;
    let listed: Vec<&Scenario> = one.map_or_else(|| SCENARIOS.to_vec(), |scenario| vec![scenario]);
    if options.json {
        return Ok(print_json(&listed.iter().map(|scenario| json(scenario)).collect())?);
    }
    let told = match one {
        Some(scenario) => tell(scenario),
        None => table(&listed),
    };
    Ok(told?)
}

fn table(listed: &[&Scenario]) -> io::Result<()> {
    let mut out = out();
    let mut chapter = "";
    for scenario in listed {
        if scenario.chapter.en != chapter {
            chapter = &scenario.chapter.en;
            writeln!(out, "{chapter}")?;
        }
        writeln!(out, "  {:<14} {}", scenario.id, scenario.title.en)?;
    }
    writeln!(
        out,
        "\n`chanscope list NAME` says what there is to set; `chanscope explore NAME` finds what can happen."
    )?;
    out.flush()
}

fn tell(scenario: &Scenario) -> io::Result<()> {
    let mut out = out();
    writeln!(out, "{}: {}", scenario.id, scenario.title.en)?;
    writeln!(out, "{}", scenario.claim.en)?;
    writeln!(out, "\nSettings (--set name=value)")?;
    for field in scenario.fields {
        writeln!(out, "  {:<14} {}; {} by default", field.name, domain(field), field.default)?;
        writeln!(out, "  {:<14} {}", "", field.help.en)?;
    }
    writeln!(out, "\nNamed runs (--preset name)")?;
    for preset in scenario.presets {
        writeln!(out, "  {:<14} {}", preset.id, preset.title.en)?;
        let chosen = settings_line(&preset.settings());
        if !chosen.is_empty() {
            writeln!(out, "  {:<14} {chosen}", "")?;
        }
        writeln!(out, "  {:<14} can come to: {}", "", preset.verdicts.join("; "))?;
    }
    out.flush()
}

fn domain(field: &Field) -> String {
    match &field.domain {
        Domain::Number { min, max } => format!("{min} to {max}"),
        Domain::Flag => "yes or no".to_owned(),
        Domain::Choice(options) => options.iter().map(|option| option.value).collect::<Vec<_>>().join(" or "),
    }
}

fn json(scenario: &Scenario) -> Value {
    json!({
        "id": scenario.id,
        "chapter": words(&scenario.chapter),
        "title": words(&scenario.title),
        "claim": words(&scenario.claim),
        "settings": scenario.fields.iter().map(field_json).collect::<Vec<_>>(),
        "presets": scenario.presets.iter().map(preset_json).collect::<Vec<_>>(),
    })
}

fn field_json(field: &Field) -> Value {
    let mut value = json!({
        "name": field.name,
        "label": words(&field.label),
        "help": words(&field.help),
        "default": super::output::setting(&field.default.owned()),
    });
    let rest = match &field.domain {
        Domain::Number { min, max } => json!({ "type": "number", "min": min, "max": max }),
        Domain::Flag => json!({ "type": "flag" }),
        Domain::Choice(options) => {
            let options = options.iter().map(|option| json!({ "value": option.value, "label": words(&option.label) }));
            json!({ "type": "choice", "options": options.collect::<Vec<_>>() })
        }
    };
    let (Value::Object(all), Value::Object(rest)) = (&mut value, rest) else { unreachable!("both are objects") };
    all.extend(rest);
    value
}

fn preset_json(preset: &Preset) -> Value {
    json!({
        "id": preset.id,
        "title": words(&preset.title),
        "config": settings(&preset.settings()),
        "strategy": preset.strategy.name(),
        "seed": preset.seed,
        "verdicts": preset.verdicts,
    })
}
