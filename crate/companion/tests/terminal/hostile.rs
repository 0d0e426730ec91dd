//! What nobody in his right mind asks. Each is one clear line, at once.

use std::io::Read;
use std::process::Stdio;

use crate::support::{chanscope, refused};

#[test]
fn every_bad_option_is_named_with_what_was_expected() {
    let long = "x".repeat(100_000);
    let long_setting = format!("{long}=1");
    let cases: &[(&[&str], &str)] = &[
        (&["run", ""], "there is no program “”; `chanscope list` names those that there are"),
        (&["run", "--", "--set"], "there is no program “--set”"),
        (&["run", "\u{1b}[2J"], "there is no program “\\u{1b}[2J”"),
        (&["run", &long], "there is no program “xxxx"),
        (&["run", "capture", "--set", "wait"], "--set: expected name=value, such as producers=2; found wait"),
        (&["run", "capture", "--set", "wait="], "--set: wait takes yes or no, not “”"),
        (&["run", "capture", "--set", "=yes"], "--set: there is no setting “” here; there are variable, wait"),
        (&["run", "capture", "--set", &long_setting], "--set: there is no setting “xxxx"),
        (&["run", "capture", "--set", "wait=no", "--set", "wait=no"], "--set: wait is given more than once"),
        (&["run", "lastzero", "--set", "m=1"], "--set: there is no setting “m” here; there is n"),
        (
            &["run", "many-to-many", "--set", "producers=1e9"],
            "--set: producers takes a whole number from 1 to 100, not “1e9”",
        ),
        (
            &["run", "many-to-many", "--set", "producers=99999999999999999999"],
            "--set: producers takes a whole number from 1 to 100, not “99999999999999999999”",
        ),
        (
            &["run", "many-to-many", "--set", "producers=NaN"],
            "--set: producers takes a whole number from 1 to 100, not “NaN”",
        ),
        (
            &["run", "many-to-many", "--set", "producers=-1"],
            "--set: producers takes a whole number from 1 to 100, not “-1”",
        ),
        (&["run", "capture", "--preset", "what"], "--preset: capture has no preset what; there are one-for-all"),
        (
            &["run", "capture", "--strategy", "luck"],
            "--strategy takes first-come, random, round-robin, pct, go-like or local-pool, not “luck”",
        ),
        (
            &["run", "capture", "--seed", "9007199254740992"],
            "invalid value '9007199254740992' for '--seed <N>': it takes a whole number from 0 to 9007199254740991",
        ),
        (
            &["run", "capture", "--seed", "-1"],
            "invalid value '-1' for '--seed <N>': it takes a whole number from 0 to 9007199254740991",
        ),
        (&["run", "capture", "--base", "http://x#y"], "expected an address of http or https, without “#”"),
        (&["run", "capture", "--base", "javascript:alert(1)"], "expected an address of http or https"),
        (&["run", "capture", "--base", "https://"], "expected an address of http or https"),
        (&["litmus", "x", "--max-seconds", "0"], "it takes a whole number from 1 to 86400"),
        (&["explore", "capture", "--max-executions", "0"], "it takes a whole number from 1 to 1000000000"),
        (&["explore", "capture", "--max-executions", "1000000001"], "it takes a whole number from 1 to 1000000000"),
        (&["explore", "capture", "--max-executions", "1e9"], "it takes a whole number from 1 to 1000000000"),
        (&["explore", "capture", "--max-steps", "0"], "it takes a whole number from 1 to 10000"),
        (&["explore", "capture", "--samples", "1000001"], "it takes a whole number from 0 to 1000000"),
        (&["explore", "capture", "--samples", "-1"], "invalid value '-1' for '--samples <N>': it takes a whole number"),
        (&["explore", "capture", "--max-seconds", "0"], "it takes a whole number from 1 to 86400"),
        (&["explore", "capture", "--max-preemptions", "1001"], "it takes a whole number from 0 to 1000"),
        (&["explore", "capture", "--workers", "0"], "it takes a whole number from 1 to 256"),
        (&["explore", "capture", "--workers", "257"], "it takes a whole number from 1 to 256"),
        (&["litmus", "x", "--max-executions", "0"], "it takes a whole number from 1 to 1000000000"),
        (&["serve", "--connections", "0"], "it takes a whole number from 1 to "),
        (&["explore", "capture", "--set", "wait=3"], "--set: wait takes yes or no, not “3”"),
        (&["explore"], "<SCENARIO>"),
        (&["replay"], "<LINK>"),
        (&["replay", &long], "The link is 100000 bytes long; at most 65536 are read."),
    ];
    for (arguments, said) in cases {
        let error = refused(arguments);
        let asked: String = format!("{arguments:?}").chars().take(200).collect();
        assert!(error.contains(said) && error.len() < 1_000, "{asked}: {error}");
    }
}

/// Whoever reads only the beginning ends nothing but the printing.
#[test]
fn a_reader_who_has_seen_enough_is_no_failure() {
    let mut child = chanscope(&["run", "many-to-many", "--preset", "notes"]).stdout(Stdio::piped()).spawn().unwrap();
    let mut stdout = child.stdout.take().unwrap();
    let mut first = [0; 16];
    stdout.read_exact(&mut first).unwrap();
    drop(stdout);
    assert_eq!(child.wait().unwrap().code(), Some(0));
}
