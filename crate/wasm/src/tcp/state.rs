//! How server, connections and clients are, as a fold over the entries.
//!
//! A lane is a goroutine of the server, or a client. The first is the server's main goroutine. What somebody is doing
//! follows from the entries alone, so that the state at any of them is the same for whoever replays them.

use std::collections::BTreeMap;
use std::net::SocketAddr;

use chanscope_tcp::clock::ClockAct;

use super::entry::{Act, ClientAct, Served, Standing, Whose};

/// Index of a lane.
pub(super) type LaneId = usize;
/// Index of a connection.
pub(super) type ConnectionId = usize;

/// The server's main goroutine.
pub(super) const MAIN: LaneId = 0;

/// Everything at a moment.
#[derive(Clone, Debug)]
pub(super) struct State {
    pub(super) server: Server,
    pub(super) lanes: Vec<Lane>,
    pub(super) connections: Vec<Connection>,
    /// Connections that are not over, by the client's address.
    by_peer: BTreeMap<SocketAddr, ConnectionId>,
    /// Connections of the page's clients, by their numbers.
    by_number: BTreeMap<u32, ConnectionId>,
    counts: Counts,
}

/// How the server is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Server {
    /// It has not been heard of, or was stopped.
    Down,
    /// It accepts.
    Listening(SocketAddr),
    /// It died of an error.
    Dead(String),
}

/// A lane: whose it is.
#[derive(Clone, Debug)]
pub(super) enum Lane {
    Main,
    /// The server's goroutine for a connection.
    Goroutine(ConnectionId),
    /// The client's end of a connection.
    Client(ConnectionId),
}

/// Who the client is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Who {
    /// One of the page's, by number.
    Page(u32),
    /// One of the swarm's.
    Swarm(u32),
    /// Somebody else's program, such as `nc`: what it does cannot be seen from here.
    Outside(u32),
}

/// What the server's end of a connection is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Serving {
    /// It waits to be accepted.
    Waiting,
    /// It was accepted, or has just written.
    Running,
    /// `Write` waits: the system takes no more.
    Blocked,
    /// `time.Sleep`.
    Sleeping {
        ms: u32,
    },
    /// A write failed.
    Failed,
    Closed,
    /// The server died with it open.
    Died,
}

/// What the client's end is doing.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Client {
    Dialling,
    /// `Read` waits, or could return.
    Reading,
    /// It does not read.
    Paused,
    /// It has read the end.
    Ended,
    /// It has closed, or was never connected.
    Gone,
    Reset,
}

/// A connection, with both of its ends.
#[derive(Clone, Debug)]
pub(super) struct Connection {
    pub(super) who: Who,
    /// The client's address, once it is known.
    pub(super) peer: Option<SocketAddr>,
    pub(super) client_lane: LaneId,
    /// The goroutine that serves it; the main one where there is no other.
    pub(super) server_lane: LaneId,
    pub(super) serving: Serving,
    pub(super) client: Client,
    /// Writes that the system took, and their bytes.
    pub(super) writes: u32,
    pub(super) written: u64,
    /// Bytes that the client has read.
    pub(super) read: u64,
}

#[derive(Clone, Copy, Debug, Default)]
struct Counts {
    swarm: u32,
    outside: u32,
}

impl Counts {
    fn one_more_of_the_swarm(&mut self) -> u32 {
        self.swarm += 1;
        self.swarm
    }

    fn one_more_outside(&mut self) -> u32 {
        self.outside += 1;
        self.outside
    }
}

/// What an entry was about: who did it, and which lanes it reached.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Touched {
    pub(super) actor: LaneId,
    pub(super) reached: Vec<LaneId>,
    pub(super) connection: Option<ConnectionId>,
}

impl Default for State {
    fn default() -> Self {
        Self {
            server: Server::Down,
            lanes: vec![Lane::Main],
            connections: Vec::new(),
            by_peer: BTreeMap::new(),
            by_number: BTreeMap::new(),
            counts: Counts::default(),
        }
    }
}

impl Connection {
    /// Whether the client's end is not there any more.
    pub(super) fn client_has_gone(&self) -> bool {
        matches!(self.client, Client::Gone | Client::Reset)
    }

    /// Whether the server's end is not there any more.
    pub(super) fn server_has_gone(&self) -> bool {
        matches!(self.serving, Serving::Closed | Serving::Died)
    }
}

impl State {
    /// Takes an entry in.
    pub(super) fn apply(&mut self, act: &Act) -> Touched {
        match act {
            Act::Server { connection, what } => self.apply_server(*connection, what),
            Act::Client { number, what } => self.apply_client(*number, what),
            Act::Running(address) => {
                self.server = Server::Listening(*address);
                Touched { actor: MAIN, reached: vec![], connection: None }
            }
            Act::Standing(standing) => self.stand(standing),
            Act::Set(_) | Act::Missed(_) => Touched { actor: MAIN, reached: vec![], connection: None },
            Act::Lost {} => {
                self.server = Server::Down;
                let reached = self.end_all(Serving::Closed);
                Touched { actor: MAIN, reached, connection: None }
            }
        }
    }

