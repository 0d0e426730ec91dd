//! The run at hand, asked and answered in the types of the wire.

use chanscope_kernel::Position;
use chanscope_kernel::trace::Difference;
use chanscope_session::{self as session, Diff, Finished, Plan};

use crate::lanes::{self, Lanes};
use crate::races::Races;
use crate::snapshot::{self, Pieces};
use crate::window;
use crate::wire::{
    Around, Comparison, EventInfo, Language, Moment, Move, Moves, Place, Progress, Refusal, RunSpec, RunSummary,
    SearchQuery, WindowData, WindowQuery, Words,
};

/// One reader's run. Until a new one has finished, the last one that did stays.
#[derive(Default)]
pub struct Session {
    session: session::Session,
    lanes: Lanes,
    /// The run that the one at hand is compared with.
    other: Option<Other>,
}

struct Other {
    finished: Finished,
    lanes: Lanes,
}

/// At most so many events are told at once.
const MOST_EVENTS: u32 = 4_096;

/// Reads a fragment. `None` where it is empty: the page opens its default run then.
///
/// # Errors
/// What is wrong with it. Settings are checked when the run is begun, not here.
pub fn read_link(fragment: &str) -> Result<Option<Place>, Refusal> {
    Ok(session::read_link(fragment)?.map(Place::from))
}

impl Session {
    /// Starts a run. One that had been begun and not finished is forgotten.
    ///
    /// # Errors
    /// What is wrong with the spec, by field.
    pub fn begin(&mut self, spec: &RunSpec) -> Result<(), Refusal> {
        Ok(self.session.begin(&spec.into())?)
    }

    /// Records up to `steps` more steps of the run that was begun. When it is done it is the one that is asked about.
    ///
    /// # Errors
    /// When a choice made by hand is not possible there, or nothing was begun.
    pub fn advance(&mut self, steps: u32) -> Result<Progress, Refusal> {
        let progress = self.session.advance(steps)?;
        if progress.done {
            self.lanes = Lanes::default();
            self.other = None;
        }
        Ok(progress.into())
    }

    fn finished(&self) -> Result<&Finished, Refusal> {
        Ok(self.session.finished()?)
    }

    /// The finished run as a whole.
    ///
    /// # Errors
    /// When none has finished.
    pub fn summary(&self) -> Result<RunSummary, Refusal> {
        Ok(summary(self.finished()?))
    }

