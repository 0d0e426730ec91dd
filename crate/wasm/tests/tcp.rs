//! A recorded session: what is told of it, drawn of it, and read back from a file.

use std::net::SocketAddr;

use chanscope_tcp::clock::{ClockAct, ClockSettings};
use chanscope_wasm::tcp::{Act, BadFile, ClientAct, Entry, MOST_EVENTS, Recording, read, write};
use chanscope_wasm::wire::{LanesBy, Language, Moment, ObjectState, Part, Quarry, SearchQuery, Status, WindowQuery};

fn peer(number: u16) -> SocketAddr {
    ([127, 0, 0, 1], 40_000 + number).into()
}

fn server(number: u16, what: ClockAct) -> Act {
    Act::Server { connection: Some(peer(number)), what }
}

fn alone(what: ClockAct) -> Act {
    Act::Server { connection: None, what }
}

fn client(number: u32, what: ClientAct) -> Act {
    Act::Client { number, what }
}

fn opens(number: u16) -> [Act; 2] {
    let number_of_page = u32::from(number);
    [client(number_of_page, ClientAct::Dial), client(number_of_page, ClientAct::Opened { local: peer(number) })]
}

fn line() -> String {
    "2006-01-02 15:04:05\n".to_owned()
}

fn recorded(acts: impl IntoIterator<Item = Act>) -> Recording {
    Recording::of(acts.into_iter().zip(1..).map(|(act, at_us)| Entry { at_us, act }).collect())
}

/// Two clients of the serial server; the first leaves, and the second is served by nobody: the server dies.
fn serial() -> Recording {
    let mut acts = vec![alone(ClockAct::Listen { address: ([127, 0, 0, 1], 8000).into() })];
    acts.extend(opens(1));
    acts.extend(opens(2));
    acts.extend([
        server(1, ClockAct::Accept),
        server(1, ClockAct::Wrote { bytes: 20 }),
        server(1, ClockAct::Sleep { ms: 1000 }),
        client(1, ClientAct::Received { text: line() }),
        client(1, ClientAct::Closes),
        server(1, ClockAct::Wrote { bytes: 20 }),
        server(1, ClockAct::Sleep { ms: 1000 }),
        server(1, ClockAct::WriteError { error: "broken pipe".to_owned() }),
        alone(ClockAct::Die { error: "broken pipe".to_owned(), deferred_skipped: 1 }),
        client(2, ClientAct::WasReset),
    ]);
    recorded(acts)
}

fn said(moment: &Moment) -> String {
    let parts = &moment.event.as_ref().expect("something happened").sentence;
    parts.iter().map(text).collect()
}

fn text(part: &Part) -> &str {
    match part {
        Part::Text { text } | Part::Goroutine { text, .. } | Part::Object { text, .. } | Part::Value { text } => text,
    }
}

fn doing(moment: &Moment, lane: usize) -> String {
    moment.goroutines[lane].doing.iter().map(text).collect()
}

#[test]
fn the_serial_server_accepts_nobody_while_it_serves_one() {
    let recording = serial();
    let moment = recording.moment(8, Language::En);
    assert_eq!(said(&moment), "main sleeps for 1000 ms inside handleConn: nobody can be accepted meanwhile");
    assert_eq!(doing(&moment, 0), "sleeps for 1000 ms, serving client 1");
    assert_eq!(doing(&moment, 2), "waits in Read: nobody has accepted it yet");
    assert_eq!(moment.goroutines[0].status, Status::Parked);
    let ObjectState::Told { sentence, .. } = &moment.objects[0].state else { panic!("{:?}", moment.objects[0]) };
    let sentence: String = sentence.iter().map(text).collect();
    assert_eq!(sentence, "127.0.0.1:8000 · connected and not yet accepted: 1");
}

#[test]
fn a_write_to_who_has_gone_is_taken_and_the_next_one_ends_the_server() {
    let recording = serial();
    let expected = [
        (11, "main writes 20 bytes to client 1, who has gone: the system takes them all the same"),
        (13, "main’s write to client 1 fails: broken pipe"),
        (14, "log.Fatal: the whole process ends, and 1 deferred conn.Close() are never called: broken pipe"),
        (15, "client 2’s connection was reset by its peer"),
    ];
    for (at, sentence) in expected {
        assert_eq!(said(&recording.moment(at, Language::En)), sentence);
    }
    let end = recording.moment(15, Language::Zh);
    assert_eq!(end.goroutines[0].status, Status::Panicked);
    assert_eq!(doing(&end, 0), "已经死亡：broken pipe");
    let notable = |from, backward| recording.find(&SearchQuery { quarry: Quarry::Notable, from, backward });
    assert_eq!(
        (notable(0, false), notable(10, false), notable(15, true), notable(15, false)),
        (Some(10), Some(13), Some(14), None)
    );
}

