//! What is read, and what is said of what cannot be.

use chanscope_litmus::{Frequency, Instruction, MAX_BYTES, Model, Operand, Place, Quantifier, check, parse};
use proptest::prelude::*;

const WHOLE: &str = r#"X86 R+po+mfence
(* a comment
   of two lines *)
"PodWW Wse MFencedWR Fre"
Cycle=Fre PodWW Wse MFencedWR
{ x=0; 0:EAX=2; [y]=-1 }
 P0          | P1          ;
 MOV [x],EAX | mov [y],$2  ;
 XCHG EBX,[y]| MFENCE      ;
             | MOV ECX,[x] ;
~exists (y=2 /\ (1:ECX=0 \/ ~ 0:EBX=1))
"#;

#[test]
fn a_whole_test_is_read() {
    let litmus = parse(WHOLE).expect("it is well formed");
    assert_eq!((litmus.name.as_str(), litmus.quantifier), ("R+po+mfence", Quantifier::NotExists));
    assert_eq!(litmus.initial[&Place::Register(0, "EAX".to_owned())], 2);
    assert_eq!(litmus.initial[&Place::Word("y".to_owned())], -1);
    let [first, second] = &litmus.threads[..] else { panic!("two threads") };
    let exchange = Instruction::Exchange("y".to_owned(), "EBX".to_owned());
    assert_eq!(first[..], [Instruction::Store("x".to_owned(), Operand::Register("EAX".to_owned())), exchange]);
    assert_eq!((second.len(), &second[1]), (3, &Instruction::Fence));
    assert_eq!(litmus.condition.places().len(), 3);
}

#[test]
fn what_is_wrong_is_said_with_its_place() {
    let cases = [
        ("", "line 1, column 1: expected \"X86\", the architecture of the test, found the end"),
        ("AArch64 MP\n{ }", "line 1, column 1: expected \"X86\", the architecture of the test, found \"AArch64\""),
        ("X86 t\n P0 ;\n", "line 3, column 1: expected \"{\", the initial state, found the end"),
        ("X86 t { x=1 y=2; }", "line 1, column 13: expected \";\", found \"y\""),
        ("X86 t { } Q0 ;", "line 1, column 11: expected \"P0\", the head of a thread's column, found \"Q0\""),
        ("X86 t { }\n P0 ;\n JMP L ;\nexists (x=1)", "line 3, column 2: expected MOV, MFENCE or XCHG, found \"JMP\""),
        ("X86 t { }\n P0 ;\n MOV [x],$ ;\nexists (x=1)", "line 3, column 12: expected a whole number, found \";\""),
        ("X86 t { }\n P0 | P1 ;\n MFENCE ;\nexists (x=1)", "line 3, column 9: expected \"|\", found \";\""),
        (
            "X86 t { }\n P0 ;\nlocations [x;]",
            "line 3, column 1: expected \"exists\", \"~exists\" or \"forall\", found \"locations\"",
        ),
        ("X86 t { }\n P0 ;\nexists (x=1", "line 3, column 12: expected \")\", found the end"),
        (
            "X86 t { }\n P0 ;\nexists (x=99999999999999999999)",
            "line 3, column 11: expected a whole number of 64 bits, found \"99999999999999999999\"",
        ),
        ("X86 t { } (* never closed", "line 1, column 11: expected *) to end what begins here, found the end"),
        ("X86 t { }\n P0 ;\nexists (x=1) #", "line 3, column 14: expected a name, a number or a sign, found '#'"),
    ];
    for (text, message) in cases {
        assert_eq!(parse(text).expect_err(text).to_string(), message, "{text}");
    }
}

#[test]
fn what_is_too_much_is_refused() {
    let long = " ".repeat(MAX_BYTES + 1);
    assert!(parse(&long).expect_err("it is too long").expected.starts_with("at most"));
    let deep = format!("X86 t {{ }} P0 ; exists {}x=1{}", "(".repeat(100), ")".repeat(100));
    assert!(parse(&deep).expect_err("it is too deep").expected.contains("within each other"));
    let many = format!("X86 t {{ }} P0 ; {} exists (x=1)", "MFENCE ; ".repeat(300));
    assert!(parse(&many).expect_err("there are too many").expected.contains("256 instructions"));
    let wide: Vec<_> = (0..20).map(|nth| format!("P{nth}")).collect();
    let wide = format!("X86 t {{ }} {} ; exists (x=1)", wide.join("|"));
    assert!(parse(&wide).expect_err("there are too many").expected.contains("16 threads"));
}

#[test]
fn statements_side_by_side_are_as_many_as_there_is_room_for() {
    for sign in ["/\\", "\\/"] {
        let long = format!("X86 t {{ }} P0 ; MFENCE ; exists {}", vec!["x=0"; 12_000].join(sign));
        let litmus = parse(&long).expect(sign);
        assert_eq!(check(&litmus, Model::TotalStoreOrder, 10).frequency, Frequency::Always, "{sign}");
    }
}

proptest! {
    #[test]
    fn whatever_is_read_is_refused_in_words_or_read(text in ".{0,200}") {
        if let Err(error) = parse(&text) {
            prop_assert!(error.line > 0 && error.column > 0 && !error.expected.is_empty());
        }
    }

    #[test]
    fn a_test_with_a_piece_missing_is_no_reason_to_panic(from in 0..WHOLE.len(), length in 0..40usize) {
        let mut text = WHOLE.to_owned();
        if text.is_char_boundary(from) {
            let to = (from + length).min(text.len());
            text.replace_range(from..to, "");
        }
        let _ = parse(&text);
    }
}
