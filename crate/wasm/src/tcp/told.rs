//! What happened, what somebody is doing and how things are, in words.
//!
//! A template names its slots in braces: `{who}` did it, `{other}` is at the other end, `{a}` and `{b}` are values.

use chanscope_tcp::clock::{AcceptLoop, ClockAct, ClockSettings, OnWriteError};
use chanscope_tcp::close::CloseCode;

use super::entry::{Act, ClientAct, Standing};
use super::state::{Client, Connection, Lane, LaneId, MAIN, Server, Serving, State, Touched, Who};
use crate::wire::{Language, Part};

/// A template in both languages, and what fills it.
struct Said {
    en: &'static str,
    zh: &'static str,
    a: String,
    b: String,
}

fn said(en: &'static str, zh: &'static str) -> Said {
    Said { en, zh, a: String::new(), b: String::new() }
}

impl Said {
    fn a(mut self, value: impl ToString) -> Self {
        self.a = value.to_string();
        self
    }

    fn b(mut self, value: impl ToString) -> Self {
        self.b = value.to_string();
        self
    }

    fn parts(self, language: Language, who: Option<(LaneId, String)>, other: Option<(LaneId, String)>) -> Vec<Part> {
        let mut parts = Vec::new();
        let mut rest = match language {
            Language::En => self.en,
            Language::Zh => self.zh,
        };
        let lane = |slot: &Option<(LaneId, String)>| match slot {
            Some((id, text)) => Part::Goroutine { id: *id as u32, text: text.clone() },
            None => Part::Text { text: String::new() },
        };
        while let Some((text, after)) = rest.split_once('{') {
            let (slot, after) = after.split_once('}').expect("templates close their braces");
            parts.push(Part::Text { text: text.to_owned() });
            parts.push(match slot {
                "who" => lane(&who),
                "other" => lane(&other),
                "a" => Part::Value { text: self.a.clone() },
                "b" => Part::Value { text: self.b.clone() },
                slot => unreachable!("templates have no slot {slot}"),
            });
            rest = after;
        }
        parts.push(Part::Text { text: rest.to_owned() });
        parts.retain(|part| !matches!(part, Part::Text { text } if text.is_empty()));
        parts
    }
}

/// A lane's name, as the timeline has it.
pub(super) fn name(state: &State, lane: LaneId) -> String {
    match state.lanes[lane] {
        Lane::Main => "main".to_owned(),
        Lane::Goroutine(id) => format!("conn {}", id + 1),
        Lane::Client(id) => match state.connections[id].who {
            Who::Page(number) => format!("client {number}"),
            Who::Swarm(number) => format!("swarm {number}"),
            Who::Outside(number) => format!("outside {number}"),
        },
    }
}

/// A lane's role, which its hue is chosen by.
pub(super) fn role(state: &State, lane: LaneId) -> &'static str {
    match state.lanes[lane] {
        Lane::Main => "main",
        Lane::Goroutine(_) => "handleConn",
        Lane::Client(id) => match state.connections[id].who {
            Who::Page(_) => "client",
            Who::Swarm(_) => "swarm",
            Who::Outside(_) => "outside",
        },
    }
}

