//! Links kept from the first day open: what they name is there, and their settings are valid.

use std::fs;

use chanscope_wasm::{Session, read_link};

#[test]
fn every_published_link_begins_a_run() {
    let path = concat!(env!("CARGO_MANIFEST_DIR"), "/../../tests/links/published.txt");
    let text = fs::read_to_string(path).expect("the file is there");
    let links = text.lines().filter(|line| line.starts_with('#') || line.starts_with('/') && !line.starts_with("//"));
    let mut opened = 0;
    for line in links {
        let link = line.split_whitespace().next().expect("not empty");
        let place = read_link(link).unwrap_or_else(|refusal| panic!("{link}: {}", refusal.message.en));
        let place = place.expect("it names a program");
        // Choices that are not possible there are found only by running; the settings are checked here.
        Session::default().begin(&place.spec).unwrap_or_else(|refusal| panic!("{link}: {}", refusal.message.en));
        opened += 1;
    }
    assert!(opened >= 16, "{opened} links");
}
