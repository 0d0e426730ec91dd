//! Between the wire's types and those of the rooms behind, where no other file is nearer.

use chanscope_kernel::words;
use chanscope_kernel::{GoroutineId, ObjectId};
use chanscope_scenario::by_name;
use chanscope_session as session;

use crate::wire::{Deviation, Language, Place, Progress, Quarry, Refusal, RunSpec, SearchQuery, Words};

impl From<words::Words> for Words {
    fn from(words: words::Words) -> Self {
        Self { en: words.en.into_owned(), zh: words.zh.into_owned() }
    }
}

impl From<Language> for words::Language {
    fn from(language: Language) -> Self {
        match language {
            Language::En => Self::English,
            Language::Zh => Self::Chinese,
        }
    }
}

impl From<&RunSpec> for session::Spec {
    fn from(spec: &RunSpec) -> Self {
        Self {
            scenario: spec.scenario.clone(),
            settings: by_name(spec.config.iter().map(|(name, setting)| (name.clone(), setting.clone().into()))),
            strategy: spec.strategy.clone(),
            seed: spec.seed,
            deviations: spec.deviations.iter().map(|d| (d.at, d.choice.clone())).collect(),
        }
    }
}

impl From<session::Spec> for RunSpec {
    fn from(spec: session::Spec) -> Self {
        let session::Spec { scenario, settings, strategy, seed, deviations } = spec;
        let config = by_name(settings.into_iter().map(|(name, setting)| (name, setting.into())));
        let deviations = deviations.into_iter().map(|(at, choice)| Deviation { at, choice }).collect();
        Self { scenario, config, strategy, seed, deviations }
    }
}

impl From<session::Place> for Place {
    fn from(place: session::Place) -> Self {
        Self { spec: place.spec.into(), at: place.at, digest: place.digest }
    }
}

impl From<session::Refusal> for Refusal {
    fn from(refusal: session::Refusal) -> Self {
        let session::Refusal { kind, field, words } = refusal;
        Self { kind: kind.name().to_owned(), field, message: words.into() }
    }
}

impl From<session::Progress> for Progress {
    fn from(progress: session::Progress) -> Self {
        Self { events: progress.events, done: progress.done }
    }
}

impl From<SearchQuery> for session::Query {
    fn from(query: SearchQuery) -> Self {
        let quarry = match query.quarry {
            Quarry::Goroutine { id } => session::Quarry::Goroutine(GoroutineId(id)),
            Quarry::Object { id } => session::Quarry::Object(ObjectId(id)),
            Quarry::Notable => session::Quarry::Notable,
            Quarry::Line { line } => session::Quarry::Line(line),
        };
        Self { quarry, from: query.from, backward: query.backward }
    }
}