/// What an entry was, told with the state just before it and just after.
pub(super) fn happened(language: Language, before: &State, after: &State, act: &Act, touched: &Touched) -> Vec<Part> {
    let connection = touched.connection.map(|id| (before.connections.get(id), &after.connections[id]));
    let slot = |lane: LaneId| Some((lane, name(after, lane)));
    let other = connection.map(|(_, c)| if touched.actor == c.client_lane { c.server_lane } else { c.client_lane });
    let said = match act {
        Act::Server { what, .. } => server(what, connection),
        Act::Client { what, .. } => client(what, connection.map(|(_, after)| after)),
        Act::Running(address) => {
            said("{who} is listening at {a}: here the recording begins", "{who} 正在监听 {a}：录制从这里开始")
                .a(address)
        }
        Act::Standing(Standing { peer, under_way: 0, .. }) => {
            said("{who} is connected already, from {a}", "{who} 之前就已连上，地址是 {a}").a(peer)
        }
        Act::Standing(Standing { peer, under_way, .. }) => said(
            "{who} is connected already, from {a}; {b} bytes are on their way to it",
            "{who} 之前就已连上，地址是 {a}；还有 {b} 字节在途",
        )
        .a(peer)
        .b(under_way),
        Act::Set(settings) => set(settings),
        Act::Missed(count) => {
            said("{a} events were dropped before the page could read them", "有 {a} 个事件在页面读到之前就被丢弃了")
                .a(count)
        }
        Act::Lost {} => said("the companion is gone, and with it the server", "伴随程序不在了，服务器也随之消失"),
    };
    let started = matches!(act, Act::Server { what: ClockAct::GoroutineStart, .. });
    let other = if started { touched.reached.first().copied() } else { other };
    said.parts(language, slot(touched.actor), other.and_then(slot))
}

fn server(what: &ClockAct, connection: Option<(Option<&Connection>, &Connection)>) -> Said {
    let client_gone = connection.is_some_and(|(_, after)| after.client_has_gone());
    let inline = connection.is_some_and(|(_, after)| after.server_lane == MAIN);
    match what {
        ClockAct::Listen { address } => said("{who} listens at {a}", "{who} 开始监听 {a}").a(address),
        ClockAct::ListenError { error } => said("the server could not start: {a}", "服务器无法启动：{a}").a(error),
        ClockAct::SwarmDial => said("{who} dials", "{who} 发起连接"),
        ClockAct::SwarmGone => said("{who} is gone", "{who} 离开了"),
        ClockAct::Accept => said("{who} accepts {other}", "{who} 接受了 {other} 的连接"),
        ClockAct::AcceptError { error } => {
            said("Accept fails, and the loop continues: {a}", "Accept 失败，循环用 continue 继续：{a}").a(error)
        }
        ClockAct::GoroutineStart => said("{who} starts {other} for the connection", "{who} 为这个连接启动 {other}"),
        ClockAct::WriteBlocked if inline => said(
            "{who} waits in Write: {other} does not read and the system takes no more; nobody can be accepted",
            "{who} 卡在 Write：{other} 不读，系统缓冲已满；这时谁也接不进来",
        ),
        ClockAct::WriteBlocked => said(
            "{who} waits in Write: {other} does not read, and the system takes no more",
            "{who} 卡在 Write：{other} 不读，系统缓冲已满",
        ),
        ClockAct::Wrote { bytes } if client_gone => said(
            "{who} writes {a} bytes to {other}, who has gone: the system takes them all the same",
            "{who} 向已经离开的 {other} 写了 {a} 字节：系统照收不误",
        )
        .a(bytes),
        ClockAct::Wrote { bytes } => {
            said("{who} writes {a} bytes to {other}", "{who} 向 {other} 写了 {a} 字节").a(bytes)
        }
        ClockAct::WriteError { error } => {
            said("{who}’s write to {other} fails: {a}", "{who} 给 {other} 的写入失败：{a}").a(error)
        }
        ClockAct::Sleep { ms } if inline => said(
            "{who} sleeps for {a} ms inside handleConn: nobody can be accepted meanwhile",
            "{who} 在 handleConn 里睡 {a} 毫秒：这期间谁也接不进来",
        )
        .a(ms),
        ClockAct::Sleep { ms } => said("{who} sleeps for {a} ms", "{who} 睡 {a} 毫秒").a(ms),
        ClockAct::Close => said("{who} closes the connection to {other}", "{who} 关闭与 {other} 的连接"),
        ClockAct::Die { error, deferred_skipped } => said(
            "log.Fatal: the whole process ends, and {b} deferred conn.Close() are never called: {a}",
            "log.Fatal：整个进程结束，{b} 个 defer conn.Close() 不会执行：{a}",
        )
        .a(error)
        .b(deferred_skipped),
        ClockAct::Stop => said("the server is stopped", "服务器被停止"),
    }
}