#[test]
fn goroutines_outside_clients_and_the_swarm_have_lanes_of_their_own() {
    let mut acts = vec![alone(ClockAct::Listen { address: ([127, 0, 0, 1], 8000).into() })];
    acts.extend(opens(1));
    acts.push(server(3, ClockAct::SwarmDial));
    for number in [1, 2, 3] {
        acts.extend([
            server(number, ClockAct::Accept),
            server(number, ClockAct::GoroutineStart),
            server(number, ClockAct::Wrote { bytes: 20 }),
        ]);
    }
    acts.extend([client(1, ClientAct::Received { text: line() }), server(3, ClockAct::SwarmGone)]);
    let recording = recorded(acts);
    let lanes: Vec<_> = recording.lanes().into_iter().map(|lane| lane.name).collect();
    assert_eq!(lanes, ["main", "client 1", "swarm 1", "conn 1", "outside 1", "conn 3", "conn 2"]);
    let window = recording.window(&of_lanes(0..100));
    let values: Vec<_> = window.arrows.chunks(5).filter(|arrow| arrow[4] == 0).collect();
    // From the goroutine's write to where the page's client read it; to the others as it went out.
    assert_eq!(values, [[5, 9, 4, 9, 0], [6, 12, 2, 12, 0], [3, 6, 1, 13, 0]]);
}

#[test]
fn a_recording_that_begins_later_knows_that_the_server_runs() {
    let recording = recorded([Act::Running(peer(0)), server(1, ClockAct::Accept)]);
    let moment = recording.moment(1, Language::En);
    assert_eq!(said(&moment), "main is listening at 127.0.0.1:40000: here the recording begins");
    assert_eq!((moment.goroutines[0].status, doing(&moment, 0).as_str()), (Status::Parked, "waits in Accept"));
}

#[test]
fn windows_are_spans_and_marks_or_else_a_density() {
    let recording = serial();
    let query = of_lanes(0..1);
    let window = recording.window(&query);
    let spans: Vec<_> = window.spans.chunks(4).collect();
    // Accept, then by turns writing and sleeping; a failed write, and then nothing any more.
    assert_eq!(spans, [[0, 1, 6, 3], [0, 6, 8, 1], [0, 8, 11, 3], [0, 11, 12, 1], [0, 12, 13, 3], [0, 13, 14, 1]]);
    let wrong: Vec<_> = window.marks.chunks(4).filter(|mark| mark[3] == 1).map(|mark| mark[1]).collect();
    assert_eq!(wrong, [12, 13]);
    let dense = recording.window(&WindowQuery { pixels: 5, ..query });
    assert!(dense.dense);
    // Three positions each: the status at the first, and how many entries.
    assert_eq!(dense.density, [0, 1, 3, 1, 1, 2, 3, 2, 3, 2]);
}

#[test]
fn a_session_is_the_same_when_it_is_read_back() {
    let mut entries = serial().entries().to_vec();
    let at_us = entries.last().unwrap().at_us;
    for act in [Act::Running(peer(1)), Act::Set(ClockSettings::default()), Act::Missed(7), Act::Lost {}] {
        entries.push(Entry { at_us, act });
    }
    assert_eq!(read(&write(&entries)).unwrap(), entries);
}

/// A page's client that does not read, one that nobody has accepted, one of the swarm, and somebody else's; one has
/// gone.
fn busy() -> Recording {
    let mut acts = vec![alone(ClockAct::Listen { address: ([127, 0, 0, 1], 8000).into() })];
    acts.extend(opens(1));
    acts.extend([
        server(1, ClockAct::Accept),
        server(1, ClockAct::GoroutineStart),
        server(1, ClockAct::Wrote { bytes: 20 }),
        client(1, ClientAct::Paused),
        server(1, ClockAct::WriteBlocked),
        server(3, ClockAct::SwarmDial),
        server(3, ClockAct::Accept),
        server(3, ClockAct::GoroutineStart),
        server(4, ClockAct::Accept),
        server(5, ClockAct::Accept),
        server(5, ClockAct::GoroutineStart),
        server(5, ClockAct::Close),
    ]);
    acts.extend(opens(2));
    recorded(acts)
}

