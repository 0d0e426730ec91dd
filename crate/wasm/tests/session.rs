//! The session's answers to good and bad questions.

use chanscope_wasm::wire::{Deviation, LanesBy, Language, Moment, Part, Refusal, RunSpec, Setting, WindowQuery};
use chanscope_wasm::{Session, catalogue, read_link};

fn default_spec() -> RunSpec {
    catalogue()[0].presets[0].spec.clone()
}

fn run(session: &mut Session, spec: &RunSpec) -> Result<(), Refusal> {
    session.begin(spec)?;
    while !session.advance(1000)?.done {}
    Ok(())
}

fn finished(spec: &RunSpec) -> Session {
    let mut session = Session::default();
    run(&mut session, spec).expect("a valid run");
    session
}

#[test]
fn nothing_can_be_asked_before_something_was_run() {
    let session = Session::default();
    assert_eq!(session.summary().expect_err("nothing was run").kind, "state");
    assert_eq!(session.moment(0, Language::En).expect_err("nothing was run").kind, "state");
}

/// Names the field, the value and the range; the last good run stays.
#[test]
fn bad_settings_are_refused_by_name() {
    let cases = [
        ("producers", Setting::Number(0.0), "producers takes a whole number from 1 to 100, not “0”"),
        ("producers", Setting::Number(101.0), "producers takes a whole number from 1 to 100, not “101”"),
        ("producers", Setting::Number(2.5), "producers takes a whole number from 1 to 100, not “2.5”"),
        ("producers", Setting::Number(f64::NAN), "producers takes a whole number from 1 to 100, not “NaN”"),
        ("producers", Setting::Flag(true), "producers takes a whole number from 1 to 100, not “yes”"),
        ("earlyCheck", Setting::Text("maybe".to_owned()), "earlyCheck takes yes or no, not “maybe”"),
        ("requests", Setting::Number(1.0), "requests takes both, producer or consumers, not “1”"),
    ];
    let mut session = finished(&default_spec());
    let before = session.summary().expect("it has finished");
    for (field, setting, message) in cases {
        let mut spec = default_spec();
        spec.config.insert(field.to_owned(), setting);
        let refusal = session.begin(&spec).expect_err(message);
        assert_eq!((refusal.field.as_deref(), refusal.message.en.as_str()), (Some(field), message));
        assert_eq!(session.summary().expect("the last one stays"), before);
    }
}

#[test]
fn whatever_else_is_wrong_with_a_spec_is_said() {
    let spec = default_spec();
    let unknown = RunSpec { scenario: "nothing".to_owned(), ..spec.clone() };
    let strategy = RunSpec { strategy: "luck".to_owned(), ..spec.clone() };
    let seed = RunSpec { seed: -1.0, ..spec.clone() };
    let deviation = |at, choice: &str| Deviation { at, choice: choice.to_owned() };
    let choice = RunSpec { deviations: vec![deviation(7, "what")], ..spec.clone() };
    let order = RunSpec { deviations: vec![deviation(9, "1-park"), deviation(9, "1-park")], ..spec.clone() };
    let mut setting = spec;
    setting.config.insert("colour".to_owned(), Setting::Number(1.0));
    let cases = [
        (unknown, "there is no program “nothing”"),
        (strategy, "strategy takes first-come, random, round-robin, pct, go-like or local-pool, not “luck”"),
        (seed, "seed takes a whole number from 0 to 9007199254740991, not “-1”"),
        (choice, "“what” at step 7 is no choice; a choice looks like 3-send or 3-recv@1~5"),
        (order, "choices made by hand come one a step, in order"),
        (
            setting,
            "there is no setting “colour” here; there are producers, consumers, capacity, values, rounds, requests, \
             stopCapacity, earlyCheck, wait",
        ),
    ];
    for (spec, message) in cases {
        assert_eq!(Session::default().begin(&spec).expect_err(message).message.en, message);
    }
}

#[test]
fn a_choice_that_is_not_possible_diverges() {
    let mut spec = default_spec();
    spec.deviations.push(Deviation { at: 9, choice: "5-close".to_owned() });
    let mut session = Session::default();
    let refusal = run(&mut session, &spec).expect_err("nobody closes there");
    assert_eq!(refusal.kind, "diverged");
    assert!(
        refusal.message.en.starts_with("at step 9 the choice 5-close is not possible; possible are "),
        "{refusal:?}"
    );
    assert_eq!(session.summary().expect_err("there is no trace").kind, "state");

    spec.deviations = vec![Deviation { at: 100_000, choice: "1-park".to_owned() }];
    let refusal = run(&mut session, &spec).expect_err("the run is not that long");
    assert_eq!(refusal.message.en, "at step 100000 the choice 1-park cannot be made; the run ends at step 50");
}

