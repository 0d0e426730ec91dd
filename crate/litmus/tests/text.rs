//! What is read, and what is said of what cannot be.

use chanscope_litmus::{
    Frequency, Incomplete, Instruction, MAX_BYTES, Model, Operand, Place, Quantifier, check, parse,
};
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
        (
            "X86 t { }\n P0 | P1 ;\n MFENCE | JMP L ;\nexists (x=1)",
            "line 3, column 11: expected MOV, MFENCE or XCHG, found \"JMP\"",
        ),
        (
            "X86 t { }\n P0 ;\n JMP L ;\nexists (x=1)",
            "line 3, column 2: expected MOV, MFENCE or XCHG, or the condition after \"exists\", \"~exists\" or \"forall\", \
             found \"JMP\"",
        ),
        (
            "X86 t { }\n P0 ;\n MFENCE ;\n",
            "line 4, column 1: expected MOV, MFENCE or XCHG, or the condition after \"exists\", \"~exists\" or \"forall\", \
             found the end",
        ),
        ("X86 t { }\n P0 ;\n MOV [x],$ ;\nexists (x=1)", "line 3, column 12: expected a whole number, found \";\""),
        ("X86 t { }\n P0 | P1 ;\n MFENCE ;\nexists (x=1)", "line 3, column 9: expected \"|\", found \";\""),
        (
            "X86 t { }\n P0 ;\nlocations [x;]",
            "line 3, column 15: expected \"exists\", \"~exists\" or \"forall\", found the end",
        ),
        ("X86 t { }\n P0 ;\nexists (x=1", "line 3, column 12: expected \")\", found the end"),
        (
            "X86 t { }\n P0 ;\nexists (x=99999999999999999999)",
            "line 3, column 11: expected a whole number of 64 bits, found \"99999999999999999999\"",
        ),
        (
            "X86 t { }\n P0 | P1 ;\n MFENCE | ;\nexists (5:EAX=1)",
            "line 4, column 9: expected a thread from 0 to 1, as there are 2 threads, found 5",
        ),
        (
            "X86 t { 1:EAX=1; }\n P0 ;\n MFENCE ;\nexists (x=1)",
            "line 1, column 9: expected thread 0, the only one there is, found 1",
        ),
        (
            "X86 t { x=1;\n [x]=2; }\n P0 ;\n MFENCE ;\nexists (x=1)",
            "line 2, column 2: expected one initial value of x, which has one from line 1, column 9, found \"[\"",
        ),
        (
            "X86 t { 0:EAX=1; 0:eax=x; }\n P0 ;\n MFENCE ;\nexists (x=1)",
            "line 1, column 18: expected one initial value of 0:EAX, which has one from line 1, column 9, found 0",
        ),
        (
            "X86 t { 0:RBX=x; }\n P0 ;\n MOV RBX,$1 ;\nexists (x=1)",
            "line 3, column 6: expected a register without an address; one that holds an address is read here as [RBX] \
             only, found \"RBX\"",
        ),
        (
            "X86 t { 0:RBX=x; }\n P0 ;\n MFENCE ;\nexists (0:RBX=1)",
            "line 4, column 9: expected a place that holds no address, as 0:RBX does, found 0",
        ),
        (
            "X86 t { }\n P0 ;\n MOV [EBX],$1 ;\nexists (x=1)",
            "line 3, column 7: expected a word, or a register to which the initial state gives the address of one, found \
             \"EBX\"",
        ),
        ("X86 t { } (* (* closed *)", "line 1, column 11: expected *) to end what begins here, found the end"),
        ("X86 t { } (* never closed", "line 1, column 11: expected *) to end what begins here, found the end"),
        ("X86 t { }\n P0 ;\nexists (x=1) #", "line 3, column 14: expected a name, a number or a sign, found '#'"),
    ];
    for (text, message) in cases {
        assert_eq!(parse(text).expect_err(text).to_string(), message, "{text}");
    }
}

#[test]
fn bytes_that_are_no_text_have_a_place_and_a_mark_of_byte_order_has_none() {
    let latin = b"X86 t { }\n(* Andr\xe9 *)\n P0 ;\n MFENCE ;\nexists (x=0)";
    let error = parse(latin).expect_err("it is Latin-1").to_string();
    assert_eq!(error, "line 2, column 8: expected text in UTF-8, found the byte 0xe9");
    assert!(parse("\u{feff}X86 t { } P0 ; MFENCE ; exists (x=0)").is_ok());
    let error = parse("\u{feff}Q").expect_err("it is none").to_string();
    assert!(error.starts_with("line 1, column 1: "), "{error}");
}

