//! Outcomes by names that are the same in every execution, so that equal ones can be counted together.

use chanscope_kernel::trace::{CaseInfo, Fold, GoroutineState};
use chanscope_kernel::{Ending, Finding, GoroutineId, Limit, Outcome, Path, RaceAccess, Trace, Value, Verdict};

use crate::matters::Matters;
use crate::text::Text;

/// What an execution came to: its ending, what was found, and what it printed before main returned.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct OutcomeName {
    /// How it ended.
    pub ending: OutcomeEnding,
    /// What was found, ascending.
    pub findings: Vec<OutcomeFinding>,
    /// Lines of output; sorted unless their order matters, since which of two goroutines prints first is no part of
    /// the outcome otherwise.
    pub output: Vec<Text>,
}

/// How it ended, with who and what.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutcomeEnding {
    /// Main returned.
    Completed,
    /// A panic that nobody recovered.
    Panicked {
        /// Whose.
        goroutine: Path,
        /// Go's message.
        message: Text,
    },
    /// What Go calls a fatal error.
    Fatal {
        /// Who met it.
        goroutine: Path,
        /// Go's message.
        message: Text,
    },
    /// Nobody could go on.
    Deadlocked {
        /// Who waited for what, such as `recv ch`, case by case.
        waiting: Vec<(Path, Vec<Text>)>,
    },
    /// A limit came first.
    Cut(Limit),
}

/// What can be found beside any ending.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum OutcomeFinding {
    /// Two accesses of the same memory that nothing orders. The pair is in order of the goroutines' paths: which came
    /// first is no part of the outcome.
    DataRace {
        /// The variable's name.
        object: Text,
        /// Who, and whether he writes.
        accesses: [(Path, bool); 2],
    },
    /// Blocked for ever after main had returned.
    Leaked {
        /// Who.
        goroutine: Path,
        /// What for, case by case.
        waiting: Vec<Text>,
    },
    /// A value that was received and dropped.
    Lost {
        /// From what.
        object: Text,
        /// Which.
        value: Text,
    },
    /// A context that nobody cancelled.
    NotCancelled {
        /// Its name.
        object: Text,
    },
}

impl OutcomeName {
    /// The name of what a run came to.
    #[must_use]
    pub fn of(outcome: &Outcome, verdict: &Verdict, matters: Matters) -> Self {
        let trace = &outcome.trace;
        let path = |id: GoroutineId| trace.goroutine(id).path.clone();
        let blocked = matches!(verdict.ending, Ending::Deadlocked)
            || verdict.findings.iter().any(|finding| matches!(finding, Finding::Leaked { .. }));
        let waiting = if blocked { waiting(trace) } else { Vec::new() };
        let ending = match verdict.ending {
            Ending::Completed => OutcomeEnding::Completed,
            Ending::Panicked { goroutine } => {
                OutcomeEnding::Panicked { goroutine: path(goroutine), message: last_words(trace) }
            }
            Ending::Fatal { goroutine } => {
                OutcomeEnding::Fatal { goroutine: path(goroutine), message: last_words(trace) }
            }
            Ending::Deadlocked => OutcomeEnding::Deadlocked { waiting: waiting.clone() },
            Ending::Cut(limit) => OutcomeEnding::Cut(limit),
        };
        let access = |access: &RaceAccess| (path(access.goroutine), access.writes);
        let findings = verdict.findings.iter().map(|finding| match finding {
            Finding::DataRace { object, first, second, .. } => {
                let mut accesses = [access(first), access(second)];
                accesses.sort();
                OutcomeFinding::DataRace { object: trace.object(*object).name.to_string().into(), accesses }
            }
            Finding::Leaked { goroutine } => {
                let goroutine = path(*goroutine);
                let found = waiting.iter().find(|(who, _)| *who == goroutine);
                let waiting = found.map_or_else(Vec::new, |(_, waiting)| waiting.clone());
                OutcomeFinding::Leaked { goroutine, waiting }
            }
            Finding::Lost { object, at } => {
                let value = printed(trace.event_value(&trace.event(*at)));
                OutcomeFinding::Lost { object: trace.object(*object).name.to_string().into(), value }
            }
            Finding::NotCancelled { object } => {
                OutcomeFinding::NotCancelled { object: trace.object(*object).name.to_string().into() }
            }
        });
        let mut findings: Vec<_> = findings.collect();
        findings.sort();
        findings.dedup();
        let mut output: Vec<Text> = trace.output().into_iter().map(Text::from).collect();
        if !matters.order_of_output {
            output.sort();
        }
        Self { ending, findings, output }
    }

    /// Completed, with no finding.
    #[must_use]
    pub fn is_good(&self) -> bool {
        self.ending == OutcomeEnding::Completed && self.findings.is_empty()
    }
}

/// The message of the event that ended the program.
fn last_words(trace: &Trace) -> Text {
    printed(trace.len().checked_sub(1).and_then(|last| trace.event_value(&trace.event(last))))
}

/// A value as Go prints it; nothing where there is none.
fn printed(value: Option<Value>) -> Text {
    value.map_or_else(String::new, |value| value.printed()).into()
}

/// Who has parked at the end, and with what.
fn waiting(trace: &Trace) -> Vec<(Path, Vec<Text>)> {
    let mut fold = Fold::new(trace);
    while fold.at() < trace.len() {
        fold.advance(trace);
    }
    let parked = trace.goroutines().iter().zip(fold.goroutines()).filter_map(|(info, state)| match state {
        GoroutineState::Parked(at) => {
            let event = trace.event(*at);
            let in_background = |case: &CaseInfo| trace.object(case.object).kind.waits_in_background(case.act);
            if trace.cases(&event).iter().all(in_background) {
                return None;
            }
            let cases = trace.cases(&event).iter().map(|case| {
                let object = trace.object(case.object);
                format!("{} {}", object.kind.act_name(case.act), object.name).into()
            });
            Some((info.path.clone(), cases.collect()))
        }
        _ => None,
    });
    let mut waiting: Vec<_> = parked.collect();
    waiting.sort();
    waiting
}
