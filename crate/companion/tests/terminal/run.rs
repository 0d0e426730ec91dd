use crate::support::{json, printed};

#[test]
fn a_run_prints_its_output_and_its_verdict() {
    let text = printed(&["run", "rendezvous"]);
    assert!(text.contains("  sent 1\n  got 1\n  sent 2\n  got 2\n"), "{text}");
    assert!(text.contains("ok completed: main returned\n"), "{text}");
}

/// Settings, strategy and seed arrive, and the link leads back to the same run.
#[test]
fn json_has_a_link_that_replays() {
    let run = json(&["run", "capture", "--set", "variable=copy", "--strategy", "random", "--seed", "4", "--json"]);
    assert_eq!(run["config"], serde_json::json!({ "variable": "copy", "wait": true }));
    assert_eq!((&run["strategy"], &run["seed"]), (&"random".into(), &4.into()));
    assert_eq!((&run["verdict"]["kind"], &run["verdict"]["good"]), (&"completed".into(), &true.into()));
    let replayed = json(&["replay", run["link"].as_str().unwrap(), "--json"]);
    assert_eq!((&replayed["digest"], &replayed["diverged"]), (&run["digest"], &false.into()));
}

/// A preset is where one starts; what is given beside it wins.
#[test]
fn a_preset_can_be_changed() {
    let preset = json(&["run", "many-to-many", "--preset", "lost-request", "--json"]);
    assert_eq!((&preset["strategy"], &preset["seed"]), (&"random".into(), &3.into()));
    let changed =
        json(&["run", "many-to-many", "--preset", "lost-request", "--set", "producers=1", "--seed", "9", "--json"]);
    assert_eq!((&changed["config"]["producers"], &changed["config"]["requests"]), (&1.into(), &"producer".into()));
    assert_eq!(changed["seed"], 9);
}

#[test]
fn the_page_that_links_open_can_be_named() {
    let run = json(&["run", "rendezvous", "--base", "https://example.org/play/", "--json"]);
    let link = run["link"].as_str().unwrap();
    assert!(link.starts_with("https://example.org/play/#/rendezvous?digest="), "{link}");
}
