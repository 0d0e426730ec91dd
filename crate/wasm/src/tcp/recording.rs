//! A session as it is recorded: entries in order, and what is needed to ask about any moment of them.
//!
//! It only grows. State at a position is a checkpoint and a short fold; spans and events of a lane lie in order of
//! position, so that a window costs what is in it.

use std::collections::VecDeque;

use chanscope_tcp::clock::ClockAct;

use super::entry::{Act, ClientAct, Entry};
use super::state::{Client, Connection, ConnectionId, Lane, LaneId, MAIN, Server, Serving, State, Touched, Who};
use crate::wire::Status;

/// Entries of a session, at most: some twenty megabytes. What comes later is not recorded.
pub const MOST_EVENTS: usize = 50_000;

/// Entries between two checkpoints.
const CHECKPOINT_EVERY: usize = 512;

/// A session.
#[derive(Debug)]
pub struct Recording {
    entries: Vec<Entry>,
    pub(super) touched: Vec<Touched>,
    /// The state after every so many entries; the first is that before anything.
    checkpoints: Vec<State>,
    pub(super) now: State,
    pub(super) tracks: Vec<Track>,
    pub(super) arrows: Vec<Arrow>,
    /// Entries by which clients of the page read.
    pub(super) reads: Vec<u32>,
    /// Writes of each connection that were not read to their end: the entry, and the bytes written by then.
    under_way: Vec<VecDeque<(u32, u64)>>,
    full: bool,
}

/// A lane as far as it has come.
#[derive(Debug)]
pub(super) struct Track {
    /// The position from which it exists.
    pub(super) born: u32,
    /// Positions from which it has a status, in order.
    pub(super) statuses: Vec<(u32, Status)>,
    /// Entries that it did.
    pub(super) did: Vec<u32>,
    /// Entries that it did or that reached it.
    pub(super) saw: Vec<u32>,
}

/// From one lane's entry to another's.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) struct Arrow {
    pub(super) from: (LaneId, u32),
    pub(super) to: (LaneId, u32),
    pub(super) kind: u32,
}

/// Kinds of arrows, as `WindowData` numbers them.
pub(super) const VALUE: u32 = 0;
pub(super) const CLOSE: u32 = 1;
pub(super) const START: u32 = 2;

impl Default for Recording {
    fn default() -> Self {
        let now = State::default();
        Self {
            entries: Vec::new(),
            touched: Vec::new(),
            checkpoints: vec![now.clone()],
            tracks: vec![Track::born_at(0, status(&now, MAIN))],
            now,
            arrows: Vec::new(),
            reads: Vec::new(),
            under_way: Vec::new(),
            full: false,
        }
    }
}

impl Track {
    fn born_at(position: u32, status: Status) -> Self {
        Self { born: position, statuses: vec![(position, status)], did: Vec::new(), saw: Vec::new() }
    }

    /// The status at a position; none before its birth.
    pub(super) fn status(&self, at: u32) -> Option<Status> {
        let next = self.statuses.partition_point(|(from, _)| *from <= at);
        next.checked_sub(1).map(|index| self.statuses[index].1)
    }

    /// The position at which it ended, where it did.
    pub(super) fn ended(&self) -> Option<u32> {
        self.statuses.last().filter(|(_, status)| is_over(*status)).map(|(from, _)| *from)
    }
}

/// Whether nothing is drawn from here on.
pub(super) fn is_over(status: Status) -> bool {
    matches!(status, Status::Finished | Status::Panicked)
}

impl Recording {
    /// The session that entries make. More than [`MOST_EVENTS`] are left out.
    #[must_use]
    pub fn of(entries: Vec<Entry>) -> Self {
        let mut recording = Self::default();
        for entry in entries {
            recording.push(entry);
        }
        recording
    }

    /// A recording that begins with what is there by now.
    #[must_use]
    pub fn begun_anew(&self) -> Self {
        Self::of(self.now.standing().into_iter().map(|act| Entry { at_us: 0, act }).collect())
    }

    /// Everything recorded.
    #[must_use]
    pub fn entries(&self) -> &[Entry] {
        &self.entries
    }

    /// Whether something came that was not recorded.
    #[must_use]
    pub fn is_full(&self) -> bool {
        self.full
    }

    /// How many entries there are.
    #[must_use]
    pub fn events(&self) -> u32 {
        self.entries.len() as u32
    }

    /// The state at a position.
    pub(super) fn state(&self, at: u32) -> State {
        let at = (at as usize).min(self.entries.len());
        let mut state = self.checkpoints[at / CHECKPOINT_EVERY].clone();
        for entry in &self.entries[at / CHECKPOINT_EVERY * CHECKPOINT_EVERY..at] {
            state.apply(&entry.act);
        }
        state
    }

