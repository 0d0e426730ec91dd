//! What a scenario consists of.

use chanscope_kernel::words::Words;
use chanscope_kernel::{Limits, Program, Run};

use crate::config::{Checked, ConfigError, Field, Setting, Settings, by_name};

/// A program with everything that a reader needs to know about it.
///
/// Beside this value its folder holds `body.rs` (the Rust that runs), `program.go` (the same in Go), `words.en.md` and
/// `words.zh.md`. A comment `//= label` at the end of a line ties lines of the two programs together; the words name
/// lines by these labels.
#[derive(Debug)]
pub struct Scenario {
    /// The name in links and on the command line: lower-case letters, digits and hyphens.
    pub id: &'static str,
    /// The folder below `crate/scenario/src`.
    pub folder: &'static str,
    /// The chapter that it belongs to.
    pub chapter: Words,
    /// Its title.
    pub title: Words,
    /// What it makes plain, in one sentence.
    pub claim: Words,
    /// Its settings, in the order of the form.
    pub fields: &'static [Field],
    /// Named runs. The first is the default one and changes no setting.
    pub presets: &'static [Preset],
    pub(crate) program: fn(&Checked) -> Program,
}

/// A named run of a scenario.
#[derive(Clone, Debug)]
pub struct Preset {
    /// The name within the scenario.
    pub id: &'static str,
    /// What the reader sees.
    pub title: Words,
    /// Settings that differ from their defaults.
    pub settings: &'static [(&'static str, Setting<&'static str>)],
    /// How decisions are made.
    pub strategy: StrategyName,
    /// What draws follow from.
    pub seed: u64,
    /// The verdicts that these settings can lead to, whatever happens first (see [`chanscope_kernel::Verdict::kind`]).
    pub verdicts: &'static [&'static str],
}

/// The strategies that a run can be started with.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum StrategyName {
    /// First come, first served.
    #[default]
    FirstCome,
    /// Seeded random.
    Random,
    /// Everybody who can move takes a step in turn.
    RoundRobin,
    /// Random priorities with few changes.
    Pct,
    /// A few processors with queues, as in Go's runtime.
    GoLike,
    /// The order in which `futures::executor::LocalPool` polls: operations commit inside their polls.
    LocalPool,
}

impl StrategyName {
    /// All of them.
    pub const ALL: [Self; 6] =
        [Self::FirstCome, Self::Random, Self::RoundRobin, Self::Pct, Self::GoLike, Self::LocalPool];

    /// The name in links and on the command line.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::FirstCome => "first-come",
            Self::Random => "random",
            Self::RoundRobin => "round-robin",
            Self::Pct => "pct",
            Self::GoLike => "go-like",
            Self::LocalPool => "local-pool",
        }
    }

    /// The strategy of that name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|strategy| strategy.name() == name)
    }
}

impl Scenario {
    /// Fills in defaults and checks every setting against its domain.
    ///
    /// # Errors
    /// The first setting that is unknown, of the wrong type or out of range.
    pub fn check(&self, settings: &Settings) -> Result<Checked, ConfigError> {
        Checked::new(self.fields, settings)
    }

    /// Starts a run with checked settings.
    #[must_use]
    pub fn start(&self, settings: &Checked, limits: Limits) -> Run {
        self.program(settings).run(limits)
    }

    /// The program with checked settings, for any executor.
    #[must_use]
    pub fn program(&self, settings: &Checked) -> Program {
        (self.program)(settings)
    }
}

impl Preset {
    /// A run in which whoever has waited longest goes next.
    pub(crate) const fn first_come(
        id: &'static str,
        title: Words,
        settings: &'static [(&'static str, Setting<&'static str>)],
        seed: u64,
        verdicts: &'static [&'static str],
    ) -> Self {
        Self { id, title, settings, strategy: StrategyName::FirstCome, seed, verdicts }
    }

    /// A run in which chance, by its seed, decides who goes next.
    pub(crate) const fn random(
        id: &'static str,
        title: Words,
        settings: &'static [(&'static str, Setting<&'static str>)],
        seed: u64,
        verdicts: &'static [&'static str],
    ) -> Self {
        Self { id, title, settings, strategy: StrategyName::Random, seed, verdicts }
    }

    /// A run as on Go's processors, whose speeds follow from the seed.
    pub(crate) const fn go_like(
        id: &'static str,
        title: Words,
        settings: &'static [(&'static str, Setting<&'static str>)],
        seed: u64,
        verdicts: &'static [&'static str],
    ) -> Self {
        Self { id, title, settings, strategy: StrategyName::GoLike, seed, verdicts }
    }

    /// Its settings as they are given to [`Scenario::check`].
    #[must_use]
    pub fn settings(&self) -> Settings {
        by_name(self.settings.iter().map(|(name, setting)| ((*name).to_owned(), setting.owned())))
    }
}
