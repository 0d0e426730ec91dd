//! Tells a reader in sentences what happened, what a goroutine is about to do, and why it cannot.
//!
//! The words come from the objects' kinds and the names and values from the trace; a program says nothing here.

use crate::choice::{Decision, Moment, Way};
use crate::ids::{GoroutineId, ObjectId, Position};
use crate::object::Act;
use crate::runtime_kind;
use crate::trace::{CaseInfo, Event, Fold, GoroutineState, Index, Packed, Trace};
use crate::value::Value;
use crate::words::{Language, Piece, Words, fill};

/// A finished trace with what is needed to tell of it.
#[derive(Clone, Copy)]
pub struct Tell<'a> {
    /// The trace.
    pub trace: &'a Trace,
    /// Its index.
    pub index: &'a Index,
    /// The language.
    pub language: Language,
}

/// Goroutines that a sentence names before it only counts the rest.
const MOST_NAMED: usize = 3;

impl Tell<'_> {
    /// What the event at the fold's position does, and whom it lets go on.
    ///
    /// # Panics
    /// When the fold is at the end of the trace.
    #[must_use]
    pub fn happened(self, before: &Fold) -> Vec<Piece> {
        let mut pieces = self.event(before);
        let reached = self.let_go_on(before);
        for (nth, &goroutine) in reached.iter().take(MOST_NAMED).enumerate() {
            pieces.extend(if nth == 0 { self.text("; ", "；") } else { self.text(", ", "、") });
            pieces.push(Piece::Goroutine(goroutine));
        }
        if reached.len() > MOST_NAMED {
            let more = reached.len() - MOST_NAMED;
            pieces.extend(self.text(&format!(" and {more} more"), &format!(" 等 {} 个", reached.len())));
        }
        if !reached.is_empty() {
            pieces.extend(self.text(" can go on", " 可以继续"));
        }
        pieces
    }

    /// What the event at the fold's position does, and no more.
    ///
    /// # Panics
    /// When the fold is at the end of the trace.
    #[must_use]
    pub fn event(self, before: &Fold) -> Vec<Piece> {
        let event = self.trace.event(before.at());
        let words = self.trace.object(event.object).kind.happened(before.object(event.object), &event);
        let mut pieces = self.fill_for(&words, &event);
        if self.trace.runtime_act(&event) == Some(runtime_kind::PARK) {
            pieces.extend(self.text(": ", "："));
            pieces.extend(self.waits_for(before, &event));
        }
        pieces
    }

    /// Goroutines that the event at the fold's position has let go on: parked ones whose next event names it as its
    /// cause. Cost: the parked goroutines.
    #[must_use]
    pub fn let_go_on(self, before: &Fold) -> Vec<GoroutineId> {
        let states = (0..).map(GoroutineId).zip(before.goroutines());
        let parked = states.filter(|(_, state)| matches!(state, GoroutineState::Parked(_)));
        let woken = parked.filter(|(id, _)| {
            let next = self.index.next(*id, before.at()).map(|at| self.trace.event(at));
            next.is_some_and(|event| event.cause == Some(before.at()))
        });
        woken.map(|(id, _)| id).collect()
    }

    /// What the goroutine will do next, or what it waits for and why it cannot go on.
    #[must_use]
    pub fn doing(self, fold: &Fold, id: GoroutineId) -> Vec<Piece> {
        let next = self.index.next(id, fold.at()).map(|at| self.trace.event(at));
        match fold.goroutine(id) {
            Some(GoroutineState::Parked(park)) => {
                let park = self.trace.event(park);
                if next.and_then(|event| event.cause).is_some_and(|cause| cause < fold.at()) {
                    let mut pieces = self.text("can go on: ", "可以继续：");
                    pieces.extend(self.intents(self.trace.cases(&park)));
                    return pieces;
                }
                self.waits_for(fold, &park)
            }
            Some(GoroutineState::Finished(at)) => match self.trace.runtime_act(&self.trace.event(at)) {
                Some(runtime_kind::GOEXIT) => self.text("has ended by runtime.Goexit", "已由 runtime.Goexit 结束"),
                _ => self.text("has returned", "已返回"),
            },
            Some(GoroutineState::Panicked(at)) => {
                let event = self.trace.event(at);
                let words = match self.trace.runtime_act(&event) {
                    Some(runtime_kind::FATAL) => Words::fixed("fatal error: {text}", "fatal error：{text}"),
                    _ => Words::fixed("panicked: {text}", "panic：{text}"),
                };
                self.fill_for(&words, &event)
            }
            _ => match next {
                None => self.text("under way", "运行中"),
                // What is done in the background is nobody's next deed while there is nothing to do.
                Some(event) if self.parks_in_background(fold, &event) => self.waits_for(fold, &event),
                Some(event) => {
                    let mut pieces = self.text("next: ", "接下来：");
                    pieces.extend(self.tries(&event));
                    pieces
                }
            },
        }
    }

    /// What `decision` would do.
    #[must_use]
    pub fn would_do(self, moment: Moment<'_>, decision: &Decision) -> Vec<Piece> {
        let cases = moment.cases(decision.goroutine);
        match decision.way {
            Way::Park => {
                let mut pieces = self.text("stop and wait: ", "停下等待：");
                pieces.extend(self.intents(&cases));
                pieces
            }
            Way::Default => self.runtime_intent(runtime_kind::DEFAULT),
            Way::Draw { value } => {
                let mut pieces = self.text("draw ", "随机得到 ");
                pieces.push(Piece::Value(value.to_string()));
                pieces
            }
            Way::Alone { case } => self.intent(&cases[usize::from(case)]),
            Way::Meet { case, partner, .. } => {
                let mut pieces = self.intent(&cases[usize::from(case)]);
                pieces.extend(self.text(", with ", "，对方是 "));
                pieces.push(Piece::Goroutine(partner));
                pieces
            }
        }
    }

    /// What the event at the fold's position will do.
    ///
    /// # Panics
    /// When the fold is at the end of the trace.
    #[must_use]
    pub fn will_do(self, before: &Fold) -> Vec<Piece> {
        let event = self.trace.event(before.at());
        if self.trace.runtime_act(&event) != Some(runtime_kind::PARK) {
            return self.tries(&event);
        }
        let mut pieces = self.text("stop and wait: ", "停下等待：");
        pieces.extend(self.waits_for(before, &event));
        pieces
    }

    /// What a goroutine is after by an event that is yet to come, be it that it parks.
    fn tries(self, event: &Event) -> Vec<Piece> {
        if self.trace.runtime_act(event) == Some(runtime_kind::PARK) {
            return self.intents(self.trace.cases(event));
        }
        self.fill_for(&self.trace.object(event.object).kind.intends(event.act), event)
    }

    /// Whether an event that is yet to come parks somebody in the background, at objects that exist already.
    fn parks_in_background(self, fold: &Fold, event: &Event) -> bool {
        let waits = |case: &CaseInfo| {
            let exists = case.object.index() < fold.objects();
            exists && self.trace.object(case.object).kind.waits_in_background(case.act)
        };
        self.trace.runtime_act(event) == Some(runtime_kind::PARK) && self.trace.cases(event).iter().all(waits)
    }

    /// What a goroutine waits for, each with the reason why it cannot go on; once where the reason is the same for all.
    fn waits_for(self, fold: &Fold, park: &Event) -> Vec<Piece> {
        let cases = self.trace.cases(park);
        let reasons: Vec<_> = cases.iter().map(|case| self.hindrance(fold, case)).collect();
        if reasons.windows(2).all(|pair| pair[0] == pair[1]) {
            let mut pieces = self.intents(cases);
            if let Some(reason) = reasons.into_iter().next() {
                pieces.extend(self.text(": ", "："));
                pieces.extend(reason);
            }
            return pieces;
        }
        let mut pieces = Vec::new();
        for (nth, (case, reason)) in cases.iter().zip(reasons).enumerate() {
            if nth > 0 {
                pieces.extend(self.text(" or ", "或"));
            }
            pieces.extend(self.intent(case));
            pieces.extend(self.text(" (", "（"));
            pieces.extend(reason);
            pieces.extend(self.text(")", "）"));
        }
        pieces
    }

    fn hindrance(self, fold: &Fold, case: &CaseInfo) -> Vec<Piece> {
        let (kind, state) = (self.trace.object(case.object).kind, fold.object(case.object));
        self.fill(&kind.hindrance(case.act, state), kind.inside(state).1, case.object, None, None)
    }

    fn intents(self, cases: &[CaseInfo]) -> Vec<Piece> {
        let mut pieces = Vec::new();
        for (nth, case) in cases.iter().enumerate() {
            let next = self.intent(case);
            if nth > 0 {
                pieces.extend(self.or(pieces.last(), next.first()));
            }
            pieces.extend(next);
        }
        pieces
    }

    /// "or" between two pieces. In Chinese there are blanks where it meets a name or what else is Latin, and nowhere else.
    fn or(self, before: Option<&Piece>, after: Option<&Piece>) -> Vec<Piece> {
        // Chinese characters are no ASCII, and neither is a byte of one.
        let is_latin = |piece: Option<&Piece>, end: fn(&[u8]) -> Option<&u8>| match piece {
            Some(Piece::Text(text)) => end(text.as_bytes()).is_some_and(u8::is_ascii),
            _ => true,
        };
        let zh = match (is_latin(before, <[u8]>::last), is_latin(after, <[u8]>::first)) {
            (true, true) => " 或 ",
            (true, false) => " 或",
            (false, true) => "或 ",
            (false, false) => "或",
        };
        self.text(" or ", zh)
    }

    fn intent(self, case: &CaseInfo) -> Vec<Piece> {
        let words = self.trace.object(case.object).kind.intends(case.act);
        self.fill(&words, None, case.object, self.trace.value(case.value), None)
    }

    fn runtime_intent(self, act: Act) -> Vec<Piece> {
        self.intent(&CaseInfo { object: ObjectId::RUNTIME, act, value: Packed::NONE })
    }

    fn fill_for(self, words: &Words, event: &Event) -> Vec<Piece> {
        let value = self.trace.event_value(event);
        self.fill(words, Some(event.goroutine), event.object, value, event.partner)
    }

    fn fill(
        self,
        words: &Words,
        who: Option<GoroutineId>,
        object: ObjectId,
        value: Option<Value>,
        partner: Option<GoroutineId>,
    ) -> Vec<Piece> {
        fill(words.get(self.language), |slot| match slot {
            "who" => who.map(Piece::Goroutine),
            "partner" => partner.map(Piece::Goroutine),
            "object" => Some(Piece::Object(object)),
            "value" => value.as_ref().map(|value| Piece::Value(value.to_string())),
            "text" => value.as_ref().map(|value| Piece::Value(value.printed())),
            _ => None,
        })
    }

    fn text(self, en: &str, zh: &str) -> Vec<Piece> {
        let text = match self.language {
            Language::English => en,
            Language::Chinese => zh,
        };
        vec![Piece::Text(text.to_owned())]
    }

    /// What an object looks like inside. Empty for kinds that are drawn in a way of their own.
    #[must_use]
    pub fn inside(self, fold: &Fold, object: ObjectId) -> Vec<Piece> {
        let (words, who) = self.trace.object(object).kind.inside(fold.object(object));
        self.fill(&words, who, object, None, None)
    }

    /// Pieces as plain text, for terminals and tests.
    #[must_use]
    pub fn plain(self, pieces: &[Piece]) -> String {
        let mut text = String::new();
        for piece in pieces {
            text += match piece {
                Piece::Text(words) | Piece::Value(words) => words,
                Piece::Goroutine(id) => &self.trace.goroutine(*id).name,
                Piece::Object(id) => &self.trace.object(*id).name,
            };
        }
        text
    }

    /// Where the goroutine stands: where it has parked, else the place of what it does next, else of what it did last.
    #[must_use]
    pub fn stands_at(self, id: GoroutineId, at: Position) -> Option<Event> {
        let last = self.index.last_before(id, at).map(|at| self.trace.event(at));
        let parked = last.filter(|last| self.trace.runtime_act(last) == Some(runtime_kind::PARK));
        parked.or_else(|| self.index.next(id, at).map(|at| self.trace.event(at))).or(last)
    }
}