fn client(what: &ClientAct, connection: Option<&Connection>) -> Said {
    let read = connection.map_or(0, |connection| connection.read);
    match what {
        ClientAct::Dial => said("{who} dials the server", "{who} 连接服务器"),
        ClientAct::Opened { local } => said(
            "{who} is connected, from {a}; whether the server has accepted it, it cannot tell",
            "{who} 连上了，自己的地址是 {a}；服务器是否已经 Accept，它看不出来",
        )
        .a(local),
        ClientAct::DialFailed { code } => said("{who} cannot connect: {a}", "{who} 连不上：{a}").a(reason(*code)),
        ClientAct::Received { text } => {
            said("{who} reads {a} from {other}", "{who} 从 {other} 读到 {a}").a(shown(text))
        }
        ClientAct::Wrote { text } => {
            said("{who} writes {a}; the server never reads", "{who} 写了 {a}；服务器从来不读").a(shown(text))
        }
        ClientAct::Paused => said("{who} stops reading", "{who} 停止读取"),
        ClientAct::Resumed => said("{who} reads on", "{who} 继续读取"),
        ClientAct::HalfClosed => {
            said("{who} ends its half: it writes no more, and goes on reading", "{who} 半关闭：不再写，但继续读")
        }
        ClientAct::Ended => said("{who} reads the end, after {a} bytes", "{who} 读到结尾，共 {a} 字节").a(read),
        ClientAct::WasReset => said("{who}’s connection was reset by its peer", "{who} 的连接被对方重置"),
        ClientAct::Resets => {
            said("{who} resets the connection: what was under way is lost", "{who} 重置连接：在途的字节全部丢失")
        }
        ClientAct::Closes => said(
            "{who} closes its connection; the server, which never reads, does not notice",
            "{who} 关闭连接；服务器从不读取，并未察觉",
        ),
        ClientAct::Broken { code } => {
            said("{who}’s connection broke off: {a}", "{who} 的连接中断：{a}").a(reason(*code))
        }
    }
}

fn set(settings: &ClockSettings) -> Said {
    macro_rules! said_of {
        ($en:literal, $zh:literal) => {
            if settings.small_buffers {
                said(
                    concat!("settings: ", $en, "; every {a} ms; at most {b} connections, with small buffers"),
                    concat!("设置：", $zh, "；间隔 {a} 毫秒；至多 {b} 个连接，使用小缓冲"),
                )
            } else {
                said(
                    concat!("settings: ", $en, "; every {a} ms; at most {b} connections"),
                    concat!("设置：", $zh, "；间隔 {a} 毫秒；至多 {b} 个连接"),
                )
            }
        };
    }
    let said = match (settings.accept_loop, settings.on_write_error) {
        (AcceptLoop::Serial, OnWriteError::ServerDies) => said_of!(
            "one connection after the other; a failed write ends the server",
            "逐个服务连接；写失败则整个服务器退出"
        ),
        (AcceptLoop::Serial, OnWriteError::ConnectionEnds) => said_of!(
            "one connection after the other; a failed write ends that connection",
            "逐个服务连接；写失败只结束那个连接"
        ),
        (AcceptLoop::Concurrent, OnWriteError::ServerDies) => said_of!(
            "a goroutine for each connection; a failed write ends the server",
            "每个连接一个 goroutine；写失败则整个服务器退出"
        ),
        (AcceptLoop::Concurrent, OnWriteError::ConnectionEnds) => said_of!(
            "a goroutine for each connection; a failed write ends that connection",
            "每个连接一个 goroutine；写失败只结束那个连接"
        ),
    };
    said.a(settings.interval_ms).b(settings.connections_max)
}

