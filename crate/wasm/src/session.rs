//! The run at hand: begun, recorded in slices, and asked about once it has finished.

use std::collections::BTreeSet;

use chanscope_explore::judge;
use chanscope_kernel::trace::{Checkpoints, Difference, Digest, DigestError, Index, Window};
use chanscope_kernel::words::Language;
use chanscope_kernel::{
    Choice, Decision, Deviation, Finding, FirstCome, GoroutineId, Guided, Limits, Outcome, Position, Random, Run,
    Strategy, Tell, Verdict, Way,
};
use chanscope_scenario::{self as scenario, Checked, Scenario, StrategyName, shortened};

use crate::snapshot::{self, Pieces};
use crate::wire::{
    self, EventInfo, Moment, Move, Moves, Progress, Refusal, RunSpec, RunSummary, SearchQuery, WindowData, WindowQuery,
};
use crate::{place, search, verdict, window};

/// One reader's run. Until a new one has finished, the last one that did stays.
#[derive(Default)]
pub struct Session {
    running: Option<Running>,
    finished: Option<Finished>,
}

struct Running {
    plan: Plan,
    run: Run,
    strategy: Guided<Box<dyn Strategy>>,
}

/// A spec that was checked.
struct Plan {
    scenario: &'static Scenario,
    settings: Checked,
    strategy: StrategyName,
    seed: u64,
    deviations: Vec<Deviation>,
}

struct Finished {
    plan: Plan,
    outcome: Outcome,
    verdict: Verdict,
    index: Index,
    checkpoints: Checkpoints,
    leaked: BTreeSet<GoroutineId>,
    digest: Digest,
    /// Events that printed.
    prints: Vec<Position>,
}

/// At most so many possibilities are listed.
const MOST_MOVES: usize = 256;
/// At most so many events are told at once.
const MOST_EVENTS: u32 = 4_096;

/// The scenario of that name.
pub(crate) fn scenario_of(id: &str) -> Result<&'static Scenario, Refusal> {
    scenario::find(id).ok_or_else(|| {
        let known: Vec<_> = scenario::SCENARIOS.iter().map(|scenario| scenario.id).collect();
        let id = shortened(id);
        Refusal::new(
            "link",
            format!("there is no program {id}; there are {}", known.join(", ")),
            format!("没有名为 {id} 的程序；可用的有 {}", known.join("、")),
        )
    })
}

impl Plan {
    fn of(spec: &RunSpec) -> Result<Self, Refusal> {
        let scenario = scenario_of(&spec.scenario)?;
        let settings = spec.config.iter().map(|(name, setting)| (name.clone(), setting.clone().into())).collect();
        let settings = scenario.check(&settings)?;
        let strategy = StrategyName::parse(&spec.strategy).ok_or_else(|| {
            let names = StrategyName::ALL.map(StrategyName::name);
            let got = shortened(&spec.strategy);
            let en = format!("strategy: {got} does not go; it takes one of {}", names.join(", "));
            let zh = format!("strategy：不能是 {got}；应为 {} 之一", names.join("、"));
            Refusal::of_field("strategy", wire::Words { en, zh })
        })?;
        let seed = seed(spec.seed)?;
        let deviations = deviations(&spec.deviations)?;
        Ok(Self { scenario, settings, strategy, seed, deviations })
    }

    fn start(&self) -> (Run, Guided<Box<dyn Strategy>>) {
        let seed = self.seed;
        let base: Box<dyn Strategy> = match self.strategy {
            StrategyName::FirstCome => Box::new(FirstCome { seed }),
            StrategyName::Random => Box::new(Random { seed }),
        };
        let run = self.scenario.start(&self.settings, Limits::default());
        (run, Guided::new(base, self.deviations.clone()))
    }

    fn spec(&self) -> RunSpec {
        let config = self.settings.values().iter();
        RunSpec {
            scenario: self.scenario.id.to_owned(),
            config: config.map(|(name, setting)| ((*name).to_owned(), setting.clone().into())).collect(),
            strategy: self.strategy.name().to_owned(),
            #[expect(clippy::cast_precision_loss, reason = "seeds are below 2^53")]
            seed: self.seed as f64,
            deviations: self.deviations.iter().map(wire_deviation).collect(),
        }
    }
}

fn wire_deviation(deviation: &Deviation) -> wire::Deviation {
    wire::Deviation { at: deviation.at, choice: deviation.choice.to_string() }
}

fn seed(seed: f64) -> Result<u64, Refusal> {
    const MAX: f64 = 9_007_199_254_740_991.0;
    if seed.fract() == 0.0 && (0.0..=MAX).contains(&seed) {
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "just compared")]
        return Ok(seed as u64);
    }
    let en = format!("seed: {seed} does not go; it takes a whole number from 0 to {MAX}");
    let zh = format!("seed：不能是 {seed}；应为 0 到 {MAX} 之间的整数");
    Err(Refusal::of_field("seed", wire::Words { en, zh }))
}

