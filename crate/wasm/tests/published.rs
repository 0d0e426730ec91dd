//! Links kept from the first day open: what they name is there, their settings are valid, and those that carry a
//! digest replay to it.

use std::fs;

use chanscope_wasm::{Session, read_link};

#[test]
fn every_published_link_begins_a_run() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/links/published.txt");
    let text = fs::read_to_string(path).expect("the file is there");
    let links = text.lines().filter(|line| line.starts_with('#') || line.starts_with('/') && !line.starts_with("//"));
    let (mut opened, mut replayed) = (0, 0);
    for line in links {
        let link = line.split_whitespace().next().expect("not empty");
        let place = read_link(link).unwrap_or_else(|refusal| panic!("{link}: {}", refusal.message.en));
        let place = place.expect("it names a program");
        let mut session = Session::default();
        session.begin(&place.spec).unwrap_or_else(|refusal| panic!("{link}: {}", refusal.message.en));
        opened += 1;
        // A digest is a promise: the run is the one that was shared, choices and all.
        if let Some(digest) = place.digest {
            while !session.advance(1000).unwrap_or_else(|refusal| panic!("{link}: {}", refusal.message.en)).done {}
            assert_eq!(session.compare_digest(&digest), Ok(None), "{link}");
            replayed += 1;
        }
    }
    assert!(opened >= 16 && replayed >= 3, "{opened} links, {replayed} of them with a digest");
}
