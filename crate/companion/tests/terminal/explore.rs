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
    assert!(text.contains("ok completed: 1 of 1 executions (100.0 %)\n"), "{text}");
    assert!(text.contains("Complete: 1 outcome in 1 inequivalent execution; there are no others.\n"), "{text}");
    assert!(text.contains("they are not probabilities"), "{text}");
}

#[test]
fn a_limit_that_was_met_is_named() {
    let text = printed(&["explore", "capture", "--max-executions", "2"]);
    assert!(text.contains("so far; the limit of 2 executions was met."), "{text}");
    let explored = json(&["explore", "capture", "--max-steps", "3", "--samples", "0", "--json"]);
    assert_eq!((&explored["complete"], &explored["samples"]), (&false.into(), &0.into()));
    assert_eq!(explored["incomplete"], serde_json::json!(["steps"]));
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
