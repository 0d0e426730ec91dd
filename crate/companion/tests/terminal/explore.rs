use crate::support::{json, printed};

/// Three readers of one variable that main goes on writing: six orders that somebody can tell apart, by hand.
/// Reader 1 reads a, b or c, reader 2 reads b or c, reader 3 reads c.
#[test]
fn every_outcome_comes_with_a_witness_that_replays() {
    let explored = json(&["explore", "capture", "--json"]);
    assert_eq!((&explored["scenario"], &explored["complete"]), (&"capture".into(), &true.into()));
    assert_eq!((&explored["executions"], &explored["blocked"]), (&6.into(), &0.into()));
    let outcomes = explored["outcomes"].as_array().unwrap();
    let counts: u64 = outcomes.iter().map(|outcome| outcome["count"].as_u64().unwrap()).sum();
    assert_eq!((outcomes.len(), counts), (5, 6));
    for outcome in outcomes {
        let replayed = json(&["replay", outcome["witness"].as_str().unwrap(), "--json"]);
        assert_eq!((&replayed["diverged"], &replayed["verdict"]["kind"]), (&false.into(), &outcome["verdict"]));
        let mut lines: Vec<_> = replayed["output"].as_array().unwrap().iter().map(|line| line.to_string()).collect();
        lines.sort();
        let expected: Vec<_> = outcome["output"].as_array().unwrap().iter().map(|line| line.to_string()).collect();
        assert_eq!(lines, expected);
    }
}

#[test]
fn people_read_what_is_complete_and_what_a_count_is() {
    let text = printed(&["explore", "capture", "--set", "variable=go-1.22"]);
    assert!(text.contains("ok completed: 1 of 1 execution (100.0 %)\n"), "{text}");
    assert!(text.contains("Complete: 1 outcome in 1 inequivalent execution; there are no others.\n"), "{text}");
    assert!(text.contains("they are not probabilities"), "{text}");
}

#[test]
fn a_limit_that_was_met_is_named() {
    let text = printed(&["explore", "capture", "--max-executions", "2"]);
    assert!(text.contains(" in 2 inequivalent executions (of about "), "{text}");
    let rest = ", at a guess) and 1 000 random runs so far; the limit of 2 executions was met.";
    assert!(text.contains(rest), "{text}");
    let explored = json(&["explore", "capture", "--max-steps", "3", "--samples", "0", "--json"]);
    assert_eq!((&explored["complete"], &explored["samples"]), (&false.into(), &0.into()));
    assert_eq!(explored["incomplete"], serde_json::json!(["steps"]));
}

/// 218 243 executions are too many; how many there are is guessed, and called a guess.
#[test]
fn a_search_that_was_cut_guesses_how_much_there_is() {
    let asked = ["explore", "fib-bench", "--set", "k=5", "--max-executions", "2000", "--samples", "0"];
    for workers in ["1", "2"] {
        let asked = [&asked[..], &["--workers", workers]].concat();
        let explored = json(&[&asked[..], &["--json"]].concat());
        assert_eq!(explored["executions"], 2_000, "{workers}");
        assert!(explored["estimate"].as_f64().unwrap() > 2_000.0, "{workers}: {}", explored["estimate"]);
        let text = printed(&asked);
        assert!(text.contains(" in 2 000 inequivalent executions (of about "), "{text}");
        assert!(text.contains(", at a guess) so far; the limit of 2000 executions was met."), "{text}");
    }
    for whole in [&["capture"][..], &["many-to-many", "--preset", "notes", "--max-steps", "20", "--samples", "0"]] {
        let explored = json(&[&["explore"], whole, &["--json"]].concat());
        assert_eq!(explored["estimate"], serde_json::Value::Null, "{whole:?}");
    }
}

/// Runs by chance come first and have a share of the time, and so has looking closer.
#[test]
fn time_that_cuts_the_search_leaves_some_for_the_rest() {
    let asked = ["explore", "many-to-one", "--set", "producers=7", "--samples", "20", "--max-seconds", "1"];
    let explored = json(&[&asked[..], &["--json"]].concat());
    assert_eq!(explored["incomplete"], serde_json::json!(["time"]));
    assert_eq!(explored["limits"]["seconds"], 1);
    assert!(explored["samples"].as_u64().unwrap() > 0, "{explored}");
    assert!(explored["outcomes"].as_array().unwrap().iter().any(|outcome| outcome["sampled"] != 0), "{explored}");
    let text = printed(&[&asked[..5], &["1000000", "--max-seconds", "1"]].concat());
    assert!(text.contains("; the limit of 1 second was met."), "{text}");
    assert!(text.contains(" of the 1 000 000 asked for: their time was used up.\n"), "{text}");
}