/// Every choice at every position gives a run that begins like the one at hand, and does there what was chosen.
#[test]
fn every_listed_move_can_be_taken() {
    let spec = RunSpec { strategy: "random".to_owned(), seed: 3.0, ..default_spec() };
    let session = finished(&spec);
    let events = session.summary().expect("it has finished").events;
    for at in 0..events {
        let moves = session.moves(at, false, Language::En).expect("it has finished");
        assert!(moves.at >= at && moves.total as usize == moves.moves.len());
        let taken: Vec<_> = moves.moves.iter().filter(|one| one.taken).collect();
        assert_eq!(taken.len(), usize::from(!moves.moves.is_empty()), "exactly one was taken at {at}");
        for one in &moves.moves {
            let spec = session.choose(moves.at, &one.choice).expect("it was listed");
            let other = finished(&spec);
            // What goroutines are about to do is told from what they do later, so that may differ.
            let past = |session: &Session| {
                let Moment { event, objects, output, .. } = session.moment(moves.at, Language::En).expect("finished");
                (event, objects, output)
            };
            assert_eq!(past(&other), past(&session));
            let same =
                other.summary().expect("it has finished").digest == session.summary().expect("it has finished").digest;
            assert_eq!(same, one.taken, "{} at {at}", one.choice);
        }
    }
}

/// A parked sender that could go on now, and will not because another is faster, is not told that the buffer is full.
#[test]
fn what_hinders_a_goroutine_is_told_as_it_is() {
    let catalogue = catalogue();
    let leak = &catalogue.iter().find(|scenario| scenario.id == "many-to-one").expect("it is there").presets[0].spec;
    let session = finished(&RunSpec { strategy: "random".to_owned(), seed: 1.0, ..leak.clone() });
    let events = session.summary().expect("it has finished").events;
    let mut told = std::collections::BTreeSet::new();
    for at in 0..=events {
        for goroutine in session.moment(at, Language::En).expect("it has finished").goroutines {
            let words = goroutine.doing.iter().map(|part| match part {
                Part::Text { text } | Part::Value { text } => text.as_str(),
                Part::Goroutine { .. } | Part::Object { .. } => "*",
            });
            told.insert(words.collect::<String>());
        }
    }
    let says = |reason: &str| told.iter().any(|told| told.contains(reason));
    assert!(says("there is room now, 0\u{a0}of\u{a0}1") && says("the buffer is full, 1\u{a0}of\u{a0}1"), "{told:?}");
    assert!(!says("the buffer is full, 0\u{a0}of\u{a0}1"), "{told:?}");
}

/// Where a draw has more ways than are listed, everybody who can move is still there, and so is what was done.
#[test]
fn a_long_list_of_moves_leaves_nobody_out() {
    let notes = &catalogue()[0].presets[1].spec;
    let spec = RunSpec { strategy: "random".to_owned(), ..notes.clone() };
    let session = finished(&spec);
    let moves = session.moves(130, false, Language::En).expect("it has finished");
    assert!(moves.total > 100_000, "{} ways to go on", moves.total);
    assert!(moves.moves.len() <= 257);
    assert_eq!(moves.moves.iter().filter(|one| one.taken).count(), 1);
    let mut who: Vec<u32> = moves.moves.iter().map(|one| one.goroutine).collect();
    who.dedup();
    assert!(who.len() > 50, "only {} goroutines are listed", who.len());
}

/// Links say a run and a moment, and nothing of what is as by default.
#[test]
fn a_link_leads_back_to_its_moment() {
    let mut chosen = RunSpec { strategy: "random".to_owned(), seed: 42.0, ..default_spec() };
    chosen.config.insert("producers".to_owned(), Setting::Number(2.0));
    let first = finished(&chosen);
    let moves = first.moves(9, false, Language::En).expect("it has finished");
    let other = moves.moves.iter().find(|one| !one.taken).expect("there is another");
    let session = finished(&first.choose(moves.at, &other.choice).expect("it was listed"));
    let summary = session.summary().expect("it has finished");
    let link = session.write_link(17, true).expect("it fits");
    let place = read_link(&link).expect("our own").expect("not empty");
    assert_eq!((place.at, place.digest.as_ref()), (17, Some(&summary.digest)));
    assert_eq!(finished(&place.spec).summary().expect("it has finished"), summary);

    let default = finished(&default_spec());
    assert_eq!(default.write_link(17, false).expect("it fits"), "#/many-to-many?at=17");
    // As the documentation of `chanscope-link` says.
    assert_eq!(default.write_link(17, true).expect("it fits").len(), 53);
    assert_eq!(read_link("#"), Ok(None));
}

