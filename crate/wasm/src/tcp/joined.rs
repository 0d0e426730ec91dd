//! One order for what two lines tell: the server's events, and what the page's own clients saw.
//!
//! The two arrive by different WebSockets, so that a client can have read bytes before the page has heard of their
//! being written. An entry is held back until what it follows from is there: an `Accept` for the dials that are under
//! way, since only they say which address is whose; a read for the writes that it came from.

use std::collections::{BTreeMap, VecDeque};
use std::net::SocketAddr;

use chanscope_tcp::clock::{ClockAct, ClockEvent};

use super::entry::{Act, ClientAct, Entry};

/// The two lines, as far as they have not been put in order.
#[derive(Debug, Default)]
pub struct Joined {
    server: VecDeque<Entry>,
    clients: BTreeMap<u32, Client>,
    /// Bytes written to each address, as far as the events tell.
    written: BTreeMap<SocketAddr, u64>,
    /// Of the events some are missing: no read can be held back for them.
    incomplete: bool,
    /// The server's clock is behind the page's by so many microseconds, at most; ahead of it where this is negative, as
    /// with a server that began before the page. None before it was heard.
    behind: Option<i64>,
    last_us: u64,
}

#[derive(Debug, Default)]
struct Client {
    local: Option<SocketAddr>,
    read: u64,
    /// Whether it is on its way.
    dialling: bool,
    held: VecDeque<Entry>,
}

impl Joined {
    /// Nothing yet, and nothing earlier than a time.
    #[must_use]
    pub fn after(last_us: u64) -> Self {
        Self { last_us, ..Self::default() }
    }

    /// Takes events of the server in, which the page got at a time of its own clock.
    pub fn hear_server(&mut self, events: Vec<ClockEvent>, dropped: u64, now_us: u64) {
        if let Some(newest) = events.last() {
            let behind = now_us.cast_signed().saturating_sub(newest.at_us.cast_signed());
            self.behind = Some(self.behind.map_or(behind, |before| before.min(behind)));
        }
        let behind = self.behind.unwrap_or_default();
        if dropped > 0 {
            let count = u32::try_from(dropped).unwrap_or(u32::MAX);
            self.server.push_back(Entry { at_us: now_us, act: Act::Missed(count) });
        }
        let entries = events.into_iter().map(|ClockEvent { at_us, connection, what, .. }| Entry {
            at_us: at_us.saturating_add_signed(behind),
            act: Act::Server { connection, what },
        });
        self.server.extend(entries);
    }

    /// Takes in what a client of the page did or saw.
    pub fn hear_client(&mut self, number: u32, what: ClientAct, now_us: u64) {
        let client = self.clients.entry(number).or_default();
        match &what {
            ClientAct::Dial => client.dialling = true,
            ClientAct::Opened { local } => {
                client.dialling = false;
                client.local = Some(*local);
                // An address that is used again begins anew.
                self.written.remove(local);
            }
            ClientAct::DialFailed { .. } | ClientAct::Closes => client.dialling = false,
            _ => {}
        }
        client.held.push_back(Entry { at_us: now_us, act: Act::Client { number, what } });
    }

    /// Takes in what is neither the server's nor a client's.
    pub fn hear(&mut self, act: Act, now_us: u64) {
        self.server.push_back(Entry { at_us: now_us, act });
    }

    /// Everything that nothing is missing for, in order.
    pub fn take(&mut self) -> Vec<Entry> {
        let mut taken = Vec::new();
        loop {
            let before = taken.len();
            let numbers: Vec<_> = self.clients.keys().copied().collect();
            for number in numbers {
                while let Some(entry) = self.next_of(number) {
                    taken.push(entry);
                }
            }
            while let Some(entry) = self.next_of_server() {
                taken.push(entry);
            }
            if taken.len() == before {
                break;
            }
        }
        for entry in &mut taken {
            entry.at_us = entry.at_us.max(self.last_us);
            self.last_us = entry.at_us;
        }
        taken
    }

    fn next_of(&mut self, number: u32) -> Option<Entry> {
        let client = self.clients.get_mut(&number)?;
        if let Some(Entry { act: Act::Client { what: ClientAct::Received { text }, .. }, .. }) = client.held.front() {
            let sum = client.read + text.len() as u64;
            let written = client.local.and_then(|local| self.written.get(&local)).copied().unwrap_or_default();
            if sum > written && !self.incomplete {
                return None;
            }
            client.read = sum;
        }
        client.held.pop_front()
    }

