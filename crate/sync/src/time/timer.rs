//! `time.Timer`, `time.Ticker` and `time.After`: something that can be received from when its time has come.

use std::borrow::Cow;
use std::time::Duration;

use chanscope_kernel::trace::{Flags, Packed};
use chanscope_kernel::{Commit, Declaration, Deed, GateId, Go, Met, Operation, Panic, Passage, Show};

use super::duration::{Time, go_text, nanos};
use super::kind::{PERIODIC, RECV, RESET, STOP, TimerKind};
use crate::shared::{Ask, Live, Shared, Wanted};

/// A timer. Clones are the same one.
#[derive(Clone)]
pub struct Timer {
    shared: Shared<Hand>,
    gate: GateId,
}

/// Where a timer stands.
pub struct Hand {
    gate: GateId,
    /// When its value is or was there; `None` when it is not running.
    due_nanos: Option<u64>,
    /// For a ticker.
    period_nanos: Option<u64>,
}

/// `time.NewTimer(d)`.
#[must_use]
pub fn new_timer(go: &Go, name: impl Into<Cow<'static, str>>, duration: Duration) -> Timer {
    Timer::new(go, name, duration, None)
}

/// `time.After(d)`: only received from, never stopped.
#[must_use]
pub fn after(go: &Go, name: impl Into<Cow<'static, str>>, duration: Duration) -> Timer {
    new_timer(go, name, duration)
}

/// `time.NewTicker(d)`. A tick that nobody has taken when the next is due makes that one be dropped.
///
/// # Errors
/// Go's panic when the period is zero.
pub fn new_ticker(go: &Go, name: impl Into<Cow<'static, str>>, period: Duration) -> Result<Ticker, Panic> {
    if period.is_zero() {
        return Err(Panic::new("non-positive interval for NewTicker"));
    }
    Ok(Ticker { timer: Timer::new(go, name, period, Some(nanos(period))) })
}

impl Timer {
    fn new(go: &Go, name: impl Into<Cow<'static, str>>, duration: Duration, period_nanos: Option<u64>) -> Self {
        let runtime = go.runtime();
        let gate = runtime.add_gate(Passage::Shut, false);
        let due = runtime.now_nanos().saturating_add(nanos(duration));
        let declaration = Declaration {
            kind: &TimerKind,
            name: name.into(),
            size: if period_nanos.is_some() { PERIODIC } else { 0 },
            initial: Some(go_text(duration).show()),
        };
        let hand = Hand { gate, due_nanos: Some(due), period_nanos };
        runtime.set_alarm(gate, due);
        Self { shared: Shared::new(go, declaration, hand), gate }
    }

    /// `<-t.C`: the time at which it came.
    #[track_caller]
    pub fn recv(&self) -> Operation<Ask<Hand, Time>> {
        let wanted = Wanted { act: RECV, gate: Some(self.gate), value: Packed::NONE, slot: 0 };
        self.shared.ask(wanted, Time::from_nanos)
    }

    /// `t.Stop()`. For a timer: whether it was running, or its value had not been received.
    #[track_caller]
    pub fn stop(&self) -> Operation<Ask<Hand, bool>> {
        self.shared.ask(Wanted { act: STOP, gate: None, value: Packed::NONE, slot: 0 }, |was_running| was_running != 0)
    }

    /// `t.Reset(d)`; answers like [`Timer::stop`].
    #[track_caller]
    pub fn reset(&self, duration: Duration) -> Operation<Ask<Hand, bool>> {
        let value = self.shared.runtime().pack(go_text(duration).show());
        let wanted = Wanted { act: RESET, gate: None, value, slot: nanos(duration) };
        self.shared.ask(wanted, |was_running| was_running != 0)
    }
}

/// A ticker. Clones are the same one.
#[derive(Clone)]
pub struct Ticker {
    timer: Timer,
}

impl Ticker {
    /// `<-t.C`: the time at which it ticked.
    #[track_caller]
    pub fn recv(&self) -> Operation<Ask<Hand, Time>> {
        self.timer.recv()
    }

    /// `t.Stop()`.
    #[track_caller]
    pub fn stop(&self) -> Operation<Ask<Hand, bool>> {
        self.timer.stop()
    }

    /// `t.Reset(d)`: it ticks after `d` and then every `d`.
    ///
    /// # Errors
    /// Go's panic when the period is zero.
    #[track_caller]
    pub fn reset(&self, period: Duration) -> Result<Operation<Ask<Hand, bool>>, Panic> {
        if period.is_zero() {
            return Err(Panic::new("non-positive interval for Ticker.Reset"));
        }
        Ok(self.timer.reset(period))
    }
}

impl Live for Hand {
    /// A duration that it is to be set to; then the time received, or whether it was running.
    type Slot = u64;

    fn commit(&mut self, deed: &Deed, slot: &mut u64, commit: &mut Commit<'_>) {
        if deed.act == RECV {
            let due = self.due_nanos.expect("the gate is open when its time has come");
            let value = commit.pack(Time::from_nanos(due).show());
            commit.record(deed, value, Met::NOBODY, Flags::NONE);
            self.due_nanos = self.period_nanos.map(|period| {
                // The first tick that is still to come; those before it were dropped.
                let missed = commit.now_nanos(deed.goroutine).saturating_sub(due) / period;
                due.saturating_add(period.saturating_mul(missed + 1))
            });
            *slot = due;
        } else {
            let was_running = self.due_nanos.is_some();
            commit.record(deed, deed.value, Met::NOBODY, Flags::SPECIAL.when(was_running));
            self.due_nanos = (deed.act == RESET).then(|| {
                self.period_nanos = self.period_nanos.map(|_| *slot);
                commit.now_nanos(deed.goroutine).saturating_add(*slot)
            });
            *slot = was_running.into();
        }
        match self.due_nanos {
            Some(due) => commit.alarm(deed, self.gate, due),
            None => commit.no_alarm(self.gate),
        }
    }
}
