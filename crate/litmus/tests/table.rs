//! The litmus tests of the literature, with the verdict that sequential consistency and x86-TSO give.

use std::collections::BTreeSet;
use std::path::Path;

use chanscope_litmus::Frequency::{Always, Never, Sometimes};
use chanscope_litmus::{Frequency, Model, check, parse};

/// Tests of the x86-TSO papers: Owens, Sarkar, Sewell, "A Better x86 Memory Model: x86-TSO", TPHOLs 2009, and Sewell et
/// al., CACM 2010.
const TSO: &str = "x86-TSO, TPHOLs 2009 and CACM 2010";
/// The names and shapes of Sarkar, Sewell, Alglave, Maranget, Williams, PLDI 2011, and Alglave, Maranget, Tautschnig,
/// TOPLAS 2014, section 4; x86 lets only a store and a later load of another word change places.
const CATS: &str = "Herding Cats, TOPLAS 2014";
/// The suite of x86 tests beside Alglave, Kroening, Nimal, Tautschnig, "Software Verification for Weak Memory via
/// Program Transformation", ESOP 2013, which tells for each test whether TSO breaks it.
const ESOP: &str = "ESOP 2013, x86 litmus tests";

/// The tests of the extended version of that first paper as Bornholt and Torlak wrote them down for MemSynth ("Synthesizing
/// Memory Models from Framework Sketches and Litmus Tests", PLDI 2017), n8 with its authors' erratum.
const SYNTH: &str = "x86-TSO, extended version, by way of MemSynth, PLDI 2017";

/// Name, under sequential consistency, under total store order, source.
const TABLE: &[(&str, Frequency, Frequency, &str)] = &[
    ("SB", Never, Sometimes, TSO),
    ("SB+mfences", Never, Never, TSO),
    ("SB+mfence+po", Never, Sometimes, CATS),
    ("SB+xchgs", Never, Never, TSO),
    ("SB+rfi-pos", Never, Sometimes, TSO),
    ("MP", Never, Never, TSO),
    ("LB", Never, Never, TSO),
    ("IRIW", Never, Never, TSO),
    ("R", Never, Sometimes, CATS),
    ("R+po+mfence", Never, Never, CATS),
    ("S", Never, Never, CATS),
    ("2+2W", Never, Never, CATS),
    ("WRC", Never, Never, TSO),
    ("CoRR", Never, Never, CATS),
    ("CoWR", Never, Never, CATS),
    ("n1", Never, Sometimes, SYNTH),
    ("n2", Never, Never, SYNTH),
    ("n3", Never, Never, SYNTH),
    ("n4", Never, Never, SYNTH),
    ("n4b", Never, Never, TSO),
    ("n5", Never, Never, TSO),
    ("n6", Never, Sometimes, TSO),
    ("n7", Never, Sometimes, TSO),
    ("n8", Never, Sometimes, SYNTH),
    ("amd3", Never, Sometimes, SYNTH),
    ("amd10", Never, Never, SYNTH),
    ("iwp2.6", Never, Never, SYNTH),
    ("iwp2.7", Never, Never, SYNTH),
    ("iwp2.8.b", Never, Never, SYNTH),
    ("rwc-unfenced", Never, Sometimes, SYNTH),
    ("rwc-fenced", Never, Never, SYNTH),
    ("podwr000", Never, Sometimes, ESOP),
    ("podwr001", Never, Sometimes, ESOP),
    ("rfi000", Never, Never, ESOP),
    ("rfi001", Never, Sometimes, ESOP),
    ("rfi002", Never, Never, ESOP),
    ("rfi004", Never, Sometimes, ESOP),
    ("rfi005", Never, Sometimes, ESOP),
    ("rfi007", Never, Sometimes, ESOP),
];

fn text(name: &str) -> String {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/x86").join(format!("{name}.litmus"));
    std::fs::read_to_string(&path).unwrap_or_else(|error| panic!("{name}: {error}"))
}

#[test]
fn every_test_has_the_verdict_of_its_source() {
    for &(name, consistent, buffered, source) in TABLE {
        let litmus = parse(text(name)).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(litmus.name, name);
        for (model, expected) in [(Model::SequentialConsistency, consistent), (Model::TotalStoreOrder, buffered)] {
            let checked = check(&litmus, model, 1_000_000, |_| true);
            assert!(checked.incomplete.is_empty(), "{name}: {:?}", checked.incomplete);
            assert_eq!(checked.frequency, Some(expected), "{name} under {model:?}; {source}");
            // The condition is asked in such a way that hardware answers yes.
            if model == Model::TotalStoreOrder {
                assert_eq!(checked.validated, Some(true), "{name}");
            }
        }
    }
}

#[test]
fn every_file_is_in_the_table() {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/x86");
    let files = std::fs::read_dir(folder).expect("the folder is there").map(|entry| {
        let name = entry.expect("it can be read").file_name().into_string().expect("names are plain");
        name.strip_suffix(".litmus").expect("only tests are there").to_owned()
    });
    let table: BTreeSet<String> = TABLE.iter().map(|(name, ..)| (*name).to_owned()).collect();
    assert_eq!(files.collect::<BTreeSet<_>>(), table);
}

/// Each order of the two pairs of a store and a load of the same word is one class: under sequential consistency all
/// but one of the four, which is a cycle.
#[test]
fn store_buffering_has_three_executions_and_four_with_buffers() {
    let litmus = parse(text("SB")).expect("it is well formed");
    assert_eq!(check(&litmus, Model::SequentialConsistency, u64::MAX, |_| true).executions, 3);
    assert_eq!(check(&litmus, Model::TotalStoreOrder, u64::MAX, |_| true).executions, 4);
}

#[test]
fn what_always_holds_is_told_apart_from_what_sometimes_does() {
    let always = "X86 own { x=0; } P0 ; MOV [x],$1 ; MOV EAX,[x] ; forall (0:EAX=1 /\\ (x=1 \\/ x=2))";
    let litmus = parse(always).expect("it is well formed");
    for model in [Model::SequentialConsistency, Model::TotalStoreOrder] {
        let checked = check(&litmus, model, 1_000, |_| true);
        assert_eq!((checked.frequency, checked.validated, checked.states.len()), (Some(Always), Some(true), 1));
    }
}