    fn apply_server(&mut self, peer: Option<SocketAddr>, what: &ClockAct) -> Touched {
        let alone = |reached| Touched { actor: MAIN, reached, connection: None };
        match what {
            ClockAct::Listen { address } => {
                self.server = Server::Listening(*address);
                return alone(vec![]);
            }
            ClockAct::ListenError { error } => {
                self.server = Server::Dead(error.clone());
                return alone(vec![]);
            }
            ClockAct::AcceptError { .. } => return alone(vec![]),
            ClockAct::Die { error, .. } => {
                self.server = Server::Dead(error.clone());
                let reached = self.end_all(Serving::Died);
                return alone(reached);
            }
            ClockAct::Stop => {
                self.server = Server::Down;
                let reached = self.end_all(Serving::Closed);
                return alone(reached);
            }
            _ => {}
        }
        // What else there is concerns a connection.
        let Some(peer) = peer else { return alone(vec![]) };
        let id = match (self.by_peer.get(&peer), what) {
            // An address that is used again is another connection.
            (Some(&id), ClockAct::Accept | ClockAct::SwarmDial) if self.connections[id].serving != Serving::Waiting => {
                self.outsider(peer, what)
            }
            (Some(&id), _) => id,
            (None, _) => self.outsider(peer, what),
        };
        self.serve(id, peer, what)
    }

    fn serve(&mut self, id: ConnectionId, peer: SocketAddr, what: &ClockAct) -> Touched {
        let (client, server) = (self.connections[id].client_lane, self.connections[id].server_lane);
        let touched = |actor, reached| Touched { actor, reached, connection: Some(id) };
        let connection = &mut self.connections[id];
        match what {
            ClockAct::SwarmDial => return touched(client, vec![]),
            ClockAct::SwarmGone => {
                connection.client = Client::Gone;
                return touched(client, vec![]);
            }
            ClockAct::Accept => {
                connection.serving = Serving::Running;
                return touched(MAIN, vec![client]);
            }
            ClockAct::GoroutineStart => {
                let lane = self.start(id);
                return touched(MAIN, vec![lane]);
            }
            ClockAct::WriteBlocked => connection.serving = Serving::Blocked,
            ClockAct::Wrote { bytes } => {
                connection.serving = Serving::Running;
                connection.writes += 1;
                connection.written = connection.written.saturating_add(*bytes as u64);
                return touched(server, vec![client]);
            }
            ClockAct::WriteError { .. } => connection.serving = Serving::Failed,
            ClockAct::Sleep { ms } => connection.serving = Serving::Sleeping { ms: *ms },
            ClockAct::Close => {
                connection.serving = Serving::Closed;
                self.forget(id, peer);
                return touched(server, vec![client]);
            }
            ClockAct::Listen { .. }
            | ClockAct::ListenError { .. }
            | ClockAct::AcceptError { .. }
            | ClockAct::Die { .. }
            | ClockAct::Stop => {}
        }
        touched(server, vec![])
    }

    fn apply_client(&mut self, number: u32, what: &ClientAct) -> Touched {
        let id = match (self.by_number.get(&number), what) {
            (Some(&id), ClientAct::Opened { .. }) | (Some(&id), _) => id,
            (None, _) => {
                let id = self.connect(Who::Page(number), None, Client::Dialling);
                self.by_number.insert(number, id);
                id
            }
        };
        let connection = &mut self.connections[id];
        let (client, server) = (connection.client_lane, connection.server_lane);
        let mut reached = vec![];
        match what {
            ClientAct::Dial => reached.push(MAIN),
            ClientAct::Opened { local } => {
                connection.peer = Some(*local);
                connection.client = Client::Reading;
                self.by_peer.insert(*local, id);
            }
            ClientAct::Received { text } => {
                connection.read = connection.read.saturating_add(text.len() as u64);
                reached.push(server);
            }
            ClientAct::Wrote { .. } | ClientAct::HalfClosed => {}
            ClientAct::Paused => connection.client = Client::Paused,
            ClientAct::Resumed => connection.client = Client::Reading,
            ClientAct::Ended => connection.client = Client::Ended,
            ClientAct::Resets => {
                connection.client = Client::Reset;
                reached.push(server);
            }
            ClientAct::WasReset => connection.client = Client::Reset,
            ClientAct::DialFailed { .. } | ClientAct::Closes | ClientAct::Broken { .. } => {
                connection.client = Client::Gone;
            }
        }
        Touched { actor: client, reached, connection: Some(id) }
    }

