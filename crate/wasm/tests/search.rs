//! Telling a stretch of events and finding the next one, against every moment told by itself.

use chanscope_wasm::wire::{EventInfo, Language, Part, Quarry, SearchQuery, Shape};
use chanscope_wasm::{Session, catalogue};

fn session() -> Session {
    let mut session = Session::default();
    session.begin(&catalogue()[0].presets[0].spec).expect("a preset");
    while !session.advance(1000).expect("a preset").done {}
    session
}

fn each(session: &Session) -> Vec<EventInfo> {
    let events = session.events().expect("it has finished");
    let moment = |at| session.moment(at, Language::En).expect("it has finished");
    (1..=events).map(|at| moment(at).event.expect("not the start")).collect()
}

#[test]
fn a_stretch_is_told_as_its_moments_are() {
    let session = session();
    let each = each(&session);
    let end = session.events().expect("it has finished");
    assert_eq!(session.log(0, end, Language::En), Ok(each.clone()));
    assert_eq!(session.log(7, 12, Language::En), Ok(each[7..12].to_vec()));
    assert_eq!(session.log(end, u32::MAX, Language::En), Ok(vec![]));
    assert_eq!(session.log(9, 3, Language::En), Ok(vec![]));
}

/// Whoever steps from find to find sees every event that fits, once, in either direction.
#[test]
fn finding_leaves_nothing_out() {
    let session = session();
    let each = each(&session);
    let end = session.events().expect("it has finished");
    let walk = |quarry, backward| {
        let mut from = if backward { end + 1 } else { 0 };
        let mut found = Vec::new();
        while let Some(at) = session.find(SearchQuery { quarry, from, backward }).expect("it has finished") {
            found.push(at);
            from = at;
        }
        found
    };
    let check = |quarry, fits: &dyn Fn(&EventInfo) -> bool| {
        let forward = walk(quarry, false);
        assert!(!forward.is_empty() && forward.len() < each.len(), "{quarry:?}: {forward:?}");
        for event in &each {
            assert!(!fits(event) || forward.contains(&(event.index + 1)), "{quarry:?} at {}", event.index);
        }
        let mut backward = walk(quarry, true);
        backward.reverse();
        // The last position is where a search from beyond the end begins.
        assert_eq!(backward, forward.into_iter().filter(|&at| at < end).collect::<Vec<_>>());
    };
    check(Quarry::Goroutine { id: 2 }, &|event| event.goroutine == 2);
    check(Quarry::Notable, &|event| matches!(event.shape, Shape::Park | Shape::Close | Shape::Panic));
    let channel = each.iter().find(|event| event.shape == Shape::Send).and_then(|event| event.object);
    let id = channel.expect("something is sent");
    check(Quarry::Object { id }, &|event| event.object == Some(id));
    let is_named = |part: &Part| matches!(part, Part::Object { id: named, .. } if *named == id);
    assert!(each.iter().any(|event| event.sentence.iter().any(is_named)));
}
