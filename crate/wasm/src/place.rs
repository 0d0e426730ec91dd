//! Links: between a fragment's text and a run with a moment.

use chanscope_link::{self as link, Link, LinkParts};
use chanscope_scenario::{self as scenario, Scenario, StrategyName};

use crate::session::scenario_of;
use crate::wire::{Deviation, Place, Refusal, RunSpec};

/// Reads a fragment. `None` where it is empty: the page opens its default run then.
///
/// # Errors
/// What is wrong with it. Settings are checked when the run is begun, not here.
pub fn read_link(fragment: &str) -> Result<Option<Place>, Refusal> {
    let Some(link) = Link::decode(fragment)? else { return Ok(None) };
    let parts = link.into_parts();
    let scenario = scenario_of(parts.program.as_str())?;
    let setting = |(name, text): &(link::SettingName, link::Text)| {
        let field = scenario.fields.iter().find(|field| field.name == name.as_str());
        let text = text.as_str();
        let setting = field.map_or_else(|| scenario::Setting::Text(text.to_owned()), |field| field.read(text));
        (name.as_str().to_owned(), setting.into())
    };
    let deviation = |d: &link::Deviation| Deviation { at: d.at, choice: d.choice.as_str().to_owned() };
    let strategy = parts.strategy.as_ref().map_or(StrategyName::default().name(), |name| name.as_str());
    let spec = RunSpec {
        scenario: scenario.id.to_owned(),
        config: parts.settings.iter().map(setting).collect(),
        strategy: strategy.to_owned(),
        #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
        seed: parts.seed.map_or(0, link::Seed::get) as f64,
        deviations: parts.deviations.iter().map(deviation).collect(),
    };
    Ok(Some(Place { spec, at: parts.at, digest: parts.digest.map(|digest| digest.as_str().to_owned()) }))
}

/// Writes the fragment of a checked run. What is as by default is left out.
///
/// # Errors
/// When the run has more deviations than a link can hold.
pub fn write_link(place: &Place) -> Result<String, Refusal> {
    let Place { spec, at, digest } = place;
    let scenario = scenario_of(&spec.scenario)?;
    let mut parts = LinkParts::new(link::ProgramId::new(scenario.id).expect("ids fit into links"));
    parts.settings = settings(scenario, spec);
    if spec.strategy != StrategyName::default().name() {
        parts.strategy = Some(link::StrategyName::new(&spec.strategy).expect("names fit into links"));
    }
    #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked when the run was begun")]
    let seed = spec.seed as u64;
    parts.seed = (seed > 0).then(|| link::Seed::new(seed).expect("checked when the run was begun"));
    parts.deviations = spec
        .deviations
        .iter()
        .map(|d| link::Deviation { at: d.at, choice: link::Choice::new(&d.choice).expect("choices fit into links") })
        .collect();
    parts.at = *at;
    parts.digest = digest.as_ref().map(|digest| link::Digest::new(digest).expect("digests fit into links"));
    Ok(Link::new(parts)?.encode())
}

fn settings(scenario: &Scenario, spec: &RunSpec) -> Vec<(link::SettingName, link::Text)> {
    let differing = scenario.fields.iter().filter_map(|field| {
        let setting: scenario::Setting = spec.config.get(field.name)?.clone().into();
        (setting != field.default.owned()).then(|| (field.name, setting.to_string()))
    });
    let fits = "settings fit into links";
    let texts =
        differing.map(|(name, text)| (link::SettingName::new(name).expect(fits), link::Text::new(&text).expect(fits)));
    texts.collect()
}
