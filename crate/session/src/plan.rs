//! What makes a run: asked for, and checked.

use chanscope_kernel::{
    Choice, Deviation, FirstCome, Follow, GoLike, Guided, Limits, Pct, Position, Random, RoundRobin, Run, Strategy,
};
use chanscope_link::MAX_SEED;
use chanscope_scenario::{
    self as scenario, Checked, Scenario, Settings, StrategyName, by_name, expected_choice, expected_number, not_taken,
    shortened,
};

use crate::local_pool;
use crate::refusal::{Refusal, RefusalKind};

/// A run as somebody asks for it. Nothing of it is checked.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Spec {
    /// The scenario's name.
    pub scenario: String,
    /// Settings, those that differ from their defaults or all of them.
    pub settings: Settings,
    /// The strategy's name.
    pub strategy: String,
    /// What draws follow from: a whole number, kept as it came so that a refusal can name it.
    pub seed: f64,
    /// Choices made by hand, by their names.
    pub deviations: Vec<(Position, String)>,
}

/// A run that can be started: the same plan gives the same trace on every machine.
#[derive(Clone, Debug)]
pub struct Plan {
    /// The program.
    pub scenario: &'static Scenario,
    /// Every setting of it.
    pub settings: Checked,
    /// How decisions are made.
    pub strategy: StrategyName,
    /// What draws follow from; at most [`MAX_SEED`].
    pub seed: u64,
    /// Choices made by hand, in order of position.
    pub deviations: Vec<Deviation>,
}

/// The scenario of that name.
///
/// # Errors
/// When there is none.
pub fn scenario_of(id: &str) -> Result<&'static Scenario, Refusal> {
    scenario::find(id).ok_or_else(|| {
        let id = shortened(id);
        Refusal::new(RefusalKind::Program, format!("there is no program “{id}”"), format!("没有名为“{id}”的程序"))
    })
}

impl Spec {
    /// The default run of a scenario.
    #[must_use]
    pub fn of(scenario: &str) -> Self {
        Self { scenario: scenario.to_owned(), strategy: StrategyName::default().name().to_owned(), ..Self::default() }
    }
}

impl Plan {
    /// Checks a spec.
    ///
    /// # Errors
    /// What is wrong with it, by field.
    pub fn of(spec: &Spec) -> Result<Self, Refusal> {
        let scenario = scenario_of(&spec.scenario)?;
        let settings = scenario.check(&spec.settings)?;
        let strategy = StrategyName::parse(&spec.strategy).ok_or_else(|| {
            let words = expected_choice(&StrategyName::ALL.map(StrategyName::name));
            Refusal::of_field("strategy", not_taken("strategy", &words, &spec.strategy))
        })?;
        let seed = seed(spec.seed)?;
        let deviations = deviations(&spec.deviations)?;
        Ok(Self { scenario, settings, strategy, seed, deviations })
    }

    /// The program at its start, and what decides in it.
    #[must_use]
    pub fn start(&self) -> (Run, Guided<Box<dyn Strategy>>) {
        let run = self.scenario.start(&self.settings, Limits::default());
        (run, Guided::new(self.base(), self.deviations.clone()))
    }

    /// What decides where nothing was chosen by hand.
    pub(crate) fn base(&self) -> Box<dyn Strategy> {
        let seed = self.seed;
        match self.strategy {
            StrategyName::FirstCome => Box::new(FirstCome { seed }),
            StrategyName::Random => Box::new(Random { seed }),
            StrategyName::RoundRobin => Box::new(RoundRobin { seed }),
            StrategyName::Pct => Box::new(Pct::new(seed, Pct::DEPTH, self.usual_length())),
            StrategyName::GoLike => Box::new(GoLike::new(seed)),
            StrategyName::LocalPool => {
                let recorded = local_pool::run(self.scenario.program(&self.settings), seed);
                Box::new(Follow::new(recorded, self.deviations.first().map(|first| first.at), seed))
            }
        }
    }

    /// How long the program is when whoever has waited longest goes next.
    pub(crate) fn usual_length(&self) -> Position {
        let mut run = self.scenario.start(&self.settings, Limits::default());
        let mut first_come = FirstCome { seed: self.seed };
        while !run.is_over() {
            run.advance(&mut first_come, u32::MAX).expect("nothing is replayed");
        }
        run.position()
    }

    /// The spec with every setting filled in.
    #[must_use]
    pub fn spec(&self) -> Spec {
        let settings = self.settings.values().iter();
        Spec {
            scenario: self.scenario.id.to_owned(),
            settings: by_name(settings.map(|(name, setting)| ((*name).to_owned(), setting.clone()))),
            strategy: self.strategy.name().to_owned(),
            #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
            seed: self.seed as f64,
            deviations: self.deviations.iter().map(|d| (d.at, d.choice.to_string())).collect(),
        }
    }

    /// The plan that takes `choice` at `at` and is like this one before.
    ///
    /// # Errors
    /// When the text is no choice.
    pub fn choosing(&self, at: Position, choice: &str) -> Result<Self, Refusal> {
        let mut plan = self.clone();
        plan.deviations.retain(|deviation| deviation.at < at);
        plan.deviations.push(deviation(at, choice)?);
        Ok(plan)
    }
}

fn seed(seed: f64) -> Result<u64, Refusal> {
    #[expect(clippy::cast_precision_loss, reason = "it is below 2^53")]
    const MAX: f64 = MAX_SEED as f64;
    if seed.fract() == 0.0 && (0.0..=MAX).contains(&seed) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
        return Ok(seed as u64);
    }
    Err(Refusal::of_field("seed", not_taken("seed", &expected_number(0, MAX_SEED), &seed.to_string())))
}

fn deviations(given: &[(Position, String)]) -> Result<Vec<Deviation>, Refusal> {
    if !given.is_sorted_by(|(a, _), (b, _)| a < b) {
        let zh = "手工选择必须按步递增，每步一个";
        return Err(Refusal::new(RefusalKind::Link, "choices made by hand come one a step, in order", zh));
    }
    given.iter().map(|(at, choice)| deviation(*at, choice)).collect()
}

fn deviation(at: Position, text: &str) -> Result<Deviation, Refusal> {
    let choice = Choice::parse(text).ok_or_else(|| {
        let text = shortened(text);
        Refusal::new(
            RefusalKind::Link,
            format!("“{text}” at step {at} is no choice; a choice looks like 3-send or 3-recv@1~5"),
            format!("第 {at} 步的“{text}”不是有效的选择；选择形如 3-send 或 3-recv@1~5"),
        )
    })?;
    Ok(Deviation { at, choice })
}