#[test]
fn why_there_is_no_point_of_no_return_is_told_apart() {
    let none = |asked: &[&str]| {
        let explored = json(&[&["explore"], asked, &["--json"]].concat());
        let outcomes = explored["outcomes"].as_array().unwrap();
        let none =
            |outcome: &serde_json::Value| outcome["pointOfNoReturn"]["none"].as_str().unwrap_or("found").to_owned();
        outcomes.iter().map(none).collect::<std::collections::BTreeSet<_>>()
    };
    let set = |names: &[&str]| names.iter().map(|name| (*name).to_owned()).collect();
    let lost = ["producers=1", "consumers=1", "stopCapacity=0", "rounds=1", "requests=producer"];
    let lost: Vec<_> = lost.iter().flat_map(|set| ["--set", set]).collect();
    assert_eq!(none(&[&["many-to-many"], &lost[..]].concat()), set(&["found", "good"]));
    assert_eq!(none(&["capture"]), set(&["neverGood"]));
    // One execution alone was searched; the others chance has met.
    assert_eq!(none(&["capture", "--max-executions", "1"]), set(&["neverGood", "notLookedFor"]));
    let text = printed(&["explore", "capture", "--max-executions", "1"]);
    assert!(text.contains("   no point of no return: no execution of the program ends well\n"), "{text}");
    assert!(
        text.contains("   the point of no return was not looked for: it is looked for in runs of the search"),
        "{text}"
    );
}

/// Where all wait the button is pressed in the end; that it comes early is the reader's choice.
#[test]
fn what_takes_a_press_is_said_where_chance_never_meets_it() {
    let explored = json(&["explore", "polling", "--json"]);
    let outcomes = explored["outcomes"].as_array().unwrap();
    let never: Vec<_> = outcomes.iter().filter(|outcome| outcome["sampled"] == 0).collect();
    assert!(!never.is_empty() && never.iter().all(|outcome| outcome["pressed"] == true), "{explored}");
    let text = printed(&["explore", "polling"]);
    let said = "   0 of 1 000 random runs, which press a button only when nothing else can happen\n";
    assert_eq!(text.matches(said).count(), never.len(), "{text}");
    let capture = json(&["explore", "capture", "--json"]);
    assert!(capture["outcomes"].as_array().unwrap().iter().all(|outcome| outcome["pressed"] == false));
}

/// A program that never ends is left at the bounds.
#[test]
fn a_program_without_an_end_comes_to_one() {
    let asked = ["explore", "many-to-many", "--preset", "notes", "--max-steps", "40", "--max-executions", "5"];
    let explored = json(&[&asked[..], &["--samples", "1", "--json"]].concat());
    assert_eq!(explored["complete"], false);
    assert!(explored["incomplete"].as_array().unwrap().contains(&"steps".into()), "{explored}");
}

/// Each counts what it finds, and together they count as one does.
#[test]
fn any_number_of_threads_finds_the_same() {
    for (program, size, executions) in [("lastzero", "n=7", 320), ("fib-bench", "k=3", 1_698)] {
        let explored = |workers| {
            let asked = ["explore", program, "--set", size, "--samples", "0", "--workers", workers, "--json"];
            json(&asked)
        };
        let (one, three) = (explored("1"), explored("3"));
        assert_eq!((&one["executions"], &one["blocked"]), (&executions.into(), &0.into()), "{program}");
        assert_eq!(one["complete"], true, "{program}");
        assert_eq!(one, three, "{program}");
    }
}

#[cfg(unix)]
mod stops {
    use std::io::Read;
    use std::process::{Command, Stdio};

    use crate::support::chanscope;

    /// Ctrl-C ends it with what it has found; the first progress says that it is under way.
    #[test]
    fn on_ctrl_c_with_what_it_has_found() {
        let asked = ["explore", "many-to-one", "--set", "producers=7", "--progress", "--json"];
        let mut command = chanscope(&asked);
        let mut child = command.stdout(Stdio::piped()).stderr(Stdio::piped()).spawn().unwrap();
        let mut stderr = child.stderr.take().unwrap();
        let mut shown = [0; 64];
        assert!(stderr.read(&mut shown).unwrap() > 0);
        let sent = Command::new("kill").args(["-INT", &child.id().to_string()]).status().unwrap();
        assert!(sent.success());
        // Both pipes are read at once: what was found can be more than one of them holds.
        child.stderr = Some(stderr);
        let output = child.wait_with_output().unwrap();
        assert_eq!(output.status.code(), Some(0), "{}", String::from_utf8_lossy(&output.stderr));
        let explored: serde_json::Value = serde_json::from_slice(&output.stdout).unwrap();
        assert_eq!(explored["complete"], false);
        assert!(explored["incomplete"].as_array().unwrap().contains(&"stopped".into()), "{explored}");
        assert!(explored["executions"].as_u64().unwrap() > 0);
    }
}
