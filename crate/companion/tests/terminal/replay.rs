use crate::support::{json, printed, refused};

fn shared() -> String {
    json(&["run", "capture", "--strategy", "random", "--seed", "4", "--json"])["link"].as_str().unwrap().to_owned()
}

#[test]
fn a_link_replays_to_what_was_shared() {
    let link = shared();
    let text = printed(&["replay", &link]);
    assert!(text.ends_with("Not diverged: it is the run that was shared.\n"), "{text}");
    let fragment = &link[link.find('#').unwrap()..];
    assert_eq!(json(&["replay", fragment, "--json"])["diverged"], false);
}

#[test]
fn another_digest_is_a_divergence_and_no_failure() {
    let replayed = json(&["replay", &shared().replace("seed=4", "seed=5"), "--json"]);
    assert_eq!(replayed["diverged"], true);
    assert_ne!(replayed["digest"], replayed["expected"]);
    let why = replayed["why"].as_str().unwrap();
    assert!(why.starts_with("the run parts from the one that was shared between step "), "{why}");
}

#[test]
fn a_choice_that_cannot_be_made_is_a_divergence() {
    let replayed = json(&["replay", "#/capture?do=3:2-close", "--json"]);
    assert_eq!((&replayed["diverged"], &replayed["digest"]), (&true.into(), &serde_json::Value::Null));
    assert!(
        replayed["why"].as_str().unwrap().starts_with("at step 3 the choice 2-close is not possible; possible are ")
    );
}

#[test]
fn without_a_digest_nothing_is_compared() {
    let text = printed(&["replay", "#/capture?seed=4"]);
    assert!(text.ends_with("The link carries no digest, so there is nothing to compare the run with.\n"), "{text}");
}

#[test]
fn what_is_no_link_is_refused() {
    for (link, said) in [
        ("", "the link names no program; expected one such as http://127.0.0.1:8080/#/many-to-many?seed=42"),
        ("http://127.0.0.1:8080/", "A link begins with “#/” and a program's id"),
        ("#/nothing", "there is no program “nothing”"),
        ("#/capture?wait=3", "wait takes yes or no, not “3”"),
        ("#/capture?do=what", "expected a position and a choice such as 17:3-recv@1~5, found “what”"),
        ("#/capture?digest=1abc", "The link's digest is damaged"),
    ] {
        let error = refused(&["replay", link]);
        assert!(error.contains(said), "{link}: {error}");
    }
}
