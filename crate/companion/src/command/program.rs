//! Which program, with which settings, or by which link: the parts of the command line that commands share.

use chanscope_scenario::{Preset, Scenario, Setting, Settings, shortened, there_are};
use chanscope_session::{Place, Refusal, Spec, read_link, scenario_of};
use clap::Args;

use super::Error;

/// A program with its settings.
#[derive(Debug, Args)]
pub(super) struct Program {
    /// The program's name, such as many-to-many; `chanscope list` names them all.
    scenario: String,
    /// Start from one of the program's named runs instead of its default one.
    #[arg(long, value_name = "NAME")]
    preset: Option<String>,
    /// Change a setting; can be given several times. `chanscope list SCENARIO` says what there is to set.
    #[arg(long, value_name = "NAME=VALUE")]
    set: Vec<String>,
}

/// Where links lead: the page's address.
#[derive(Debug, Args)]
pub(super) struct Base {
    /// The page that links open, up to its `#`.
    #[arg(long, value_name = "URL", default_value = "http://127.0.0.1:8080/", value_parser = base)]
    base: String,
}

fn base(text: &str) -> Result<String, String> {
    let of_the_web = ["http://", "https://"].iter().any(|scheme| text.len() > scheme.len() && text.starts_with(scheme));
    if !of_the_web || text.contains(|c: char| c == '#' || c.is_whitespace() || c.is_control()) {
        let expected = "an address of http or https, without “#” and without blanks, such as http://127.0.0.1:8080/";
        return Err(format!("expected {expected}"));
    }
    Ok(text.to_owned())
}

impl Base {
    /// The whole link of a fragment.
    pub(super) fn link(&self, fragment: &str) -> String {
        format!("{}{fragment}", self.base)
    }
}

impl Program {
    /// What was asked for: the preset with the settings that were given. Settings are checked with the plan.
    pub(super) fn spec(&self) -> Result<Spec, Error> {
        let scenario = scenario_of(&self.scenario)?;
        let mut spec = Spec::of(scenario.id);
        if let Some(name) = &self.preset {
            let preset = preset(scenario, name)?;
            spec.settings = preset.settings();
            preset.strategy.name().clone_into(&mut spec.strategy);
            #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
            let seed = preset.seed as f64;
            spec.seed = seed;
        }
        spec.settings.extend(given(scenario, &self.set)?);
        Ok(spec)
    }
}

fn preset(scenario: &'static Scenario, name: &str) -> Result<&'static Preset, Error> {
    scenario.presets.iter().find(|preset| preset.id == name).ok_or_else(|| {
        let known: Vec<_> = scenario.presets.iter().map(|preset| preset.id).collect();
        let name = shortened(name);
        Error::Asked(format!("--preset: {} has no preset {name}; there {}", scenario.id, there_are(&known)))
    })
}

fn given(scenario: &'static Scenario, set: &[String]) -> Result<Settings, Error> {
    let mut settings = Settings::new();
    for one in set {
        let Some((name, value)) = one.split_once('=') else {
            let one = shortened(one);
            return Err(Error::Asked(format!("--set: expected name=value, such as producers=2; found {one}")));
        };
        let field = scenario.fields.iter().find(|field| field.name == name);
        let setting = field.map_or_else(|| Setting::Text(value.to_owned()), |field| field.read(value));
        if settings.insert(name.to_owned(), setting).is_some() {
            let name = shortened(name);
            return Err(Error::Asked(format!("--set: {name} is given more than once; expected once at most")));
        }
    }
    Ok(settings)
}

/// The part of a link that says what it shows: from its `#` on.
pub(super) fn fragment(link: &str) -> &str {
    link.find('#').map_or(link, |at| &link[at..])
}

/// The run that a link shows, and where.
pub(super) fn linked(link: &str) -> Result<Place, Error> {
    read_link(fragment(link))?.ok_or_else(|| {
        let expected = "expected one such as http://127.0.0.1:8080/#/many-to-many?seed=42";
        Error::Asked(format!("the link names no program; {expected}"))
    })
}

/// A refusal of something that was set on the command line.
pub(super) fn refused(refusal: Refusal) -> Error {
    match refusal.field.as_deref() {
        // These two are options of their own, and the refusal begins with their names.
        Some("strategy" | "seed") => Error::Asked(format!("--{refusal}")),
        Some(_) => Error::Asked(format!("--set: {refusal}")),
        None => refusal.into(),
    }
}
