//! Litmus tests: text that somebody publishes, and somebody pastes.

use chanscope_litmus::{Model, check};

chanscope_fuzz::target!("litmus", WORDS, eat);

const WORDS: &[&str] = &[
    "X86 ",
    "{",
    "}",
    "|",
    ";",
    "MOV ",
    "MFENCE",
    "XCHG ",
    "LOCK ",
    "[x]",
    "[y]",
    "EAX",
    ",$1",
    "exists",
    "forall",
    "~exists",
    "/\\",
    "\\/",
    "(",
    ")",
    "0:EAX=0",
    "P0",
    "not ",
    "=>",
    "!=",
    "0:RBX=x",
    "[RBX]",
    "int ",
    "0x0",
    "locations [x;]",
    "filter ",
    "(*",
    "*)",
    "false",
    "\u{feff}",
];

/// Executions of each that are looked at.
const EXECUTIONS: u64 = 10;

/// Whether it is a litmus test. What is one can be checked.
fn eat(input: &[u8]) -> bool {
    let text = String::from_utf8_lossy(input);
    match chanscope_litmus::parse(input) {
        Ok(litmus) => {
            for model in [Model::SequentialConsistency, Model::TotalStoreOrder] {
                let checked = check(&litmus, model, EXECUTIONS, |_| true);
                assert!(checked.executions <= EXECUTIONS, "{text}");
            }
            true
        }
        Err(error) => {
            let lines = text.lines().count() + 1;
            assert!((1..=lines).contains(&(error.line as usize)), "{error}");
            false
        }
    }
}