#[test]
fn a_differing_digest_says_where() {
    let one = finished(&default_spec());
    let other = finished(&RunSpec { strategy: "random".to_owned(), seed: 1.0, ..default_spec() });
    let digest = |session: &Session| session.summary().expect("it has finished").digest;
    assert_eq!(one.compare_digest(&digest(&one)), Ok(None));
    let difference = one.compare_digest(&digest(&other)).expect("comparable").expect("they differ");
    let (from, to) = (difference.from, difference.to.expect("within both"));
    let moment = |session: &Session, at| session.moment(at, Language::En).expect("it has finished").event;
    let parts = (1..).find(|&at| moment(&one, at) != moment(&other, at)).expect("they part");
    assert!(from < parts && parts <= to, "they part at {parts}, said was {from} to {to}");
    assert_eq!(one.compare_digest("2abc").expect_err("of a later version").kind, "digest");
    assert_eq!(one.compare_digest("1abc").expect_err("too short").kind, "digest");
}

/// A window is exactly what a full picture has there.
#[test]
fn windows_are_pieces_of_the_whole() {
    let session = finished(&RunSpec { strategy: "random".to_owned(), seed: 5.0, ..default_spec() });
    let events = session.summary().expect("it has finished").events;
    let ask = |from, to| session.window(&of_lanes(from, to, 0..100, 1000)).expect("it has finished");
    let whole = ask(0, events);
    let marks = |flat: &[u32]| -> Vec<[u32; 4]> { flat.as_chunks().0.to_vec() };
    for from in 0..events {
        for to in from..=events {
            let part = ask(from, to);
            let expected: Vec<_> =
                marks(&whole.marks).into_iter().filter(|mark| (from..to).contains(&mark[1])).collect();
            assert_eq!(marks(&part.marks), expected, "marks of {from}..{to}");
            let clipped = marks(&whole.spans).into_iter().map(|[lane, a, b, s]| [lane, a.max(from), b.min(to), s]);
            let expected: Vec<_> = clipped.filter(|span| span[1] < span[2]).collect();
            assert_eq!(marks(&part.spans), expected, "spans of {from}..{to}");
            let arrows: Vec<[u32; 5]> = part.arrows.as_chunks().0.to_vec();
            let inside = |at: u32| (from..to).contains(&at);
            let all: Vec<[u32; 5]> = whole.arrows.as_chunks().0.to_vec();
            let expected: Vec<_> = all.into_iter().filter(|arrow| inside(arrow[1]) || inside(arrow[3])).collect();
            assert_eq!(arrows, expected, "arrows of {from}..{to}");
        }
    }
    let dense = session.window(&of_lanes(0, events, 0..3, 10));
    let dense = dense.expect("it has finished");
    assert!(dense.dense && dense.spans.is_empty() && dense.density.len() == 3 * 10 * 2);
    let counted: u32 = dense.density.chunks(2).map(|cell| u32::from(cell[1])).sum();
    let expected = marks(&whole.marks).into_iter().filter(|mark| mark[0] < 3).count();
    assert_eq!(counted as usize, expected, "every event is in some pixel");
}

fn of_lanes(from: u32, to: u32, lanes: std::ops::Range<u32>, pixels: u32) -> WindowQuery {
    WindowQuery { from, to, pixels, by: LanesBy::Goroutine, lanes: lanes.collect(), merged: Vec::new() }
}

/// Each event is on exactly one processor's lane, and on no more than one object's.
#[test]
fn lanes_by_processor_and_by_object_have_every_event_once() {
    let session = finished(&RunSpec { strategy: "go-like".to_owned(), seed: 3.0, ..default_spec() });
    let run = session.summary().expect("it has finished");
    assert!(run.processors > 1, "Go's processors are more than one");
    let ask = |by, lanes, pixels| {
        let query = WindowQuery { from: 0, to: run.events, pixels, by, lanes, merged: Vec::new() };
        session.window(&query).expect("it has finished")
    };
    let events = |window: &chanscope_wasm::wire::WindowData| -> Vec<u32> {
        let mut events: Vec<u32> = window.marks.as_chunks::<4>().0.iter().map(|mark| mark[1]).collect();
        events.sort_unstable();
        events
    };
    let processors = ask(LanesBy::Processor, (0..run.processors).collect(), 10_000);
    assert_eq!(events(&processors), (0..run.events).collect::<Vec<_>>());
    let spans = processors.spans.as_chunks::<4>().0;
    assert_eq!(processors.actors.len(), spans.len() + run.events as usize);
    for (mark, actor) in processors.marks.as_chunks::<4>().0.iter().zip(&processors.actors[spans.len()..]) {
        let on = |(span, who): &(&[u32; 4], &u32)| {
            span[0] == mark[0] && (span[1]..span[2]).contains(&mark[1]) && *who == actor
        };
        assert_eq!(spans.iter().zip(&processors.actors).filter(on).count(), 1, "event {} is in its turn", mark[1]);
    }
    let objects = events(&ask(LanesBy::Object, run.objects.iter().map(|object| object.id).collect(), 10_000));
    assert!(!objects.is_empty() && objects.is_sorted_by(|a, b| a < b), "no event twice");
    let counted: u32 = ask(LanesBy::Object, run.objects.iter().map(|object| object.id).collect(), 10)
        .density
        .chunks(2)
        .map(|cell| u32::from(cell[1]))
        .sum();
    assert_eq!(counted as usize, objects.len());
    let merged = WindowQuery { merged: vec![(0..100).collect()], ..of_lanes(0, run.events, 0..0, 10) };
    let merged = session.window(&merged).expect("it has finished");
    assert_eq!(merged.density.chunks(2).map(|cell| u32::from(cell[1])).sum::<u32>(), run.events, "all in one");
}

