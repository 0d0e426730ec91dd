use std::path::Path;

use crate::support::{json, output, printed, refused};

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
    assert_eq!((&cut[0]["complete"], &cut[0]["incomplete"]), (&false.into(), &serde_json::json!(["executions"])));
    assert_eq!((&cut[0]["validated"], &cut[0]["frequency"]), (&serde_json::Value::Null, &serde_json::Value::Null));
}

#[test]
fn what_is_not_all_is_said_not_to_be_and_one_is_not_several() {
    let text = printed(&["litmus", &kept("IRIW"), "--max-executions", "1"]);
    assert!(text.contains(" 1 execution   not known "), "{text}");
    assert!(text.ends_with("so far; not complete: the limit of 1 execution was met\n"), "{text}");
}

/// Twenty-four stores to one word have more orders than can be run in a second.
#[test]
fn time_ends_a_test_that_is_then_not_complete() {
    let threads: Vec<_> = (0..8).map(|nth| format!("P{nth}")).collect();
    let row = format!("{};", ["MOV [x],$1"; 8].join("|"));
    let text = format!("X86 long {{ }} {} ; {} exists (x=2)", threads.join("|"), row.repeat(3));
    let file = written(text.as_bytes());
    let asked = ["litmus", file.path().to_str().unwrap(), "--max-executions", "1000000000", "--max-seconds", "1"];
    let tests = json(&[&asked[..], &["--json"]].concat());
    assert_eq!((&tests[0]["complete"], &tests[0]["incomplete"]), (&false.into(), &serde_json::json!(["time"])));
    let watched = output(&[&asked[..], &["--progress"]].concat());
    let (text, progress) = (String::from_utf8(watched.stdout).unwrap(), String::from_utf8(watched.stderr).unwrap());
    assert!(text.ends_with("so far; not complete: the time allowed was used up\n"), "{text}");
    assert!(progress.contains("long: ") && progress.contains(" executions, "), "{progress}");
}

#[test]
fn one_bad_file_leaves_the_others_their_results() {
    let files = [written(b"X86 t { }"), written(b"\xef\xbb\xbfX86 t { }\n(* Andr\xe9 *)")];
    let [first, second] = files.each_ref().map(|file| file.path().to_str().unwrap());
    let arguments = ["litmus", first, &kept("SB"), second, &kept("MP")];
    let told = output(&arguments);
    let (text, error) = (String::from_utf8(told.stdout).unwrap(), String::from_utf8(told.stderr).unwrap());
    assert_eq!(told.status.code(), Some(2));
    let names: Vec<_> = text.lines().map(|line| line.split(' ').next().unwrap()).collect();
    assert_eq!(names, ["SB", "MP"]);
    let [one, other] = &error.lines().collect::<Vec<_>>()[..] else { panic!("a line a file: {error}") };
    assert!(one.starts_with("chanscope: ") && one.contains("expected \"P0\""), "{one}");
    assert!(other.ends_with("line 2, column 8: expected text in UTF-8, found the byte 0xe9"), "{other}");
    let told = output(&[&arguments[..], &["--json"]].concat());
    let tests: serde_json::Value = serde_json::from_slice(&told.stdout).unwrap();
    assert_eq!(told.status.code(), Some(2));
    assert_eq!((&tests[0]["file"], &tests[1]["name"]), (&first.into(), &"SB".into()));
    assert!(tests[2]["error"].as_str().unwrap().contains("UTF-8"), "{tests}");
}

#[test]
fn what_is_no_test_is_refused_with_its_place() {
    let file = written(b"X86 t { }\n P0 ;\n JMP L ;\nexists (x=1)");
    let error = refused(&["litmus", file.path().to_str().unwrap()]);
    assert!(error.contains("line 3, column 2: expected MOV, MFENCE or XCHG, or the condition after"), "{error}");
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
