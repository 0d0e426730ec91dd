//! What the page draws of a session, in the wire types that every run has: lanes, the moment, windows, the log.

use chanscope_tcp::clock::ClockAct;

use super::entry::{Act, ClientAct};
use super::recording::{Recording, is_notable, is_over};
use super::state::{ConnectionId, Lane as Kind, LaneId, State};
use super::told;
use crate::wire::{
    EventInfo, GoroutineInfo, Lane, Language, Moment, ObjectInfo, ObjectState, OutputLine, Quarry, SearchQuery, Shape,
    Status, WindowData, WindowQuery,
};

/// Lines of output that a moment shows.
const MOST_LINES: usize = 200;
/// Connections that a moment shows: the last ones that are not over.
const MOST_CONNECTIONS: usize = 24;
/// Events that are told at once.
const MOST_EVENTS: u32 = 4_096;
/// The widest picture that is drawn, in pixels.
const MAX_PIXELS: u32 = 16_384;
/// The object that stands for the listener; connections follow.
const LISTENER: u32 = 0;

impl Recording {
    /// One lane a goroutine of the server, or a client, in order of birth.
    #[must_use]
    pub fn lanes(&self) -> Vec<Lane> {
        let lane = |(lane, track): (LaneId, &super::recording::Track)| Lane {
            goroutine: lane as u32,
            path: lane.to_string(),
            name: told::name(&self.now, lane),
            role: told::role(&self.now, lane).to_owned(),
            parent: matches!(self.now.lanes[lane], Kind::Goroutine(_)).then_some(0),
            born: track.born,
            ended: track.ended(),
            future_bytes: None,
        };
        self.tracks.iter().enumerate().map(lane).collect()
    }

    /// The moment at a position.
    #[must_use]
    pub fn moment(&self, at: u32, language: Language) -> Moment {
        let at = at.min(self.events());
        let before = self.state(at.saturating_sub(1));
        let mut state = before.clone();
        let event = at.checked_sub(1).map(|index| {
            state.apply(&self.entries()[index as usize].act);
            self.event(index, language, &before, &state)
        });
        let changed = event.as_ref().map_or(vec![], |event| [&event.reached[..], &[event.goroutine]].concat());
        let goroutines = (0..state.lanes.len()).map(|lane| GoroutineInfo {
            id: lane as u32,
            status: self.tracks[lane].status(at).unwrap_or(Status::Ready),
            doing: told::doing(language, &state, lane),
            site: None,
            changed: changed.contains(&(lane as u32)),
        });
        let lines = self.reads.partition_point(|&read| read < at);
        Moment {
            at,
            #[expect(clippy::cast_precision_loss, reason = "for display")]
            time: at.checked_sub(1).map_or(0.0, |index| self.entries()[index as usize].at_us as f64 * 1e3),
            goroutines: goroutines.collect(),
            processors: None,
            objects: objects(language, &state, event.as_ref().and_then(|event| event.object)),
            whole: Vec::new(),
            output: self.reads[lines.saturating_sub(MOST_LINES)..lines].iter().map(|&read| self.line(read)).collect(),
            output_lines: lines as u32,
            event,
        }
    }

    /// The events of a stretch.
    #[must_use]
    pub fn log(&self, from: u32, to: u32, language: Language) -> Vec<EventInfo> {
        let to = to.min(self.events());
        let from = from.min(to);
        let mut before = self.state(from);
        (from..to.min(from + MOST_EVENTS))
            .map(|index| {
                let mut after = before.clone();
                after.apply(&self.entries()[index as usize].act);
                let told = self.event(index, language, &before, &after);
                before = after;
                told
            })
            .collect()
    }

