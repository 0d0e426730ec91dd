use std::path::Path;

use crate::support::{json, printed, refused};

/// The path of one of the tests that are kept beside the reader.
fn kept(name: &str) -> String {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../litmus/tests/x86");
    folder.join(format!("{name}.litmus")).to_str().unwrap().to_owned()
}

fn written(text: &[u8]) -> tempfile::NamedTempFile {
    let file = tempfile::NamedTempFile::new().unwrap();
    std::fs::write(file.path(), text).unwrap();
    file
}

#[test]
fn a_line_says_what_becomes_of_each_test() {
    let text = printed(&["litmus", &kept("SB"), &kept("MP")]);
    let [sb, mp] = &text.lines().collect::<Vec<_>>()[..] else { panic!("a line a test: {text}") };
    assert!(sb.starts_with("SB ") && sb.contains("4 executions  Sometimes  *{0:EAX=0 1:EAX=0} 1, "), "{sb}");
    assert!(mp.starts_with("MP ") && mp.contains("Never"), "{mp}");
    let text = printed(&["litmus", &kept("SB"), "--model", "sc"]);
    assert!(text.contains("3 executions  Never"), "{text}");
}

#[test]
fn json_holds_the_final_states_with_their_counts() {
    let tests = json(&["litmus", &kept("SB"), "--model", "tso", "--json"]);
    let test = &tests[0];
    assert_eq!(
        (&test["name"], &test["executions"], &test["frequency"]),
        (&"SB".into(), &4.into(), &"Sometimes".into())
    );
    assert_eq!((&test["complete"], &test["validated"]), (&true.into(), &true.into()));
    let weak = serde_json::json!({ "values": { "0:EAX": 0, "1:EAX": 0 }, "count": 1, "fits": true });
    assert!(test["states"].as_array().unwrap().contains(&weak), "{test}");
    let cut = json(&["litmus", &kept("IRIW"), "--max-executions", "2", "--json"]);
    assert_eq!(cut[0]["complete"], false);
}

#[test]
fn what_is_no_test_is_refused_with_its_place() {
    let file = written(b"X86 t { }\n P0 ;\n JMP L ;\nexists (x=1)");
    let error = refused(&["litmus", file.path().to_str().unwrap()]);
    assert!(error.contains("line 3, column 2: expected MOV, MFENCE or XCHG, found \"JMP\""), "{error}");
    assert!(error.contains(file.path().to_str().unwrap()), "{error}");
    let error = refused(&["litmus", "no-such-file.litmus"]);
    assert!(error.contains("no-such-file.litmus"), "{error}");
    let file = written(&[0xff, 0xfe, 0x00]);
    assert!(refused(&["litmus", file.path().to_str().unwrap()]).contains("UTF-8"));
    let file = written(&vec![b' '; 1_000_000]);
    assert!(refused(&["litmus", file.path().to_str().unwrap()]).contains("at most 65536 bytes"));
    refused(&["litmus", &kept("SB"), "--model", "arm"]);
    refused(&["litmus", &kept("SB"), "--max-executions", "0"]);
    refused(&["litmus"]);
}
