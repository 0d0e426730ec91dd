//! One outcome that was found, and the run that shows it.

use chanscope_explore::{NoTurning, OutcomeName, Text, context_switches};
use chanscope_kernel::runtime_kind::INPUT;
use chanscope_kernel::trace::GoroutineState;
use chanscope_kernel::words::{Language, Words};
use chanscope_kernel::{Ending, GoroutineId, ObjectId, Position};

use crate::finished::Finished;
use crate::plan::Plan;
use crate::verdict::VerdictTold;

/// Where a bad outcome could last have been avoided.
#[derive(Clone, PartialEq, Debug)]
pub struct Turning {
    /// The position at which the choice was made: before it a good outcome could be reached, after it none.
    pub at: Position,
    /// Who chose.
    pub who: String,
    /// What he did, in one sentence.
    pub sentence: Words,
}

/// At most so many findings or waiting goroutines are told one by one.
const MOST_TOLD: usize = 3;
/// Lines of output that are kept of an outcome.
const MOST_LINES: usize = 20;

/// An outcome that was found.
#[derive(Clone, Debug)]
pub struct Found {
    /// What it came to, by names that are the same in every execution.
    pub name: OutcomeName,
    /// Which outcome it is, in the order in which they were first told: it stays the same.
    pub number: usize,
    /// Inequivalent executions with this outcome: not a probability. None where only chance has met it.
    pub count: u64,
    /// Runs by chance with it.
    pub sampled: u64,
    /// Whether it was proven that no run with this outcome has fewer context switches, nor as many and fewer steps.
    pub smallest: bool,
    /// The smallest witness found.
    pub shown: Shown,
}

/// A run that shows an outcome.
#[derive(Clone, Debug)]
pub struct Shown {
    /// The run.
    pub plan: Plan,
    /// Context switches and steps, as the search counts them.
    pub(crate) size: (usize, usize),
    /// See [`chanscope_kernel::Verdict::kind`].
    pub kind: String,
    /// Context switches of the run.
    pub switches: usize,
    /// Events of its trace.
    pub events: Position,
    /// The position that shows the outcome best.
    pub at: Position,
    /// The digest of its trace.
    pub digest: String,
    /// Its verdict.
    pub verdict: VerdictTold,
    /// What is to be said beyond the ending: who waits for what, what was found.
    pub detail: Words,
    /// What it printed before main returned, at most 20 lines: sorted, unless the order tells executions apart.
    pub output: Vec<String>,
    /// How many lines there were.
    pub output_lines: usize,
    /// Whether the reader presses a button in it. Runs by chance press only when nothing else can happen.
    pub pressed: bool,
    /// Where it could last have been avoided, once that was asked.
    pub turning: Option<Result<Turning, NoTurning>>,
}

impl Shown {
    /// Runs the witness of that outcome.
    pub(crate) fn of(plan: Plan, size: (usize, usize), name: &OutcomeName) -> Self {
        let finished = Finished::run(plan).expect("a witness replays");
        let verdict = finished.verdict_told();
        let trace = finished.trace();
        let pressed = trace.events().any(|event| event.object == ObjectId::RUNTIME && event.act == INPUT);
        Self {
            size,
            kind: finished.verdict().kind(),
            switches: context_switches(trace),
            events: trace.len(),
            at: position_that_matters(&finished, &verdict),
            digest: finished.digest(),
            detail: detail(&finished, &verdict),
            output: name.output.iter().take(MOST_LINES).map(Text::to_string).collect(),
            output_lines: name.output.len(),
            pressed,
            turning: None,
            verdict,
            plan: finished.into_plan(),
        }
    }

    /// Says the choice at a position in words. Cost: the run.
    pub(crate) fn tell_turning(&self, at: Position) -> Turning {
        let finished = Finished::run(self.plan.clone()).expect("a witness replays");
        let trace = finished.trace();
        let before = finished.checkpoints().state(trace, at);
        let told = |language| {
            let tell = finished.tell(language);
            tell.plain(&tell.event(&before))
        };
        let sentence = Words::made(told(Language::English), told(Language::Chinese));
        Turning { at, who: trace.goroutine(trace.actor(at)).name.to_string(), sentence }
    }
}

/// Where it went wrong, else where main returned.
fn position_that_matters(finished: &Finished, verdict: &VerdictTold) -> Position {
    let end = finished.trace().len();
    match verdict.ending {
        Ending::Completed => match verdict.findings.first() {
            Some(finding) => finding.at,
            None => finished.trace().main_returned().unwrap_or(end),
        },
        Ending::Panicked { .. } | Ending::Fatal { .. } | Ending::Deadlocked | Ending::Cut(_) => end,
    }
}

fn detail(finished: &Finished, verdict: &VerdictTold) -> Words {
    let mut told = Vec::new();
    if verdict.ending == Ending::Deadlocked {
        told.extend(waiting(finished));
    }
    told.extend(verdict.findings.iter().map(|finding| finding.sentence.clone()));
    let more = told.len().saturating_sub(MOST_TOLD);
    told.truncate(MOST_TOLD);
    let joined = |of: fn(&Words) -> &str, between: &str| told.iter().map(of).collect::<Vec<_>>().join(between);
    let (mut en, mut zh) = (joined(|words| &words.en, "; "), joined(|words| &words.zh, "；"));
    if more > 0 {
        en.push_str(&format!("; and {more} more"));
        zh.push_str(&format!("；还有 {more} 项"));
    }
    Words::made(en, zh)
}

/// Who has parked at the end, and what for.
fn waiting(finished: &Finished) -> Vec<Words> {
    let trace = finished.trace();
    let end = finished.checkpoints().state(trace, trace.len());
    let (en, zh) = (finished.tell(Language::English), finished.tell(Language::Chinese));
    let states = (0..).map(GoroutineId).zip(end.goroutines());
    let parked = states.filter(|(_, state)| matches!(state, GoroutineState::Parked(_)));
    let told = parked.map(|(id, _)| {
        let name = &trace.goroutine(id).name;
        let [en, zh] = [en, zh].map(|tell| tell.plain(&tell.doing(&end, id)));
        Words::made(format!("{name} wants to {en}"), format!("{name} 要{zh}"))
    });
    told.collect()
}
