//! What a moment tells beside what happened: races at both of their accesses, who has captured a variable, who queues
//! at which processor, where whoever waits stands, and what follows by itself.

use std::collections::BTreeSet;

use chanscope_wasm::wire::{
    LanesBy, Language, Moment, ObjectState, Part, Place, ProcessorsInfo, RunSpec, Shape, Status, WindowData,
    WindowQuery,
};
use chanscope_wasm::{Session, catalogue, read_link};

fn opened(link: &str) -> (Session, u32) {
    let Place { spec, at, .. } = read_link(link).expect("it is one").expect("it names a program");
    (finished(&spec), at)
}

fn finished(spec: &RunSpec) -> Session {
    let mut session = Session::default();
    session.begin(spec).expect("it is valid");
    while !session.advance(1_000_000).expect("nothing is replayed").done {}
    session
}

fn plain(parts: &[Part]) -> String {
    parts
        .iter()
        .map(|part| match part {
            Part::Text { text } | Part::Value { text } | Part::Goroutine { text, .. } | Part::Object { text, .. } => {
                text.as_str()
            }
        })
        .collect()
}

fn sentence(session: &Session, at: u32, language: Language) -> String {
    plain(&session.moment(at, language).expect("it has finished").event.expect("a step").sentence)
}

fn window(session: &Session, by: LanesBy, pixels: u32) -> WindowData {
    let to = session.events().expect("it has finished");
    let query = WindowQuery { from: 0, to, pixels, by, lanes: (0..20).collect(), merged: vec![] };
    session.window(&query).expect("it has finished")
}

const RACES: u32 = 4;

fn marked(data: &WindowData) -> Vec<[u32; 2]> {
    data.marks.chunks(4).filter(|mark| mark[3] & RACES > 0).map(|mark| [mark[0], mark[1]]).collect()
}

fn joined(data: &WindowData) -> Vec<[u32; 4]> {
    data.arrows.chunks(5).filter(|arrow| arrow[4] == 4).map(|arrow| [arrow[0], arrow[1], arrow[2], arrow[3]]).collect()
}

/// main writes the loop's variable while a printer reads it.
#[test]
fn a_race_is_marked_and_told_at_both_of_its_accesses() {
    let (session, at) = opened("#/capture?at=6");
    assert!(sentence(&session, at, Language::En).ends_with(" — data races with steps 4 and 7"));
    assert!(sentence(&session, at, Language::Zh).ends_with("——与第 4、7 步有数据竞争"));
    assert!(sentence(&session, 4, Language::En).ends_with(" — a data race with step 6"));
    assert!(!sentence(&session, 1, Language::En).contains("race"));
    let list = session.log(0, 6, Language::En).expect("it has finished");
    assert!(plain(&list[5].sentence).ends_with(" — data races with steps 4 and 7"));

    let data = window(&session, LanesBy::Goroutine, 1_000);
    assert!(!data.dense);
    assert!(marked(&data).contains(&[0, 3]) && marked(&data).contains(&[1, 5]), "{data:?}");
    assert!(joined(&data).contains(&[0, 3, 1, 5]), "{data:?}");
}

/// Where a pixel holds many events there are no marks but those.
#[test]
fn a_race_is_marked_however_many_events_a_pixel_holds() {
    let (session, _) = opened("#/capture");
    for by in [LanesBy::Goroutine, LanesBy::Object] {
        let (near, far) = (window(&session, by, 1_000), window(&session, by, 3));
        assert!(far.dense && !near.dense);
        let set = |data: &WindowData| marked(data).into_iter().collect::<BTreeSet<_>>();
        assert_eq!(set(&far), set(&near));
        assert_eq!((joined(&far), far.marks.len()), (joined(&near), 4 * marked(&far).len()));
    }
    let (calm, _) = opened("#/rendezvous");
    assert_eq!(
        (marked(&window(&calm, LanesBy::Goroutine, 1)), window(&calm, LanesBy::Goroutine, 1).arrows),
        (vec![], vec![])
    );
}

fn holders(session: &Session, at: u32, variable: &str) -> Vec<String> {
    let objects = session.moment(at, Language::En).expect("it has finished").objects;
    let object = objects.into_iter().find(|object| object.name == variable).expect("it is there");
    let ObjectState::Variable { holders, .. } = object.state else { panic!("{variable} is a variable") };
    holders.iter().map(|holder| plain(std::slice::from_ref(holder))).collect()
}