fn deviations(given: &[wire::Deviation]) -> Result<Vec<Deviation>, Refusal> {
    if !given.is_sorted_by(|a, b| a.at < b.at) {
        let zh = "手工选择必须按步递增，每步一个";
        return Err(Refusal::new("link", "choices made by hand come one a step, in order", zh));
    }
    let parse = |deviation: &wire::Deviation| {
        let wire::Deviation { at, choice: text } = deviation;
        let choice = Choice::parse(text).ok_or_else(|| {
            let text = shortened(text);
            Refusal::new(
                "link",
                format!("{text} at step {at} is no choice; a choice looks like 3-send or 3-recv@1~5"),
                format!("第 {at} 步的 {text} 不是有效的选择；选择形如 3-send 或 3-recv@1~5"),
            )
        })?;
        Ok(Deviation { at: *at, choice })
    };
    given.iter().map(parse).collect()
}

impl Session {
    /// Starts a run. One that had been begun and not finished is forgotten.
    ///
    /// # Errors
    /// What is wrong with the spec, by field.
    pub fn begin(&mut self, spec: &RunSpec) -> Result<(), Refusal> {
        self.running = None;
        let plan = Plan::of(spec)?;
        let (run, strategy) = plan.start();
        self.running = Some(Running { plan, run, strategy });
        Ok(())
    }

    /// Records up to `steps` more steps of the run that was begun. When it is done it is the one that is asked about.
    ///
    /// # Errors
    /// When a choice made by hand is not possible there, or nothing was begun.
    pub fn advance(&mut self, steps: u32) -> Result<Progress, Refusal> {
        let Some(running) = &mut self.running else { return Err(nothing_run()) };
        match running.run.advance(&mut running.strategy, steps) {
            Err(diverged) => {
                self.running = None;
                Err(diverged.into())
            }
            Ok(false) => Ok(Progress { events: running.run.position(), done: false }),
            Ok(true) => {
                let Running { plan, run, .. } = self.running.take().expect("it was there a line ago");
                let finished = Finished::new(plan, run.finish());
                let events = finished.outcome.trace.len();
                self.finished = Some(finished);
                Ok(Progress { events, done: true })
            }
        }
    }

    fn finished(&self) -> Result<&Finished, Refusal> {
        self.finished.as_ref().ok_or_else(nothing_run)
    }

    /// The finished run as a whole.
    ///
    /// # Errors
    /// When none has finished.
    pub fn summary(&self) -> Result<RunSummary, Refusal> {
        let finished = self.finished()?;
        let trace = &finished.outcome.trace;
        let tell = |language| finished.tell(language);
        Ok(RunSummary {
            spec: finished.plan.spec(),
            events: trace.len(),
            lanes: snapshot::lanes(finished.window()),
            verdict: verdict::info(&finished.verdict, tell, &finished.checkpoints),
            main_returned_at: trace.main_returned(),
            digest: finished.digest.to_string(),
            #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
            trace_bytes: trace.bytes() as f64,
        })
    }