    fn event(&self, index: u32, language: Language, before: &State, after: &State) -> EventInfo {
        let act = &self.entries()[index as usize].act;
        let touched = &self.touched[index as usize];
        EventInfo {
            index,
            goroutine: touched.actor as u32,
            sentence: told::happened(language, before, after, act, touched),
            site: None,
            came_from: None,
            shape: shape(act),
            object: touched.connection.map(object_of).or(matches!(act, Act::Server { .. }).then_some(LISTENER)),
            reached: touched.reached.iter().map(|&lane| lane as u32).collect(),
            value: match act {
                Act::Client { what: ClientAct::Received { text }, .. } => Some(told::shown(text)),
                _ => None,
            },
            processor: None,
        }
    }

    fn line(&self, read: u32) -> OutputLine {
        let text = match &self.entries()[read as usize].act {
            Act::Client { what: ClientAct::Received { text }, .. } => text.trim_end_matches('\n').to_owned(),
            _ => String::new(),
        };
        OutputLine { event: read, goroutine: self.touched[read as usize].actor as u32, text }
    }

    /// The position after the nearest event that is looked for.
    #[must_use]
    pub fn find(&self, query: &SearchQuery) -> Option<u32> {
        let from = query.from.min(self.events());
        let fits = |index: &u32| match query.quarry {
            Quarry::Goroutine { id } => {
                self.tracks.get(id as usize).is_some_and(|track| track.saw.binary_search(index).is_ok())
            }
            Quarry::Object { id } => self.touched[*index as usize].connection.map_or(LISTENER, object_of) == id,
            Quarry::Line { .. } => false,
            Quarry::Notable => is_notable(&self.entries()[*index as usize].act),
        };
        let found = if query.backward {
            (0..from.saturating_sub(1)).rev().find(fits)
        } else {
            (from..self.events()).find(fits)
        };
        found.map(|index| index + 1)
    }

    /// What the timeline draws.
    #[must_use]
    pub fn window(&self, query: &WindowQuery) -> WindowData {
        let to = query.to.min(self.events());
        let from = query.from.min(to);
        let lanes: Vec<LaneId> =
            query.lanes.iter().map(|&lane| lane as LaneId).filter(|&lane| lane < self.tracks.len()).collect();
        let pixels = query.pixels.clamp(1, MAX_PIXELS);
        let mut data = WindowData { dense: to - from > pixels, ..WindowData::default() };
        for &lane in &lanes {
            if data.dense {
                self.density(lane, from, to, pixels, &mut data.density);
            } else {
                self.spans_and_marks(lane, from, to, &mut data);
            }
        }
        if !data.dense {
            let inside = |(_, event): (LaneId, u32)| event >= from && event < to;
            let shown = self.arrows.iter().filter(|arrow| inside(arrow.from) || inside(arrow.to));
            let shown = shown.filter(|arrow| lanes.contains(&arrow.from.0) || lanes.contains(&arrow.to.0));
            data.arrows.extend(
                shown.flat_map(|arrow| [arrow.from.0 as u32, arrow.from.1, arrow.to.0 as u32, arrow.to.1, arrow.kind]),
            );
        }
        data
    }

    fn spans_and_marks(&self, lane: LaneId, from: u32, to: u32, data: &mut WindowData) {
        let track = &self.tracks[lane];
        let ends = track.statuses.iter().skip(1).map(|(position, _)| *position).chain([self.events()]);
        for ((begin, status), end) in track.statuses.iter().zip(ends) {
            let (begin, end) = ((*begin).max(from), end.min(to));
            if begin < end && !is_over(*status) {
                data.spans.extend([lane as u32, begin, end, *status as u32]);
            }
        }
        let first = track.did.partition_point(|&event| event < from);
        for &event in track.did[first..].iter().take_while(|&&event| event < to) {
            let act = &self.entries()[event as usize].act;
            data.marks.extend([lane as u32, event, shape(act) as u32, u32::from(went_wrong(act))]);
        }
    }