    fn next_of_server(&mut self) -> Option<Entry> {
        let connects =
            matches!(self.server.front(), Some(Entry { act: Act::Server { what: ClockAct::Accept, .. }, .. }));
        if connects && self.clients.values().any(|client| client.dialling) {
            return None;
        }
        let entry = self.server.pop_front()?;
        self.incomplete |= matches!(entry.act, Act::Missed(_) | Act::Lost {});
        if let Act::Server { connection: Some(peer), what: ClockAct::Wrote { bytes } } = &entry.act {
            *self.written.entry(*peer).or_default() += *bytes as u64;
        }
        Some(entry)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const LOCAL: ([u8; 4], u16) = ([127, 0, 0, 1], 40_000);

    fn event(at_us: u64, what: ClockAct) -> ClockEvent {
        ClockEvent { seq: 0, at_us, connection: Some(LOCAL.into()), what }
    }

    fn names(entries: &[Entry]) -> Vec<String> {
        let name = |entry: &Entry| {
            let json = serde_json::to_value(entry).unwrap();
            let act = json.get("server").or(json.get("client")).unwrap_or(&json).clone();
            act["what"].as_str().unwrap_or("else").to_owned()
        };
        entries.iter().map(name).collect()
    }

    #[test]
    fn an_accept_waits_until_it_is_known_whose_it_is() {
        let mut joined = Joined::default();
        joined.hear_client(1, ClientAct::Dial, 10);
        joined.hear_server(vec![event(5, ClockAct::Accept), event(6, ClockAct::Wrote { bytes: 3 })], 0, 20);
        assert_eq!(names(&joined.take()), ["dial"]);
        joined.hear_client(1, ClientAct::Opened { local: LOCAL.into() }, 30);
        assert_eq!(names(&joined.take()), ["opened", "accept", "wrote"]);
    }

    #[test]
    fn a_read_waits_for_the_write_that_it_came_from() {
        let mut joined = Joined::default();
        joined.hear_client(1, ClientAct::Dial, 10);
        joined.hear_client(1, ClientAct::Opened { local: LOCAL.into() }, 11);
        joined.hear_client(1, ClientAct::Received { text: "abcdef".to_owned() }, 12);
        joined.hear_client(1, ClientAct::Ended, 13);
        joined.hear_server(vec![event(5, ClockAct::Accept), event(6, ClockAct::Wrote { bytes: 3 })], 0, 14);
        assert_eq!(names(&joined.take()), ["dial", "opened", "accept", "wrote"]);
        joined.hear_server(vec![event(7, ClockAct::Wrote { bytes: 3 })], 0, 15);
        assert_eq!(names(&joined.take()), ["wrote", "received", "ended"]);
    }

    #[test]
    fn where_events_are_missing_nothing_waits_for_them() {
        let mut joined = Joined::default();
        joined.hear_client(1, ClientAct::Opened { local: LOCAL.into() }, 11);
        joined.hear_client(1, ClientAct::Received { text: "abc".to_owned() }, 12);
        joined.hear_server(vec![], 7, 14);
        assert_eq!(names(&joined.take()), ["opened", "else", "received"]);
    }

    #[test]
    fn times_never_go_back() {
        let mut joined = Joined::after(100);
        joined.hear_client(1, ClientAct::Dial, 90);
        joined.hear_client(1, ClientAct::DialFailed { code: 4000 }, 120);
        joined.hear_server(vec![event(5, ClockAct::Stop)], 0, 110);
        let times: Vec<_> = joined.take().iter().map(|entry| entry.at_us).collect();
        assert_eq!(times, [100, 120, 120]);
    }

    /// What the server did before the page was there comes at its beginning.
    #[test]
    fn a_server_that_began_long_before_the_page_is_told_in_the_times_of_the_page() {
        let mut joined = Joined::default();
        let mut times = Vec::new();
        joined.hear_server(vec![event(1_000_000, ClockAct::Stop)], 0, 10);
        times.extend(joined.take());
        joined.hear_client(1, ClientAct::Dial, 20);
        joined.hear_client(1, ClientAct::DialFailed { code: 4000 }, 30);
        times.extend(joined.take());
        for (at_us, now_us) in [(5_000_035, 40), (5_000_050, 52)] {
            joined.hear_server(vec![event(at_us, ClockAct::Stop)], 0, now_us);
            times.extend(joined.take());
        }
        assert_eq!(times.iter().map(|entry| entry.at_us).collect::<Vec<_>>(), [10, 20, 30, 40, 52]);
    }
}
