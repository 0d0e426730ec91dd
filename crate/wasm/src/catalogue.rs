//! The scenarios, as the page lists them.

use chanscope_scenario as scenario;

use crate::wire::{ChoiceOption, Deviation, Domain, Field, Preset, RunSpec, ScenarioInfo, Setting};

/// Every scenario in the order of the chapters; the first preset of the first one opens by default.
#[must_use]
pub fn catalogue() -> Vec<ScenarioInfo> {
    scenario::SCENARIOS.iter().map(|scenario| info(scenario)).collect()
}

fn info(of: &scenario::Scenario) -> ScenarioInfo {
    ScenarioInfo {
        id: of.id.to_owned(),
        folder: of.folder.to_owned(),
        chapter: of.chapter.clone().into(),
        title: of.title.clone().into(),
        claim: of.claim.clone().into(),
        fields: of.fields.iter().map(field).collect(),
        presets: of.presets.iter().map(|one| preset(of, one)).collect(),
    }
}

fn field(of: &scenario::Field) -> Field {
    let domain = match &of.domain {
        scenario::Domain::Number { min, max } => Domain::Number { min: *min, max: *max },
        scenario::Domain::Flag => Domain::Flag,
        scenario::Domain::Choice(options) => Domain::Choice {
            options: options
                .iter()
                .map(|option| ChoiceOption { value: option.value.to_owned(), label: option.label.clone().into() })
                .collect(),
        },
    };
    let default = of.default.owned().into();
    Field { name: of.name.to_owned(), label: of.label.clone().into(), help: of.help.clone().into(), domain, default }
}

fn preset(of: &scenario::Scenario, preset: &scenario::Preset) -> Preset {
    let spec = RunSpec {
        scenario: of.id.to_owned(),
        config: preset.settings().into_iter().map(|(name, setting)| (name, setting.into())).collect(),
        strategy: preset.strategy.name().to_owned(),
        #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
        seed: preset.seed as f64,
        deviations: Vec::<Deviation>::new(),
    };
    Preset { id: preset.id.to_owned(), title: preset.title.clone().into(), spec }
}

impl From<scenario::Setting> for Setting {
    fn from(setting: scenario::Setting) -> Self {
        match setting {
            scenario::Setting::Number(n) => Self::Number(n),
            scenario::Setting::Flag(flag) => Self::Flag(flag),
            scenario::Setting::Text(text) => Self::Text(text),
        }
    }
}

impl From<Setting> for scenario::Setting {
    fn from(setting: Setting) -> Self {
        match setting {
            Setting::Number(n) => Self::Number(n),
            Setting::Flag(flag) => Self::Flag(flag),
            Setting::Text(text) => Self::Text(text),
        }
    }
}