    fn density(&self, lane: LaneId, from: u32, to: u32, pixels: u32, out: &mut Vec<u8>) {
        let track = &self.tracks[lane];
        let edge = |pixel: u32| from + (u64::from(to - from) * u64::from(pixel) / u64::from(pixels)) as u32;
        for pixel in 0..pixels {
            let (begin, end) = (edge(pixel), edge(pixel + 1));
            let status = track.status(begin).filter(|status| !is_over(*status)).map_or(0, |status| status as u8);
            let before = |position| track.did.partition_point(|&event| event < position);
            out.extend([status, u8::try_from(before(end) - before(begin)).unwrap_or(u8::MAX)]);
        }
    }
}

fn object_of(id: ConnectionId) -> u32 {
    LISTENER + 1 + id as u32
}

fn objects(language: Language, state: &State, changed: Option<u32>) -> Vec<ObjectInfo> {
    let listener = ObjectInfo {
        id: LISTENER,
        name: "listener".to_owned(),
        changed: changed == Some(LISTENER),
        state: ObjectState::Told { sentence: told::listener(language, state), waiters: vec![] },
    };
    let open = state.connections.iter().enumerate().rev();
    let open = open.filter(|(id, connection)| {
        changed == Some(object_of(*id)) || !(connection.client_has_gone() && connection.server_has_gone())
    });
    let mut shown: Vec<_> = open.take(MOST_CONNECTIONS).collect();
    shown.reverse();
    let shown = shown.into_iter().map(|(id, connection)| ObjectInfo {
        id: object_of(id),
        name: told::name(state, connection.client_lane),
        changed: changed == Some(object_of(id)),
        state: ObjectState::Told { sentence: told::bytes(language, connection), waiters: vec![] },
    });
    [listener].into_iter().chain(shown).collect()
}

fn shape(act: &Act) -> Shape {
    match act {
        Act::Server { what, .. } => match what {
            ClockAct::Listen { .. } => Shape::Acquire,
            ClockAct::Accept => Shape::Receive,
            ClockAct::GoroutineStart => Shape::Spawn,
            ClockAct::Wrote { .. } => Shape::Send,
            ClockAct::WriteBlocked => Shape::Park,
            ClockAct::Sleep { .. } => Shape::Time,
            ClockAct::Close => Shape::Close,
            ClockAct::Die { .. } => Shape::Panic,
            ClockAct::Stop | ClockAct::SwarmGone => Shape::Exit,
            ClockAct::SwarmDial => Shape::Spawn,
            ClockAct::ListenError { .. } | ClockAct::AcceptError { .. } | ClockAct::WriteError { .. } => Shape::Tick,
        },
        Act::Client { what, .. } => match what {
            ClientAct::Dial => Shape::Spawn,
            ClientAct::Received { .. } => Shape::Receive,
            ClientAct::Wrote { .. } => Shape::Send,
            ClientAct::Paused => Shape::Release,
            ClientAct::Resumed => Shape::Acquire,
            ClientAct::HalfClosed => Shape::Close,
            ClientAct::Ended | ClientAct::Closes | ClientAct::Broken { .. } => Shape::Exit,
            ClientAct::Resets | ClientAct::WasReset => Shape::Cancel,
            ClientAct::Opened { .. } | ClientAct::DialFailed { .. } => Shape::Tick,
        },
        Act::Running(_) => Shape::Acquire,
        Act::Set(_) => Shape::Write,
        Act::Missed(_) | Act::Standing(_) => Shape::Tick,
        Act::Lost {} => Shape::Exit,
    }
}

fn went_wrong(act: &Act) -> bool {
    match act {
        Act::Server { what, .. } => matches!(
            what,
            ClockAct::ListenError { .. }
                | ClockAct::AcceptError { .. }
                | ClockAct::WriteError { .. }
                | ClockAct::Die { .. }
        ),
        Act::Client { what, .. } => {
            matches!(what, ClientAct::DialFailed { .. } | ClientAct::WasReset | ClientAct::Broken { .. })
        }
        Act::Running(_) | Act::Standing(_) | Act::Set(_) | Act::Missed(_) => false,
        Act::Lost {} => true,
    }
}