#[test]
fn begun_anew_a_recording_begins_with_what_is_there() {
    let anew = busy().begun_anew();
    let told: Vec<_> = (1..=anew.events()).map(|at| said(&anew.moment(at, Language::En))).collect();
    assert_eq!(
        told,
        [
            "main is listening at 127.0.0.1:8000: here the recording begins",
            "client 1 is connected already, from 127.0.0.1:40001; 20 bytes are on their way to it",
            "conn 1 waits in Write: client 1 does not read, and the system takes no more",
            "client 1 stops reading",
            "swarm 1 is connected already, from 127.0.0.1:40003",
            "outside 1 is connected already, from 127.0.0.1:40004",
            "client 2 is connected already, from 127.0.0.1:40002",
        ]
    );
    let names: Vec<_> = anew.lanes().into_iter().map(|lane| lane.name).collect();
    assert_eq!(names, ["main", "client 1", "conn 1", "swarm 1", "conn 2", "outside 1", "client 2"]);
    assert_eq!(read(&write(anew.entries())).unwrap(), anew.entries());
}

#[test]
fn what_was_there_goes_on_under_its_name() {
    let mut anew = busy().begun_anew();
    for act in
        [client(1, ClientAct::Resumed), client(1, ClientAct::Received { text: line() }), server(2, ClockAct::Accept)]
    {
        anew.push(Entry { at_us: 1, act });
    }
    let at = |back: u32| anew.moment(anew.events() - back, Language::En);
    assert_eq!(said(&at(1)), "client 1 reads 2006-01-02 15:04:05 from conn 1");
    assert_eq!(said(&at(0)), "main accepts client 2");
    assert_eq!(doing(&at(0), 1), "waits in Read");
}

#[test]
fn a_recording_of_a_server_that_is_down_begins_with_nothing() {
    assert_eq!(serial().begun_anew().events(), 0);
}

#[test]
fn what_is_no_session_is_refused_with_the_reason() {
    let refused = |text: &str| read(text).unwrap_err();
    for text in ["", "{}", "[1]", r#"{"format":"x","version":1,"entries":[]}"#] {
        assert!(matches!(refused(text), BadFile::Damaged), "{text}");
    }
    assert_eq!(refused(r#"{"format":"chanscope-tcp","version":2,"entries":[]}"#), BadFile::Version(2));
    let entry = r#"{"t":1,"lost":{}}"#;
    let many = [entry; MOST_EVENTS + 1].join(",");
    assert_eq!(refused(&format!(r#"{{"format":"chanscope-tcp","version":1,"entries":[{many}]}}"#)), BadFile::Large);
    let cut = &write(serial().entries())[..200];
    assert!(matches!(refused(cut), BadFile::Damaged));
}

#[test]
fn entries_in_any_order_make_a_session_without_a_panic() {
    let acts: Vec<Act> = serial().entries().iter().map(|entry| entry.act.clone()).rev().collect();
    let recording = recorded(acts);
    for at in 0..=recording.events() {
        assert_eq!(recording.moment(at, Language::En).at, at);
    }
}

#[test]
fn state_far_in_is_that_of_the_fold_from_the_beginning() {
    let sleep = |_| server(1, ClockAct::Sleep { ms: 1 });
    let mut acts = vec![server(1, ClockAct::Accept)];
    acts.extend((0..2000).map(sleep));
    acts.push(server(1, ClockAct::Close));
    let recording = recorded(acts);
    assert_eq!(doing(&recording.moment(1500, Language::En), 1), "is a program outside of this page");
    assert_eq!(recording.moment(2002, Language::En).goroutines[1].status, Status::Parked);
}

fn of_lanes(lanes: std::ops::Range<u32>) -> WindowQuery {
    let by = LanesBy::Goroutine;
    WindowQuery { from: 0, to: 100, pixels: 1000, by, lanes: lanes.collect(), merged: Vec::new() }
}