/// Checked against nothing but program order and the ways of values: a send is before its receive's goroutine goes on.
#[test]
fn what_is_before_and_after_an_event_agree_with_each_other() {
    let session = finished(&RunSpec { strategy: "random".to_owned(), seed: 5.0, ..default_spec() });
    let run = session.summary().expect("it has finished");
    let all: Vec<_> = (1..=run.events).map(|at| session.around(at).expect("it leads there")).collect();
    let who: Vec<u32> = session
        .log(0, run.events, Language::En)
        .expect("it has finished")
        .iter()
        .map(|event| event.goroutine)
        .collect();
    let before = |a: u32, b: u32| all[b as usize].before[who[a as usize] as usize].is_some_and(|last| a <= last);
    let after = |a: u32, b: u32| all[b as usize].after[who[a as usize] as usize].is_some_and(|first| a >= first);
    let mut concurrent = 0;
    for a in 0..run.events {
        for b in a + 1..run.events {
            let same_step = all[b as usize].first <= a;
            assert_eq!(before(a, b), after(b, a), "{a} and {b}");
            assert!(!after(a, b) && !before(b, a), "nothing earlier is after: {a} and {b}");
            assert!(same_step || who[a as usize] != who[b as usize] || before(a, b), "program order: {a} and {b}");
            concurrent += u32::from(!same_step && !before(a, b));
        }
    }
    assert!(concurrent > 0, "goroutines run beside each other");
    assert_eq!(session.around(0).expect_err("before anything").kind, "state");
}

#[test]
fn a_value_is_followed_from_its_birth_to_its_receiver() {
    let session = finished(&default_spec());
    let events = session.summary().expect("it has finished").events;
    let log = session.log(0, events, Language::En).expect("it has finished");
    let receive = log.iter().find(|event| event.shape == chanscope_wasm::wire::Shape::Receive && event.value.is_some());
    let receive = receive.expect("something is received");
    let way = session.journey(receive.index + 1).expect("it leads there");
    assert!(way.contains(&(receive.index + 1)) && way.is_sorted());
    let had: Vec<_> = way.iter().map(|&at| log[at as usize - 1].value.clone()).collect();
    assert!(had.iter().all(|value| *value == receive.value), "{had:?}");
    let sent = way.iter().any(|&at| log[at as usize - 1].shape == chanscope_wasm::wire::Shape::Send);
    assert!(sent, "somebody sent it: {way:?}");
    for &at in &way {
        assert_eq!(session.journey(at).expect("it leads there"), way, "the same way from each of its events");
    }
}

#[test]
fn another_run_stands_beside_the_one_at_hand() {
    let mut session = finished(&default_spec());
    let other = RunSpec { strategy: "random".to_owned(), seed: 1.0, ..default_spec() };
    assert_eq!(session.other_log(0, 1, Language::En).expect_err("none yet").kind, "state");
    let comparison = session.compare(&other).expect("it goes");
    assert!(comparison.parted);
    let (ours, theirs) = (session.log(0, 50, Language::En), session.other_log(0, 50, Language::En));
    let (ours, theirs) = (ours.expect("it has finished"), theirs.expect("it is there"));
    let same = comparison.same as usize;
    assert_eq!(ours[..same], theirs[..same]);
    assert_ne!(ours[same], theirs[same]);
    assert_eq!(comparison.other.digest, finished(&other).summary().expect("it has finished").digest);
    assert!(!session.compare(&default_spec()).expect("it goes").parted, "a run does not part from itself");
}