/// What a lane is doing.
pub(super) fn doing(language: Language, state: &State, lane: LaneId) -> Vec<Part> {
    let slot = |lane: LaneId| Some((lane, name(state, lane)));
    match state.lanes[lane] {
        Lane::Main => {
            let inline = state.inline();
            let said = match (&state.server, inline.map(|id| &state.connections[id])) {
                (Server::Down, _) => said("is not running", "没有运行"),
                (Server::Dead(error), _) => said("has died: {a}", "已经死亡：{a}").a(error),
                (Server::Listening(_), None) => said("waits in Accept", "等在 Accept"),
                (Server::Listening(_), Some(connection)) => serving(connection),
            };
            said.parts(language, slot(lane), inline.and_then(|id| slot(state.connections[id].client_lane)))
        }
        Lane::Goroutine(id) => {
            let connection = &state.connections[id];
            serving(connection).parts(language, slot(lane), slot(connection.client_lane))
        }
        Lane::Client(id) => {
            let connection = &state.connections[id];
            at_client(connection).parts(language, slot(lane), slot(connection.server_lane))
        }
    }
}

fn serving(connection: &Connection) -> Said {
    match connection.serving {
        Serving::Waiting => said("has not accepted {other}", "尚未接受 {other}"),
        Serving::Running => said("serves {other}", "正在服务 {other}"),
        Serving::Blocked => said("waits in Write until {other} reads", "卡在 Write，等 {other} 来读"),
        Serving::Sleeping { ms } => said("sleeps for {a} ms, serving {other}", "服务 {other}，睡 {a} 毫秒").a(ms),
        Serving::Failed => said("could not write to {other}", "给 {other} 的写入失败"),
        Serving::Closed => said("has closed the connection", "已关闭连接"),
        Serving::Died => said("died with the server", "随服务器一起死亡"),
    }
}

fn at_client(connection: &Connection) -> Said {
    match connection.client {
        Client::Dialling => said("dials", "正在连接"),
        Client::Gone => said("is gone", "已经离开"),
        Client::Reset => said("is gone, by a reset", "已经离开（连接被重置）"),
        Client::Ended => said("has read the end", "读到了结尾"),
        Client::Paused => said("does not read", "不读"),
        Client::Reading if matches!(connection.who, Who::Outside(_)) && connection.serving != Serving::Waiting => {
            said("is a program outside of this page", "是页面之外的程序")
        }
        Client::Reading if connection.serving == Serving::Waiting => {
            said("waits in Read: nobody has accepted it yet", "等在 Read：还没有人接受它")
        }
        Client::Reading => said("waits in Read", "等在 Read"),
    }
}

/// How the listener is: who waits for it.
pub(super) fn listener(language: Language, state: &State) -> Vec<Part> {
    let said = match &state.server {
        Server::Down => said("closed", "已关闭"),
        Server::Dead(_) => said("gone with the server", "随服务器消失"),
        Server::Listening(address) => {
            said("{a} · connected and not yet accepted: {b}", "{a} · 已连上、尚未 Accept：{b}")
                .a(address)
                .b(state.waiting())
        }
    };
    said.parts(language, None, None)
}

/// How far a connection's bytes have come.
pub(super) fn bytes(language: Language, connection: &Connection) -> Vec<Part> {
    let said = match connection.who {
        Who::Page(_) => said("written {a} bytes · read {b}", "已写 {a} 字节 · 已读 {b}"),
        Who::Swarm(_) | Who::Outside(_) => said("written {a} bytes", "已写 {a} 字节"),
    };
    said.a(connection.written).b(connection.read).parts(language, None, None)
}

/// A close code, as short as an error of Go's.
fn reason(code: u16) -> String {
    CloseCode::numbered(code).map_or_else(|| format!("{code}"), |code| code.reason().to_owned())
}

/// The most characters of a text in a sentence.
const MOST_CHARACTERS: usize = 60;

/// A text as it stands in a sentence: one line, and not too long.
pub(super) fn shown(text: &str) -> String {
    let mut lines = text.lines();
    let first: String = lines.next().unwrap_or_default().chars().take(MOST_CHARACTERS).collect();
    let more = lines.count();
    if more > 0 { format!("{first} … (+{more})") } else { first }
}
