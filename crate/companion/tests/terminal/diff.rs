use crate::support::{json, printed, refused};

const ONE: &str = "#/capture";
const OTHER: &str = "#/capture?strategy=random&seed=4";

#[test]
fn two_runs_part_at_a_step_and_each_says_what_it_then_did() {
    let diff = json(&["diff", ONE, OTHER, "--json"]);
    let same = diff["same"].as_u64().unwrap();
    assert_eq!((&diff["scenario"], &diff["parted"]), (&"capture".into(), &true.into()));
    let [one, other] = [0, 1].map(|nth| diff["runs"][nth]["then"][0].clone());
    assert_ne!((&one["goroutine"], &one["sentence"]), (&other["goroutine"], &other["sentence"]), "{diff}");
    assert_eq!([&one["after"], &other["after"]], [same + 1; 2]);
    let text = printed(&["diff", ONE, OTHER]);
    let first = format!("capture: the first {same} steps are the same. Then they part.\n");
    assert!(text.starts_with(&first), "{text}");
    for told in [one, other] {
        assert!(text.contains(told["sentence"].as_str().unwrap()), "{text}");
    }
}

#[test]
fn one_step_is_not_several_and_none_is_none() {
    let text = printed(&["diff", ONE, "#/capture?variable=go-1.22"]);
    assert!(text.starts_with("capture: the first step is the same. Then they part.\n"), "{text}");
    let text = printed(&["diff", "#/lastzero?n=2", "#/lastzero?n=3"]);
    assert!(text.starts_with("lastzero: no step is the same.\n"), "{text}");
}

/// The links open both runs at the step at which they part.
#[test]
fn its_links_replay_to_that_step() {
    let diff = json(&["diff", ONE, OTHER, "--json"]);
    for nth in [0, 1] {
        let run = &diff["runs"][nth];
        let replayed = json(&["replay", run["link"].as_str().unwrap(), "--json"]);
        assert_eq!((&replayed["at"], &replayed["diverged"]), (&diff["same"], &false.into()));
        assert_eq!(replayed["digest"], run["digest"]);
    }
}

#[test]
fn a_run_is_the_same_as_itself() {
    assert!(printed(&["diff", OTHER, OTHER]).starts_with("The same run twice, of "));
    let diff = json(&["diff", OTHER, OTHER, "--json"]);
    assert_eq!((&diff["parted"], &diff["runs"][0]["then"]), (&false.into(), &serde_json::json!([])));
}

#[test]
fn what_cannot_be_compared_is_refused_by_which_of_the_two() {
    for (links, said) in [
        (["#/nothing", ONE], "the first link: there is no program “nothing”"),
        ([ONE, ""], "the second link: the link names no program"),
        ([ONE, "#/capture?do=3:2-close"], "the second link: at step 3 the choice 2-close is not possible"),
        ([ONE, "#/closing"], "the runs are of different programs, capture and closing; expected two runs of one"),
    ] {
        let error = refused(&["diff", links[0], links[1]]);
        assert!(error.contains(said), "{links:?}: {error}");
    }
}
