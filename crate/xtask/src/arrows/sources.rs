//! What a part may not name: the core no clock and no entropy, because the same program, config and choices must give
//! the same trace on every machine; the companion's server and bridge no scenario, because they carry bytes.
//!
//! This reads text, not types: it finds what is named, in code and in `use`, and not what other crates do inside.
//! Unit tests beside the code are held to the same; integration tests are not looked at.

/// Folders below `crate/` that make up the core.
pub(super) const CORE: [&str; 5] = ["kernel", "sync", "scenario", "explore", "session"];
/// The folder of the companion, and where in it programs are run.
pub(super) const COMPANION: (&str, &str) = ("companion", "crate/companion/src/command");

/// What the core may not name, and why.
pub(super) const IMPURE: &[(&str, &str)] = &[
    ("std::time::Instant", "the core has no clock; time is virtual"),
    ("std::time::SystemTime", "the core has no clock; time is virtual"),
    ("std::thread", "the core has no threads"),
    ("std::net", "the core does no I/O"),
    ("std::fs", "the core does no I/O"),
    ("std::io", "the core does no I/O"),
    ("std::env", "the core gets its inputs as arguments"),
    ("std::process", "the core does no I/O"),
    ("thread_local!", "a run's state belongs to the run"),
    ("HashMap", "the order of a hash table is not the same on every machine; use BTreeMap"),
    ("HashSet", "the order of a hash table is not the same on every machine; use BTreeSet"),
    ("RandomState", "the core has no entropy"),
    ("rand::", "the core has no entropy; a draw is a choice"),
];

/// What the companion may name only where programs are run, and why.
pub(super) const PROGRAMS: &[(&str, &str)] = &[
    ("chanscope_kernel", "only commands of the companion know programs"),
    ("chanscope_scenario", "only commands of the companion know programs"),
    ("chanscope_session", "only commands of the companion know programs"),
];

/// Every line of a file that names what it may not.
pub(super) fn complaints(path: &str, text: &str, forbidden: &[(&str, &str)]) -> Vec<String> {
    let mut complaints = Vec::new();
    for (number, line) in (1..).zip(text.lines()) {
        let code = line.split("//").next().unwrap_or_default();
        for (name, reason) in forbidden {
            if names(code, name) {
                complaints.push(format!("{path}:{number} names {name}: {reason}"));
            }
        }
    }
    complaints
}

/// Whether a line names this, by itself or in a list such as `use std::{fmt, time::Duration}`.
fn names(code: &str, name: &str) -> bool {
    let in_a_list = name.match_indices("::").any(|(at, _)| {
        let (module, rest) = (&name[..at], &name[at + 2..]);
        let list = code.split_once(&format!("{module}::{{"));
        list.is_some_and(|(_, list)| stands_alone(list, rest))
    });
    in_a_list || stands_alone(code, name)
}

/// Whether a name occurs other than as part of a longer one.
fn stands_alone(code: &str, name: &str) -> bool {
    let part_of_name = |c: char| c.is_alphanumeric() || c == '_';
    code.match_indices(name).any(|(at, _)| {
        let before = code[..at].chars().next_back();
        let after = code[at + name.len()..].chars().next();
        let open_end = name.ends_with(|c: char| !part_of_name(c));
        !before.is_some_and(part_of_name) && (open_end || !after.is_some_and(part_of_name))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, expected: &[&str]) {
        let found = complaints("crate/kernel/src/x.rs", line, IMPURE);
        assert_eq!(found.len(), expected.len(), "{line}: {found:?}");
        for (complaint, name) in found.iter().zip(expected) {
            assert!(complaint.starts_with(&format!("crate/kernel/src/x.rs:1 names {name}: ")), "{complaint}");
        }
    }

    #[test]
    fn what_a_pure_function_cannot_have_is_found() {
        check("use std::time::{Duration, Instant};", &["std::time::Instant"]);
        check("use std::{fmt, time::Instant};", &["std::time::Instant"]);
        check("let now = std::time::SystemTime::now();", &["std::time::SystemTime"]);
        check("let seen: HashMap<u32, u32> = HashMap::new();", &["HashMap"]);
        check("use std::{fmt, thread};", &["std::thread"]);
        check("thread_local!(static NOW: u32 = 0);", &["thread_local!"]);
        check("let n = rand::random();", &["rand::"]);
    }

    #[test]
    fn what_only_looks_like_it_is_not() {
        check("//! There is no Instant here.", &[]);
        check("use std::time::Duration;", &[]);
        check("use crate::time::Instant;", &[]);
        check("use std::collections::BTreeMap; // not HashMap", &[]);
        check("use std::{fmt, iter};", &[]);
        check("let operand::Left(x) = y;", &[]);
    }
}