fn inside(link: &str, name: &str) -> ObjectState {
    let (session, at) = opened(link);
    let objects = session.moment(at, Language::En).expect("it has finished").objects;
    objects.into_iter().find(|object| object.name == name).expect("it is there").state
}

#[test]
fn a_nil_channel_is_a_channel_without_a_capacity() {
    let ObjectState::Channel { capacity, receivers, .. } = inside("#/close-send?what=receive-nil&at=8", "none") else {
        panic!("it is no channel");
    };
    assert_eq!((capacity, receivers), (None, vec![0]));
    let made = inside("#/close-send?what=receive-nil&at=8", "ch");
    assert!(matches!(made, ObjectState::Channel { capacity: Some(0), .. }), "{made:?}");
}

/// What it stored is taken at step 12, in memory at step 18 and out of the buffer at step 19.
#[test]
fn a_store_buffer_has_its_stores_and_how_many_are_being_written() {
    let stored = |at: u32| inside(&format!("#/memory-order?at={at}"), "buffer of goroutine 2");
    let buffer = |stores: &[&str], on_their_way| ObjectState::StoreBuffer {
        stores: stores.iter().map(ToString::to_string).collect(),
        on_their_way,
        waiters: vec![],
    };
    assert_eq!(
        [9, 11, 12, 18, 19].map(stored),
        [buffer(&[], 0), buffer(&["y = 1"], 0), buffer(&["y = 1"], 1), buffer(&["y = 1"], 1), buffer(&[], 0),]
    );
    let memory = inside("#/memory-order?at=18", "y");
    let ObjectState::Variable { value, writer, .. } = memory else { panic!("{memory:?} is no word") };
    assert_eq!((value.as_str(), writer.is_some()), ("1", true));
}

#[test]
fn a_variable_says_who_has_captured_it() {
    let (stored, _) = opened("#/stored?holds=go-1.21");
    assert_eq!(holders(&stored, 0, "i (cell 1)"), [""; 0]);
    let end = stored.events().expect("it has finished");
    assert_eq!(holders(&stored, end, "i (cell 1)"), ["s[0]", "s[1]", "s[2]"]);
    let (each, _) = opened("#/stored?holds=go-1.22");
    let end = each.events().expect("it has finished");
    assert_eq!([1, 2, 3].map(|cell| holders(&each, end, &format!("i (cell {cell})"))), [["s[0]"], ["s[1]"], ["s[2]"]]);

    let (capture, at) = opened("#/capture?at=6");
    assert_eq!(holders(&capture, at, "v")[0], "printer 1");
    // Whoever is over holds nothing.
    let end = capture.events().expect("it has finished");
    assert_eq!(holders(&capture, end, "v"), [""; 0]);
}

/// A place in a queue is one place, whoever can go on has one, and a step is made by who is on its processor.
#[test]
fn processors_have_queues_at_every_step() {
    let scenarios = catalogue();
    let specs = scenarios.iter().flat_map(|scenario| &scenario.presets).map(|preset| &preset.spec);
    let (mut steps, mut queued) = (0, 0);
    for spec in specs {
        for seed in [1.0, 2.0] {
            let session = finished(&RunSpec { strategy: "go-like".to_owned(), seed, ..spec.clone() });
            let events = session.events().expect("it has finished");
            if events > 1_000 {
                continue;
            }
            for at in 0..events {
                let Moment { processors, goroutines, event, .. } = session.moment(at, Language::En).expect("finished");
                let ProcessorsInfo { processors, global } = processors.expect("the strategy has some");
                let mut seats: Vec<u32> = global.first.clone();
                for processor in &processors {
                    seats.extend(processor.running.iter().chain(&processor.next).chain(&processor.queue.first));
                    queued += processor.queue.length;
                }
                let places = seats.len();
                let seats: BTreeSet<u32> = seats.into_iter().collect();
                assert_eq!(seats.len(), places, "{} at {at}", spec.scenario);
                for seat in seats {
                    let status = goroutines[seat as usize].status;
                    assert!(matches!(status, Status::Running | Status::Ready), "{} at {at}", spec.scenario);
                }
                // It may have parked or ended by it, and then it is on none. Of two that meet one runs.
                // Parking, time, and what somebody does before his first operation come along with a step of somebody else.
                let alone = |shape| !matches!(shape, Shape::Park | Shape::Time | Shape::Spawn | Shape::Exit);
                let Some(event) = event.filter(|event| alone(event.shape)) else {
                    continue;
                };
                let Some(running) = event.processor.and_then(|on| processors[usize::from(on)].running) else {
                    continue;
                };
                let ran = running == event.goroutine || event.reached.contains(&running);
                assert!(ran, "{} at {at}: {running} is on the processor of {event:?}", spec.scenario);
                steps += 1;
            }
        }
    }
    assert!(steps > 1_000 && queued > 1_000, "{steps} steps, {queued} in queues");
    let (first_come, _) = opened("#/processors?strategy=first-come");
    assert_eq!(first_come.moment(3, Language::En).expect("it has finished").processors, None);
}