/// What is read of the grammar of herd's `X86Parser.mly` and `stateParser.mly`, each as a test of one thread.
#[test]
fn what_herd_reads_is_read() {
    // Initial state, instructions, what comes after, and whether it holds in the one final state.
    let cases = [
        ("int x=0; uint64_t 0:EAX=3;", "MOV [x],EAX", "exists (x=3)", true),
        ("int x; _Atomic int y=2; 0:EAX;", "MFENCE", "exists (x=0 /\\ y=2 /\\ 0:EAX=0)", true),
        ("x=0x1F; P0:EAX=0X0;", "MFENCE", "exists (x=31 /\\ P0:EAX=0x0)", true),
        ("x=1;;", "MOV EAX,1 ; MOV [x],-2", "exists (x=-2 /\\ 0:EAX=1);", true),
        ("0:RBX=x; 0:RCX=y; x=4", "MOV EAX,[RBX] ; MOV [rcx],EAX", "exists (y=4)", true),
        ("0:EAX=1; 0:EBX=2", "XCHG EAX,EBX", "exists (0:EAX=2 /\\ 0:EBX=1)", true),
        ("0:EAX=1", "XCHG EAX,EAX", "exists (0:EAX=1)", true),
        ("", "MFENCE", "exists (not (x=1))", true),
        ("", "MFENCE", "not exists (x=0)", true),
        ("", "MFENCE", "exists (x!=0 \\/ x<>0 \\/ x==1)", false),
        ("", "MFENCE", "exists (true /\\ ~false)", true),
        // An implication binds closer than a conjunction: false /\ (false => false).
        ("", "MFENCE", "exists (x=1 /\\ x=1 => x=1)", false),
        // And from the right: true => (false => false).
        ("", "MFENCE", "exists (x=0 => x=1 => x=1)", true),
        ("", "MFENCE (* a (* b *) c *)", "exists (x=0)", true),
        ("", "MFENCE", "locations [] exists (x=0)", true),
    ];
    for (initial, instructions, after, holds) in cases {
        let text = format!("X86 t {{ {initial} }}\n P0 ;\n {instructions} ;\n{after}");
        let litmus = parse(&text).unwrap_or_else(|error| panic!("{text}: {error}"));
        let frequency = check(&litmus, Model::TotalStoreOrder, 100, |_| true).frequency;
        assert_eq!(frequency, Some(if holds { Frequency::Always } else { Frequency::Never }), "{text}");
    }
}

const BUFFERED: &str = "X86 t { }\n P0 | P1 ;\n MOV [x],$1 | MOV [y],$1 ;\n MOV EAX,[y] | MOV EAX,[x] ;\n";

#[test]
fn locations_are_told_beside_the_condition_and_a_filter_leaves_states_out() {
    let checked = |after: &str| {
        let litmus = parse(format!("{BUFFERED}{after}")).unwrap_or_else(|error| panic!("{after}: {error}"));
        check(&litmus, Model::SequentialConsistency, 100, |_| true)
    };
    let told = |after: &str| {
        let states = checked(after).states;
        let told = states.iter().map(|state| {
            let values: Vec<_> = state.values.iter().map(|(place, value)| format!("{place}={value}")).collect();
            (values.join(" "), state.count)
        });
        told.collect::<Vec<_>>()
    };
    let state = |values: &str, count| (values.to_owned(), count);
    assert_eq!(told("exists (0:EAX=0)"), [state("0:EAX=0", 1), state("0:EAX=1", 2)]);
    let both = [state("x=1 0:EAX=0", 1), state("x=1 0:EAX=1", 2)];
    assert_eq!(told("locations [x; 0:EAX int;] exists (0:EAX=0)"), both);
    assert_eq!(told("filter (1:EAX=1) exists (0:EAX=0)"), [state("0:EAX=0", 1), state("0:EAX=1", 1)]);
    let none = checked("filter (x=2) forall (0:EAX=0)");
    assert_eq!((none.frequency, none.validated, none.executions), (Some(Frequency::Never), Some(true), 3));
}

/// What one state shows no other takes back; what none has shown yet is not known.
#[test]
fn a_verdict_stands_before_the_end_only_where_one_state_decides() {
    for (question, validated) in [
        ("exists (x=1)", Some(true)),
        ("exists (x=2)", None),
        ("~exists (x=1)", Some(false)),
        ("~exists (x=2)", None),
        ("forall (x=1)", None),
        ("forall (x=2)", Some(false)),
    ] {
        let litmus = parse(format!("{BUFFERED}{question}")).expect(question);
        let cut = check(&litmus, Model::TotalStoreOrder, 1, |_| true);
        assert_eq!((cut.validated, &cut.incomplete[..]), (validated, &[Incomplete::Executions][..]), "{question}");
    }
}

#[test]
fn whoever_asks_can_end_it() {
    let threads: Vec<_> = (0..5).map(|nth| format!("P{nth}")).collect();
    let row = ["MOV [x],$1"; 5].join("|");
    let litmus = parse(format!("X86 t {{ }} {} ; {row} ; {row} ; exists (x=2)", threads.join("|"))).expect("it is one");
    let mut asked = Vec::new();
    let checked = check(&litmus, Model::SequentialConsistency, u64::MAX, |executions| {
        asked.push(executions);
        asked.len() < 2
    });
    assert_eq!((checked.incomplete, checked.validated), (vec![Incomplete::Searching], None));
    assert_eq!(asked, [checked.executions / 2, checked.executions]);
}

#[test]
fn what_is_too_much_is_refused() {
    let long = " ".repeat(MAX_BYTES + 1);
    assert!(parse(&long).expect_err("it is too long").expected.starts_with("at most"));
    let deep = format!("X86 t {{ }} P0 ; exists {}x=1{}", "(".repeat(100), ")".repeat(100));
    assert!(parse(&deep).expect_err("it is too deep").expected.contains("within each other"));
    for deep in ["~".repeat(100), "x=1 => ".repeat(100)] {
        let deep = format!("X86 t {{ }} P0 ; exists {deep} x=1");
        assert!(parse(&deep).expect_err("it is too deep").expected.contains("within each other"));
    }
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
        assert_eq!(check(&litmus, Model::TotalStoreOrder, 10, |_| true).frequency, Some(Frequency::Always), "{sign}");
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
