//! The links of `tests/links/published.txt` open and say what they always said.

use std::fmt::Write;
use std::path::PathBuf;
use std::{env, fs};

use chanscope_link::{Link, LinkParts};

fn file(name: &str) -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("../../tests/links").join(name)
}

fn links(text: &str) -> impl Iterator<Item = &str> {
    text.lines()
        .filter(|line| !line.is_empty() && !line.starts_with("//"))
        .map(|line| line.split_once(' ').expect("each link is followed by a word on what it is").0)
}

fn open(fragment: &str) -> Link {
    match Link::decode(fragment) {
        Ok(link) => link.unwrap_or_else(|| panic!("{fragment}: nothing in it")),
        Err(error) => panic!("{fragment}: {error}"),
    }
}

fn describe(fragment: &str, parts: &LinkParts) -> String {
    let mut text = format!("{fragment}\n    program   {}\n", parts.program);
    let mut line = |name: &str, value: &dyn std::fmt::Display| {
        writeln!(text, "    {name:<9} {value}").expect("writing to a string does not fail");
    };
    for (name, value) in &parts.settings {
        line("setting", &format_args!("{name} = {value}"));
    }
    if let Some(strategy) = &parts.strategy {
        line("strategy", strategy);
    }
    if let Some(seed) = parts.seed {
        line("seed", &seed.get());
    }
    for deviation in &parts.deviations {
        line("choice", &format_args!("{} at {}", deviation.choice, deviation.at));
    }
    line("at", &parts.at);
    if let Some(digest) = &parts.digest {
        line("digest", digest);
    }
    text
}

#[test]
fn published_links_say_what_they_always_said() {
    let published = fs::read_to_string(file("published.txt")).expect("the published links");
    let said: Vec<String> = links(&published).map(|link| describe(link, open(link).parts())).collect();
    let said = said.join("\n");
    if env::var_os("UPDATE_GOLDEN").is_some() {
        fs::write(file("published.golden"), &said).expect("the golden is written");
    }
    let golden = fs::read_to_string(file("published.golden")).expect("the golden; UPDATE_GOLDEN=1 writes it");
    // Line by line, so that a failure shows the one that differs and not both files.
    for (number, (said, golden)) in said.lines().zip(golden.lines()).enumerate() {
        assert_eq!(said, golden, "line {} of tests/links/published.golden", number + 1);
    }
    assert_eq!(said.lines().count(), golden.lines().count(), "lines of tests/links/published.golden");
}

#[test]
fn published_links_open_again_as_they_are_written_today() {
    let published = fs::read_to_string(file("published.txt")).expect("the published links");
    for fragment in links(&published) {
        let link = open(fragment);
        assert_eq!(open(&link.encode()), link, "{fragment}");
    }
}