    /// A connection that was there before.
    fn stand(&mut self, standing: &Standing) -> Touched {
        let who = match standing.whose {
            Whose::Page(number) => Who::Page(number),
            Whose::Swarm {} => Who::Swarm(self.counts.one_more_of_the_swarm()),
            Whose::Outside {} => Who::Outside(self.counts.one_more_outside()),
        };
        let id = self.connect(who, Some(standing.peer), Client::Reading);
        self.by_peer.insert(standing.peer, id);
        if let Who::Page(number) = who {
            self.by_number.insert(number, id);
        }
        if standing.served == Served::Goroutine {
            self.start(id);
        }
        let connection = &mut self.connections[id];
        connection.written = standing.under_way;
        if standing.served != Served::Nobody {
            connection.serving = Serving::Running;
        }
        let reached = if connection.server_lane == MAIN { vec![] } else { vec![connection.server_lane] };
        Touched { actor: connection.client_lane, reached, connection: Some(id) }
    }

    /// What is there, as the beginning of another recording.
    pub(super) fn standing(&self) -> Vec<Act> {
        let Server::Listening(address) = self.server else { return vec![] };
        let mut acts = vec![Act::Running(address)];
        for connection in &self.connections {
            let over = connection.client_has_gone() || connection.server_has_gone();
            let (Some(peer), false) = (connection.peer, over) else { continue };
            let (whose, under_way) = match connection.who {
                Who::Page(number) => (Whose::Page(number), connection.written.saturating_sub(connection.read)),
                Who::Swarm(_) => (Whose::Swarm {}, 0),
                Who::Outside(_) => (Whose::Outside {}, 0),
            };
            let served = match (connection.serving, connection.server_lane) {
                (Serving::Waiting, _) => Served::Nobody,
                (_, MAIN) => Served::Loop,
                _ => Served::Goroutine,
            };
            acts.push(Act::Standing(Standing { peer, whose, served, under_way }));
            if connection.serving == Serving::Blocked {
                acts.push(Act::Server { connection: Some(peer), what: ClockAct::WriteBlocked });
            }
            if let (Who::Page(number), Client::Paused) = (connection.who, connection.client) {
                acts.push(Act::Client { number, what: ClientAct::Paused });
            }
        }
        acts
    }

    /// A connection whose client is not the page's.
    fn outsider(&mut self, peer: SocketAddr, what: &ClockAct) -> ConnectionId {
        let who = if *what == ClockAct::SwarmDial {
            Who::Swarm(self.counts.one_more_of_the_swarm())
        } else {
            Who::Outside(self.counts.one_more_outside())
        };
        let id = self.connect(who, Some(peer), Client::Reading);
        self.by_peer.insert(peer, id);
        id
    }

    fn connect(&mut self, who: Who, peer: Option<SocketAddr>, client: Client) -> ConnectionId {
        let id = self.connections.len();
        let client_lane = self.lanes.len();
        self.lanes.push(Lane::Client(id));
        self.connections.push(Connection {
            who,
            peer,
            client_lane,
            server_lane: MAIN,
            serving: Serving::Waiting,
            client,
            writes: 0,
            written: 0,
            read: 0,
        });
        id
    }

    /// Gives a connection a goroutine.
    fn start(&mut self, id: ConnectionId) -> LaneId {
        let lane = self.lanes.len();
        self.lanes.push(Lane::Goroutine(id));
        self.connections[id].server_lane = lane;
        lane
    }

    fn forget(&mut self, id: ConnectionId, peer: SocketAddr) {
        if self.by_peer.get(&peer) == Some(&id) {
            self.by_peer.remove(&peer);
        }
    }

    /// All connections end with the server. Gives the lanes that see it.
    fn end_all(&mut self, serving: Serving) -> Vec<LaneId> {
        let mut reached = Vec::new();
        for (_, id) in std::mem::take(&mut self.by_peer) {
            let connection = &mut self.connections[id];
            if connection.server_has_gone() {
                continue;
            }
            connection.serving = serving;
            if connection.server_lane != MAIN {
                reached.push(connection.server_lane);
            }
            if !connection.client_has_gone() {
                reached.push(connection.client_lane);
                // The page's own clients say for themselves what they see.
                if matches!(connection.who, Who::Outside(_)) {
                    connection.client = Client::Gone;
                }
            }
        }
        reached
    }

    /// The connection that the main goroutine serves itself, as far as it does.
    pub(super) fn inline(&self) -> Option<ConnectionId> {
        let here = |id: &ConnectionId| {
            let connection = &self.connections[*id];
            connection.server_lane == MAIN && !matches!(connection.serving, Serving::Waiting | Serving::Closed)
        };
        self.by_peer.values().copied().find(here)
    }

    /// How many clients have dialled and wait to be accepted.
    pub(super) fn waiting(&self) -> usize {
        let waits = |id: &&ConnectionId| {
            let connection = &self.connections[**id];
            connection.serving == Serving::Waiting && !connection.client_has_gone()
        };
        self.by_peer.values().filter(waits).count()
    }
}