    /// The moment at a position; positions beyond the end are the end.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn moment(&self, at: Position, language: wire::Language) -> Result<Moment, Refusal> {
        let finished = self.finished()?;
        let tell = finished.tell(language.into());
        Ok(snapshot::moment(tell, finished.window(), &finished.checkpoints, &finished.prints, at))
    }

    /// The events from `from` up to `to`, in words; at most [`MOST_EVENTS`] of them.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn log(&self, from: Position, to: Position, language: wire::Language) -> Result<Vec<EventInfo>, Refusal> {
        let finished = self.finished()?;
        let tell = finished.tell(language.into());
        let to = to.min(finished.outcome.trace.len());
        let from = from.min(to);
        Ok(snapshot::log(tell, &finished.checkpoints, from..to.min(from.saturating_add(MOST_EVENTS))))
    }

    /// The position after the nearest event that fits.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn find(&self, query: SearchQuery) -> Result<Option<Position>, Refusal> {
        let finished = self.finished()?;
        Ok(search::find(&finished.outcome.trace, &finished.index, query))
    }

    /// What the timeline draws.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn window(&self, query: &WindowQuery) -> Result<WindowData, Refusal> {
        Ok(window::answer(self.finished()?.window(), query))
    }

    /// What could have happened at the first position from `at` on that lies between two steps.
    ///
    /// Cost: the run is run again up to there.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn moves(&self, at: Position, language: wire::Language) -> Result<Moves, Refusal> {
        let finished = self.finished()?;
        let trace = &finished.outcome.trace;
        let at = (at..trace.len()).find(|&at| trace.between_steps(at)).unwrap_or(trace.len());
        let (mut run, mut strategy) = finished.plan.start();
        while run.position() < at {
            run.advance(&mut strategy, 1)?;
        }
        let tell = finished.tell(language.into());
        Ok(run.moment(|moment| {
            // At the end nobody may move any more, even if he could.
            if at == trace.len() || !moment.anybody() {
                return Moves { at, moves: Vec::new(), total: 0 };
            }
            let taken = strategy.decide(moment).ok();
            let mut decisions = moment.decisions(MOST_MOVES);
            if let Some(taken) = taken.as_ref().filter(|taken| decisions.iter().all(|d| !same_step(taken, d))) {
                decisions.push(*taken);
            }
            let total = moment.possibilities();
            let listed = decisions.iter().map(|decision| Move {
                goroutine: decision.goroutine.0,
                choice: moment.name(decision).to_string(),
                sentence: Pieces(tell, &tell.would_do(moment, decision)).into(),
                taken: taken.as_ref().is_some_and(|taken| same_step(taken, decision)),
            });
            Moves { at, moves: listed.collect(), total: u32::try_from(total).unwrap_or(u32::MAX) }
        }))
    }

    /// The spec of the run that takes `choice` at `at` and is like this one before.
    ///
    /// # Errors
    /// When no run has finished, or the text is no choice.
    pub fn choose(&self, at: Position, choice: &str) -> Result<RunSpec, Refusal> {
        let mut spec = self.finished()?.plan.spec();
        spec.deviations.retain(|deviation| deviation.at < at);
        spec.deviations.push(wire::Deviation { at, choice: choice.to_owned() });
        deviations(&spec.deviations)?;
        Ok(spec)
    }

    /// The fragment for a moment of the finished run.
    ///
    /// # Errors
    /// When no run has finished, or it is too long for a link.
    pub fn write_link(&self, at: Position, with_digest: bool) -> Result<String, Refusal> {
        let finished = self.finished()?;
        let digest = with_digest.then(|| finished.digest.to_string());
        place::write_link(&wire::Place { spec: finished.plan.spec(), at, digest })
    }

    /// Where the finished run parts from the one with this digest: `None` when they are the same.
    ///
    /// # Errors
    /// When no run has finished, or the text is no digest that can be compared.
    pub fn compare_digest(&self, digest: &str) -> Result<Option<Difference>, Refusal> {
        let finished = self.finished()?;
        let recorded = Digest::parse(digest).map_err(|error| {
            let zh = match error {
                DigestError::Malformed => "链接中的摘要格式不对，无法比对".to_owned(),
                DigestError::OtherVersion(version) => format!("链接中的摘要是第 {version} 版的，本程序无法比对"),
            };
            Refusal::new("digest", format!("the link's digest cannot be compared: {error}"), zh)
        })?;
        Ok(finished.digest.difference(&recorded))
    }

    /// Where the finished run's trace ends.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn events(&self) -> Result<Position, Refusal> {
        Ok(self.finished()?.outcome.trace.len())
    }
}

/// Whether two decisions are the same step: a meeting can be named from either side.
fn same_step(a: &Decision, b: &Decision) -> bool {
    let sides = |decision: &Decision| match decision.way {
        Way::Meet { case, partner, partner_case } => {
            let (one, other) = ((decision.goroutine, case), (partner, partner_case));
            Some((one.min(other), one.max(other)))
        }
        _ => None,
    };
    a == b || (sides(a).is_some() && sides(a) == sides(b))
}

fn nothing_run() -> Refusal {
    Refusal::new("state", "nothing has been run yet", "还没有运行过任何程序")
}

impl Finished {
    fn new(plan: Plan, outcome: Outcome) -> Self {
        let verdict = judge(&outcome);
        let trace = &outcome.trace;
        let leaked = outcome.leaked.iter().filter_map(|finding| match finding {
            Finding::Leaked { goroutine } => Some(*goroutine),
            Finding::DataRace { .. } => None,
        });
        Self {
            leaked: leaked.collect(),
            verdict,
            index: Index::new(trace),
            checkpoints: Checkpoints::new(trace),
            digest: Digest::of(trace),
            prints: trace.prints().collect(),
            plan,
            outcome,
        }
    }

    fn window(&self) -> Window<'_> {
        Window { trace: &self.outcome.trace, index: &self.index, leaked: &self.leaked }
    }

    fn tell(&self, language: Language) -> Tell<'_> {
        Tell { trace: &self.outcome.trace, index: &self.index, language }
    }
}

impl From<wire::Language> for Language {
    fn from(language: wire::Language) -> Self {
        match language {
            wire::Language::En => Self::English,
            wire::Language::Zh => Self::Chinese,
        }
    }
}