/// A select is one place, whichever of its cases comes.
#[test]
fn whoever_has_parked_stands_where_it_parked() {
    let (session, at) = opened("#/many-to-many?at=17");
    let moment = session.moment(at, Language::En).expect("it has finished");
    let event = moment.event.expect("a step");
    let stands = &moment.goroutines[event.goroutine as usize];
    assert_eq!((stands.status, &stands.site), (Status::Parked, &event.site));
}

#[test]
fn of_several_things_that_somebody_waits_for_each_has_its_reason() {
    let (session, at) = opened("#/many-to-many?at=17");
    let moment = session.moment(at, Language::En).expect("it has finished");
    let doing = plain(&moment.goroutines[4].doing);
    assert_eq!(
        doing,
        "receive from stopCh (nobody is sending) or send 31 on dataCh (the buffer is full, 2\u{a0}of\u{a0}2)"
    );
    assert_eq!(plain(&moment.goroutines[0].doing), "wait for wg: 2 not done yet");
    let next = session.moment(0, Language::En).expect("it has finished");
    assert_eq!(plain(&next.goroutines[0].doing), "next: add 2 to wg");
}

/// main starts everybody in one step, of nine events.
#[test]
fn every_event_of_a_step_can_be_followed_by_hand() {
    let (session, _) = opened("#/many-to-many");
    let every = session.moves(1, true, Language::En).expect("it has finished");
    let [only] = &every.moves[..] else { panic!("{every:?}") };
    assert_eq!((every.at, only.choice.as_str(), only.taken), (1, "", true));
    assert_eq!(plain(&only.sentence), "start moderator");
    let choices = session.moves(1, false, Language::En).expect("it has finished");
    assert!(choices.at > 1 && choices.moves.len() > 1, "{choices:?}");
    assert_eq!(session.moves(choices.at, true, Language::En).expect("it has finished"), choices);
}

/// The version is a digest's first character.
#[test]
fn a_store_buffer_with_nothing_in_it_is_nowhere_said_to_write_next() {
    let (session, _) = opened("#/memory-order");
    let events = session.summary().expect("it has finished").events;
    let mut parks = 0;
    for at in 0..events {
        let moment = session.moment(at, Language::En).expect("it has finished");
        let next = session.moment(at + 1, Language::En).expect("it has finished").event.expect("it has happened");
        if !plain(&next.sentence).contains("it waits for a store") {
            continue;
        }
        parks += 1;
        let buffer = &moment.goroutines[next.goroutine as usize];
        let waits = "write its oldest store to memory: it waits for a store";
        assert_eq!(plain(&buffer.doing), waits);
        let moves = session.moves(at, true, Language::En).expect("it has finished");
        assert_eq!(plain(&moves.moves[0].sentence), format!("stop and wait: {waits}"));
    }
    // Both are begun empty, and are empty again.
    assert_eq!(parks, 4);
}

#[test]
fn a_link_of_an_older_version_says_so() {
    let text = include_str!("../../../tests/links/published.txt");
    let mut links = 0;
    for link in text.lines().filter(|line| line.contains("?digest=1")) {
        let link = link.split_whitespace().next().expect("not empty");
        let Place { spec, digest, .. } = read_link(link).expect("it opens").expect("it names a program");
        let session = finished(&spec);
        let recorded = digest.expect("it has one");
        assert_eq!(session.compare_digest(&recorded), Ok(None), "{link}");
        for (version, says) in [("0", "an older version"), ("2", "a newer version")] {
            let other = session.compare_digest(&recorded.replacen('1', version, 1)).expect_err("it cannot be compared");
            assert!(other.message.en.contains(says) && other.message.en.contains("replays"), "{other:?}");
        }
        links += 1;
    }
    assert!(links >= 3, "{links} links with a digest");
}