    /// Adds an entry.
    pub fn push(&mut self, entry: Entry) {
        if self.entries.len() >= MOST_EVENTS {
            self.full = true;
            return;
        }
        let index = self.entries.len() as u32;
        let touched = self.now.apply(&entry.act);
        self.under_way.resize_with(self.now.connections.len(), VecDeque::new);
        for lane in self.tracks.len()..self.now.lanes.len() {
            self.tracks.push(Track::born_at(index + 1, status(&self.now, lane)));
        }
        self.tracks[touched.actor].did.push(index);
        let mut seen: Vec<LaneId> = touched.reached.clone();
        seen.push(touched.actor);
        seen.extend(touched.connection.map(|id| self.now.connections[id].client_lane));
        seen.push(MAIN);
        seen.sort_unstable();
        seen.dedup();
        for &lane in &seen {
            self.note_status(lane, index + 1);
            if lane == touched.actor || touched.reached.contains(&lane) {
                self.tracks[lane].saw.push(index);
            }
        }
        self.draw_arrows(index, &entry.act, &touched);
        self.entries.push(entry);
        self.touched.push(touched);
        if self.entries.len().is_multiple_of(CHECKPOINT_EVERY) {
            self.checkpoints.push(self.now.clone());
        }
    }

    fn note_status(&mut self, lane: LaneId, position: u32) {
        let status = status(&self.now, lane);
        let track = &mut self.tracks[lane];
        if track.statuses.last().is_none_or(|(_, last)| *last != status) {
            track.statuses.push((position, status));
        }
    }

    fn draw_arrows(&mut self, index: u32, act: &Act, touched: &Touched) {
        let mut draw = |from, to, kind| self.arrows.push(Arrow { from, to, kind });
        match (act, touched.connection) {
            (Act::Server { what: ClockAct::GoroutineStart, .. }, Some(_)) => {
                for &lane in &touched.reached {
                    draw((touched.actor, index), (lane, index), START);
                }
            }
            (Act::Server { what: ClockAct::Accept | ClockAct::Close, .. }, Some(id)) => {
                draw((touched.actor, index), (self.now.connections[id].client_lane, index), CLOSE);
            }
            (Act::Server { what: ClockAct::Die { .. }, .. }, _) => {
                for &lane in &touched.reached {
                    draw((touched.actor, index), (lane, index), CLOSE);
                }
            }
            (Act::Server { what: ClockAct::Wrote { .. }, .. }, Some(id)) => {
                let connection = &self.now.connections[id];
                match connection.who {
                    Who::Page(_) if connection.client_has_gone() => {}
                    Who::Page(_) => self.under_way[id].push_back((index, connection.written)),
                    // That it was read cannot be seen: it goes out, and that is all that is known.
                    Who::Swarm(_) | Who::Outside(_) => {
                        draw((touched.actor, index), (connection.client_lane, index), VALUE);
                    }
                }
            }
            (Act::Client { what: ClientAct::Received { .. }, .. }, Some(id)) => {
                self.reads.push(index);
                self.arrive(id, index);
            }
            _ => {}
        }
    }

    /// Draws the writes that a read has got the last bytes of.
    fn arrive(&mut self, id: ConnectionId, index: u32) {
        let connection = &self.now.connections[id];
        while let Some(&(write, written)) = self.under_way[id].front() {
            if written > connection.read {
                break;
            }
            self.under_way[id].pop_front();
            let to = (connection.client_lane, index);
            self.arrows.push(Arrow { from: (connection.server_lane, write), to, kind: VALUE });
        }
    }
}

/// What a lane is doing, as the timeline draws it.
pub(super) fn status(state: &State, lane: LaneId) -> Status {
    match state.lanes[lane] {
        Lane::Main => match (&state.server, state.inline()) {
            (Server::Down, _) => Status::Finished,
            (Server::Dead(_), _) => Status::Panicked,
            (Server::Listening(_), None) => Status::Parked,
            (Server::Listening(_), Some(id)) => serving(&state.connections[id]),
        },
        Lane::Goroutine(id) => serving(&state.connections[id]),
        Lane::Client(id) => {
            let connection = &state.connections[id];
            match connection.client {
                Client::Dialling => Status::Running,
                Client::Gone | Client::Reset | Client::Ended => Status::Finished,
                Client::Paused => Status::Parked,
                Client::Reading if matches!(connection.who, Who::Page(_)) && connection.written > connection.read => {
                    Status::Ready
                }
                Client::Reading => Status::Parked,
            }
        }
    }
}

fn serving(connection: &Connection) -> Status {
    match connection.serving {
        Serving::Waiting | Serving::Running | Serving::Failed => Status::Running,
        Serving::Blocked | Serving::Sleeping { .. } => Status::Parked,
        Serving::Closed => Status::Finished,
        Serving::Died => Status::Panicked,
    }
}

/// Whether somebody who walks along the session would want to stop at an entry.
pub(super) fn is_notable(act: &Act) -> bool {
    match act {
        Act::Server { what, .. } => matches!(
            what,
            ClockAct::AcceptError { .. }
                | ClockAct::WriteBlocked
                | ClockAct::WriteError { .. }
                | ClockAct::Close
                | ClockAct::Die { .. }
                | ClockAct::ListenError { .. }
        ),
        Act::Client { what, .. } => !matches!(
            what,
            ClientAct::Dial | ClientAct::Opened { .. } | ClientAct::Received { .. } | ClientAct::Wrote { .. }
        ),
        Act::Set(_) | Act::Missed(_) | Act::Lost {} => true,
        Act::Running(_) | Act::Standing(_) => false,
    }
}
