//! The events of the server, kept in a ring of bounded size.
//!
//! Recording never waits for a reader: a reader who is too slow is told how many events were dropped before it came to
//! read them.

use std::collections::VecDeque;
use std::net::SocketAddr;
use std::sync::{Mutex, MutexGuard, PoisonError};

use tokio::sync::watch;
use tokio::time::Instant;

use super::{Batch, Event, What};

/// How many events are kept: about two megabytes.
pub const EVENTS_KEPT: usize = 16_384;

/// The events of one server, from the first to the newest, as far as they are kept.
#[derive(Debug)]
pub struct Log {
    began: Instant,
    capacity: usize,
    ring: Mutex<Ring>,
    /// How many events there have been.
    count: watch::Sender<u64>,
}

#[derive(Debug, Default)]
struct Ring {
    dropped: u64,
    kept: VecDeque<Event>,
}

impl Default for Log {
    fn default() -> Self {
        Self::with_capacity(EVENTS_KEPT)
    }
}

impl Log {
    /// An empty log that keeps so many events.
    pub fn with_capacity(capacity: usize) -> Self {
        Self { began: Instant::now(), capacity, ring: Mutex::default(), count: watch::Sender::new(0) }
    }

    /// Adds an event. The oldest gives way when there is no room.
    pub fn record(&self, connection: impl Into<Option<SocketAddr>>, what: What) {
        let mut ring = self.ring();
        let seq = ring.dropped + ring.kept.len() as u64;
        let at_us = u64::try_from(self.began.elapsed().as_micros()).unwrap_or(u64::MAX);
        if ring.kept.len() == self.capacity {
            ring.kept.pop_front();
            ring.dropped += 1;
        }
        ring.kept.push_back(Event { seq, at_us, connection: connection.into(), what });
        self.count.send_replace(seq + 1);
    }

    /// Events from number `from` on, `max` at most.
    pub fn read(&self, from: u64, max: usize) -> Batch {
        let ring = self.ring();
        let first = from.max(ring.dropped);
        let skip = usize::try_from(first - ring.dropped).unwrap_or(usize::MAX);
        let events: Vec<_> = ring.kept.iter().skip(skip).take(max).cloned().collect();
        Batch { dropped: first - from, next: first + events.len() as u64, events }
    }

    /// Resolves when there are events from number `from` on.
    pub async fn wait(&self, from: u64) {
        // The sender lives as long as this log.
        let _ = self.count.subscribe().wait_for(|count| *count > from).await;
    }

    /// No code of others runs under the lock, so that a poisoned one is as good as any.
    fn ring(&self) -> MutexGuard<'_, Ring> {
        self.ring.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbers(batch: &Batch) -> Vec<u64> {
        batch.events.iter().map(|event| event.seq).collect()
    }

    #[tokio::test]
    async fn a_slow_reader_is_told_what_it_missed() {
        let log = Log::with_capacity(3);
        for _ in 0..5 {
            log.record(None, What::Accept);
        }
        let batch = log.read(1, 2);
        assert_eq!((batch.dropped, numbers(&batch), batch.next), (1, vec![2, 3], 4));
        let batch = log.read(batch.next, 2);
        assert_eq!((batch.dropped, numbers(&batch), batch.next), (0, vec![4], 5));
        assert_eq!(log.read(5, 2), Batch { dropped: 0, events: vec![], next: 5 });
    }

    #[tokio::test]
    async fn a_number_from_the_future_is_answered_with_nothing() {
        let log = Log::with_capacity(3);
        log.record(None, What::Accept);
        assert_eq!(log.read(u64::MAX, 2), Batch { dropped: 0, events: vec![], next: u64::MAX });
    }

    #[tokio::test]
    async fn waiting_ends_with_the_event_waited_for() {
        let log = Log::with_capacity(3);
        log.record(None, What::Accept);
        log.wait(0).await;
        tokio::select! {
            biased;
            () = log.wait(1) => panic!("nothing has happened"),
            () = std::future::ready(()) => {}
        }
        log.record(None, What::Close);
        log.wait(1).await;
    }
}
