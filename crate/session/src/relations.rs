//! One event among all others: what happens before and after it, and the way of its value.

use chanscope_explore::{Around, Order};
use chanscope_kernel::{Position, Trace};

use crate::finished::Finished;
use crate::refusal::{Refusal, RefusalKind};

/// Happens-before is told of runs of at most so many events: a fold over all of them gathers it.
pub const MOST_ORDERED_EVENTS: Position = 200_000;

/// A value's way is followed over at most so many events of each goroutine that had it.
const FARTHEST: usize = 4_096;
/// And from hand to hand at most so often.
const MOST_HANDS: usize = 256;

impl Finished {
    /// What the Go memory model says of the event that leads to position `at`.
    ///
    /// # Errors
    /// When there is no such event, or the run is longer than [`MOST_ORDERED_EVENTS`].
    pub fn around(&self, at: Position) -> Result<Around, Refusal> {
        let trace = self.trace();
        let event = event_before(trace, at)?;
        if trace.len() > MOST_ORDERED_EVENTS {
            let (events, most) = (trace.len(), MOST_ORDERED_EVENTS);
            let en = format!("happens-before is told of runs of up to {most} events; this one has {events}");
            let zh = format!("先行发生关系只对不超过 {most} 个事件的运行给出；本次有 {events} 个");
            return Err(Refusal::new(RefusalKind::Limit, en, zh));
        }
        Ok(self.order.get_or_init(|| Order::of(trace)).around(trace, event))
    }

    /// The events that had the value of the event that leads to position `at`, from its birth to its last receiver, in
    /// order; empty where that event has none.
    ///
    /// From goroutine to goroutine the way is recorded. Within a goroutine a value is taken to be the same one while
    /// its text is the same.
    ///
    /// # Errors
    /// When there is no such event.
    pub fn journey(&self, at: Position) -> Result<Vec<Position>, Refusal> {
        let event = event_before(self.trace(), at)?;
        let Some(value) = self.text(event) else { return Ok(Vec::new()) };
        let mut way = vec![event];
        let mut first = event;
        for _ in 0..MOST_HANDS {
            let had = self.same(first, &value, true);
            let earliest = had.last().copied().unwrap_or(first);
            way.extend(had);
            let Some(source) = self.trace().source(earliest) else { break };
            way.push(source);
            first = source;
        }
        let mut last = event;
        for _ in 0..MOST_HANDS {
            let Some(receiver) = self.window().index.receiver(last).or_else(|| {
                let had = self.same(last, &value, false);
                way.extend(&had);
                had.into_iter().find_map(|at| self.window().index.receiver(at))
            }) else {
                break;
            };
            way.push(receiver);
            last = receiver;
        }
        way.sort_unstable();
        way.dedup();
        Ok(way)
    }

    fn text(&self, at: Position) -> Option<String> {
        let trace = self.trace();
        trace.event_value(&trace.event(at)).map(|value| value.to_string())
    }

    /// Events of the goroutine that did `at`, from there on backwards or forwards, which had the same value: up to the
    /// one through which it came or went, or one at which it had another.
    fn same(&self, at: Position, value: &str, backward: bool) -> Vec<Position> {
        let trace = self.trace();
        let passes = |at: Position| trace.source(at).is_some() || self.window().index.receiver(at).is_some();
        if backward && trace.source(at).is_some() || !backward && self.window().index.receiver(at).is_some() {
            return Vec::new();
        }
        let events = self.window().index.of(trace.actor(at));
        let place = events.partition_point(|&event| event < at);
        let mut had = Vec::new();
        let mut look = |event: Position| match self.text(event) {
            None => true,
            Some(text) if text == value => {
                had.push(event);
                !passes(event)
            }
            Some(_) => false,
        };
        if backward {
            let mut before = events[..place].iter().rev().take(FARTHEST);
            while before.next().is_some_and(|&event| look(event)) {}
        } else {
            let mut later = events[place + 1..].iter().take(FARTHEST);
            while later.next().is_some_and(|&event| look(event)) {}
        }
        had
    }
}

fn event_before(trace: &Trace, at: Position) -> Result<Position, Refusal> {
    at.checked_sub(1).filter(|&event| event < trace.len()).ok_or_else(|| {
        let most = trace.len();
        let en = format!("no event leads to position {at}; expected one from 1 to {most}");
        let zh = format!("没有事件通向位置 {at}；应为 1 到 {most}");
        Refusal::new(RefusalKind::State, en, zh)
    })
}
