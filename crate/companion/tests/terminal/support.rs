//! Running the binary.

use std::process::{Command, Output};

use serde_json::Value;

pub(crate) fn chanscope(arguments: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_chanscope"));
    command.args(arguments);
    command
}

pub(crate) fn output(arguments: &[&str]) -> Output {
    chanscope(arguments).output().unwrap()
}

/// What it prints when it did its work.
#[track_caller]
pub(crate) fn printed(arguments: &[&str]) -> String {
    let output = output(arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), error.as_str()), (Some(0), ""), "{arguments:?}");
    String::from_utf8(output.stdout).unwrap()
}

#[track_caller]
pub(crate) fn json(arguments: &[&str]) -> Value {
    serde_json::from_str(&printed(arguments)).unwrap()
}

/// What it says to a question that cannot be answered.
#[track_caller]
pub(crate) fn refused(arguments: &[&str]) -> String {
    let output = output(arguments);
    let error = String::from_utf8(output.stderr).unwrap();
    assert_eq!((output.status.code(), output.stdout.len()), (Some(2), 0), "{arguments:?}: {error}");
    error
}