    /// The moment at a position; positions beyond the end are the end.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn moment(&self, at: Position, language: Language) -> Result<Moment, Refusal> {
        Ok(snapshot::moment(self.finished()?, language.into(), at))
    }

    /// The events from `from` up to `to`, in words; at most [`MOST_EVENTS`] of them.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn log(&self, from: Position, to: Position, language: Language) -> Result<Vec<EventInfo>, Refusal> {
        Ok(log(self.finished()?, from, to, language))
    }

    /// The position after the nearest event that fits.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn find(&self, query: SearchQuery) -> Result<Option<Position>, Refusal> {
        Ok(self.finished()?.find(query.into()))
    }

    /// What the timeline draws.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn window(&self, query: &WindowQuery) -> Result<WindowData, Refusal> {
        let finished = self.finished()?;
        Ok(window::answer(finished.window(), Races(finished.races()), &self.lanes, query))
    }

    /// What could have happened at the first position from `at` on that lies between two steps, and where `every` event
    /// is asked for, what follows by itself in the middle of one.
    ///
    /// Cost: the run is run again up to there.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn moves(&self, at: Position, every: bool, language: Language) -> Result<Moves, Refusal> {
        let finished = self.finished()?;
        let session::Moves { at, moves, total } = finished.moves(at, every, language.into())?;
        let tell = finished.tell(language.into());
        let moves = moves.into_iter().map(|one| Move {
            goroutine: one.goroutine.0,
            choice: one.choice,
            sentence: Pieces(tell, &one.sentence).into(),
            taken: one.taken,
        });
        Ok(Moves { at, moves: moves.collect(), total: u32::try_from(total).unwrap_or(u32::MAX) })
    }

    /// The spec of the run that takes `choice` at `at` and is like this one before.
    ///
    /// # Errors
    /// When no run has finished, or the text is no choice.
    pub fn choose(&self, at: Position, choice: &str) -> Result<RunSpec, Refusal> {
        Ok(self.finished()?.plan().choosing(at, choice)?.spec().into())
    }

    /// The fragment for a moment of the finished run.
    ///
    /// # Errors
    /// When no run has finished, or it is too long for a link.
    pub fn write_link(&self, at: Position, with_digest: bool) -> Result<String, Refusal> {
        Ok(self.finished()?.link(at, with_digest)?)
    }

    /// Where the finished run parts from the one with this digest: `None` when they are the same.
    ///
    /// # Errors
    /// When no run has finished, or the text is no digest that can be compared.
    pub fn compare_digest(&self, digest: &str) -> Result<Option<Difference>, Refusal> {
        Ok(self.finished()?.compare_digest(digest)?)
    }

    /// Where the finished run's trace ends.
    ///
    /// # Errors
    /// When no run has finished.
    pub fn events(&self) -> Result<Position, Refusal> {
        Ok(self.finished()?.trace().len())
    }

    /// What the memory model says of the event that leads to a position.
    ///
    /// # Errors
    /// When no run has finished, none leads there, or the run is too long for that.
    pub fn around(&self, at: Position) -> Result<Around, Refusal> {
        let around = self.finished()?.around(at)?;
        Ok(Around { first: around.first, last: around.last, before: around.before, after: around.after })
    }

    /// The positions after the events that had the value of the event that leads to a position, in order.
    ///
    /// # Errors
    /// When no run has finished, or no event leads there.
    pub fn journey(&self, at: Position) -> Result<Vec<Position>, Refusal> {
        Ok(self.finished()?.journey(at)?.into_iter().map(|event| event + 1).collect())
    }

    /// Runs another run of the same program to its end, beside the one at hand, and says where the two part. It stays
    /// until another run has finished.
    ///
    /// Cost: that of the run; it cannot be interrupted.
    ///
    /// # Errors
    /// When no run has finished, the spec does not go, or is of another program.
    pub fn compare(&mut self, spec: &RunSpec) -> Result<Comparison, Refusal> {
        Diff::can_be_of(self.finished()?.plan().scenario.id, &spec.scenario)?;
        let other = Finished::run(Plan::of(&spec.into())?)?;
        let diff = Diff::of(self.finished()?, &other)?;
        let comparison = Comparison { other: summary(&other), same: diff.same, parted: diff.parted() };
        self.other = Some(Other { finished: other, lanes: Lanes::default() });
        Ok(comparison)
    }

    /// What the timeline draws of the run that is compared with.
    ///
    /// # Errors
    /// When there is none.
    pub fn other_window(&self, query: &WindowQuery) -> Result<WindowData, Refusal> {
        let Other { finished, lanes } = self.other()?;
        Ok(window::answer(finished.window(), Races(finished.races()), lanes, query))
    }

    /// The events of the run that is compared with, as [`log`](Self::log) tells them.
    ///
    /// # Errors
    /// When there is none.
    pub fn other_log(&self, from: Position, to: Position, language: Language) -> Result<Vec<EventInfo>, Refusal> {
        Ok(log(&self.other()?.finished, from, to, language))
    }

    fn other(&self) -> Result<&Other, Refusal> {
        self.other.as_ref().ok_or_else(|| Refusal {
            kind: "state".to_owned(),
            field: None,
            message: Words {
                en: "there is no run to compare with".to_owned(), zh: "没有可比较的运行".to_owned()
            },
        })
    }
}

fn summary(finished: &Finished) -> RunSummary {
    let trace = finished.trace();
    RunSummary {
        spec: finished.plan().spec().into(),
        events: trace.len(),
        lanes: snapshot::lanes(finished.window()),
        objects: snapshot::object_names(trace),
        processors: lanes::processors(trace),
        verdict: finished.verdict_told().into(),
        main_returned_at: trace.main_returned(),
        digest: finished.digest(),
        #[expect(clippy::cast_precision_loss, reason = "far below 2^53")]
        trace_bytes: trace.bytes() as f64,
    }
}

fn log(finished: &Finished, from: Position, to: Position, language: Language) -> Vec<EventInfo> {
    let to = to.min(finished.trace().len());
    let from = from.min(to);
    let range = from..to.min(from.saturating_add(MOST_EVENTS));
    snapshot::log(finished, language.into(), range)
}
