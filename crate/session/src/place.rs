//! Links: between a fragment's text and a run with a moment.

use chanscope_kernel::Position;
use chanscope_link::{self as link, Link, LinkParts};
use chanscope_scenario::{Setting, StrategyName, by_name};

use crate::plan::{Plan, Spec, scenario_of};
use crate::refusal::Refusal;

/// A run and a moment of it, as a link says them.
#[derive(Clone, PartialEq, Debug)]
pub struct Place {
    /// The run; not checked yet.
    pub spec: Spec,
    /// The position.
    pub at: Position,
    /// The digest of the run that was shared, where the link carries one.
    pub digest: Option<String>,
}

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
        let setting = field.map_or_else(|| Setting::Text(text.to_owned()), |field| field.read(text));
        (name.as_str().to_owned(), setting)
    };
    let strategy = parts.strategy.as_ref().map_or(StrategyName::default().name(), |name| name.as_str());
    let spec = Spec {
        scenario: scenario.id.to_owned(),
        settings: by_name(parts.settings.iter().map(setting)),
        strategy: strategy.to_owned(),
        #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
        seed: parts.seed.map_or(0, link::Seed::get) as f64,
        deviations: parts.deviations.iter().map(|d| (d.at, d.choice.as_str().to_owned())).collect(),
    };
    Ok(Some(Place { spec, at: parts.at, digest: parts.digest.map(|digest| digest.as_str().to_owned()) }))
}

impl Plan {
    /// The fragment of a link to a moment of this run, with the digest of its trace where one is given. What is as by
    /// default is left out.
    ///
    /// # Errors
    /// When the run has more deviations than a link can hold.
    pub fn link(&self, at: Position, digest: Option<&str>) -> Result<String, Refusal> {
        let mut parts = LinkParts::new(link::ProgramId::new(self.scenario.id).expect("ids fit into links"));
        parts.settings = self.link_settings();
        if self.strategy != StrategyName::default() {
            parts.strategy = Some(link::StrategyName::new(self.strategy.name()).expect("names fit into links"));
        }
        parts.seed = (self.seed > 0).then(|| link::Seed::new(self.seed).expect("checked when the plan was made"));
        let choice = |text: &str| link::Choice::new(text).expect("choices fit into links");
        let deviations = self.deviations.iter();
        parts.deviations =
            deviations.map(|d| link::Deviation { at: d.at, choice: choice(&d.choice.to_string()) }).collect();
        parts.at = at;
        parts.digest = digest.map(|digest| link::Digest::new(digest).expect("digests fit into links"));
        Ok(Link::new(parts)?.encode())
    }

    fn link_settings(&self) -> Vec<(link::SettingName, link::Text)> {
        let differing = self.scenario.fields.iter().filter_map(|field| {
            let setting = self.settings.values().get(field.name)?;
            (*setting != field.default.owned()).then(|| (field.name, setting.to_string()))
        });
        let fits = "settings fit into links";
        let texts = differing
            .map(|(name, text)| (link::SettingName::new(name).expect(fits), link::Text::new(&text).expect(fits)));
        texts.collect()
    }
}
