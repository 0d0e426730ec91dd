use crate::support::{json, printed, refused};

#[test]
fn every_program_is_listed_with_its_chapter() {
    let text = printed(&["list"]);
    assert!(text.contains("Closing channels\n  many-to-many   Many producers, many consumers\n"), "{text}");
    let listed = json(&["list", "--json"]);
    let ids = listed.as_array().unwrap().iter().map(|program| program["id"].as_str().unwrap());
    for id in ids {
        assert!(text.contains(&format!("  {id} ")), "{id}: {text}");
    }
}

/// What is listed can be given back: every preset of every program is a run.
#[test]
fn json_says_what_there_is_to_set_and_what_it_can_come_to() {
    let listed = json(&["list", "many-to-many", "--json"]);
    let program = &listed[0];
    assert_eq!(program["chapter"]["zh"], "关闭 channel");
    let producers = &program["settings"][0];
    assert_eq!((&producers["name"], &producers["type"]), (&"producers".into(), &"number".into()));
    assert_eq!((&producers["min"], &producers["max"], &producers["default"]), (&1.into(), &100.into(), &3.into()));
    let lost = &program["presets"][2];
    assert_eq!((&lost["id"], &lost["strategy"], &lost["seed"]), (&"lost-request".into(), &"random".into(), &3.into()));
    assert_eq!(lost["config"], serde_json::json!({ "requests": "producer", "stopCapacity": 0 }));
    assert_eq!(lost["verdicts"], serde_json::json!(["completed", "deadlocked"]));
}

#[test]
fn one_program_is_told_with_its_settings() {
    let text = printed(&["list", "capture"]);
    assert!(text.contains("go-1.21 or go-1.22 or copy or parameter; go-1.21 by default"), "{text}");
    assert!(text.contains("can come to: completed, data race"), "{text}");
}

#[test]
fn an_unknown_program_is_refused_by_name() {
    let error = refused(&["list", "nothing"]);
    assert_eq!(
        error.trim_end(),
        "chanscope: there is no program “nothing”; `chanscope list` names those that there are"
    );
}
