//! How many inequivalent executions there are under total store order, where buffers make the difference.
//!
//! Source of the counts: an enumeration of all interleavings of x86-TSO written apart from this project, which counts
//! Mazurkiewicz traces. The first can be had by hand: what comes first at `x` and what comes first at `y` are two choices of
//! two, and one of the four goes in a circle. n5 has 18 and n6 nine where a load that its own buffer answers counts as one
//! of memory.

use chanscope_litmus::{Model, check, parse};

#[test]
fn an_exchange_comes_after_the_stores_that_it_has_waited_for() {
    let swaps = ["MOV [y],$1 ; XCHG [x],EAX", "MOV [x],$2 ; XCHG [y],EAX"];
    for (threads, executions) in [
        (vec![swaps[0], swaps[1]], 3),
        (vec![swaps[0], swaps[1], "MOV [y],$1"], 9),
        (vec![swaps[0], swaps[1], "MOV EAX,[y]"], 9),
        (vec![swaps[0], "MOV [x],$2", "MOV [y],$2"], 4),
        (vec!["MOV [x],$1 ; XCHG [y],EAX", "MOV EAX,[x] ; MOV EBX,[y] ; MOV ECX,[x]"], 5),
    ] {
        assert_eq!(count(&threads), executions, "{threads:?}");
    }
}

#[test]
fn what_others_bring_to_memory_is_nothing_to_a_load_that_the_own_buffer_answers() {
    let n5 = ["MOV [x],$1 ; MOV EAX,[x]", "MOV [x],$2 ; MOV EAX,[x]"];
    let n6 = ["MOV [x],$1 ; MOV EAX,[x] ; MOV EBX,[y]", "MOV [y],$2 ; MOV [x],$2"];
    let rfi = ["MOV [x],$1 ; MOV EAX,[x] ; MOV EBX,[y]", "MOV [y],$1 ; MOV EAX,[y] ; MOV EBX,[x]"];
    assert_eq!([n5, n6, rfi].map(|threads| count(&threads)), [12, 8, 15]);
}

fn count(threads: &[&str]) -> u64 {
    let litmus = parse(columns(threads)).expect("it is well formed");
    check(&litmus, Model::TotalStoreOrder, u64::MAX, |_| true).executions
}

/// A test in the format of the herd tools: a column a thread.
fn columns(threads: &[&str]) -> String {
    let split: Vec<Vec<&str>> = threads.iter().map(|thread| thread.split(" ; ").collect()).collect();
    let longest = split.iter().map(Vec::len).max().unwrap_or(0);
    let names: Vec<String> = (0..threads.len()).map(|thread| format!("P{thread}")).collect();
    let rows = (0..longest).map(|row| {
        let cells: Vec<&str> = split.iter().map(|thread| thread.get(row).copied().unwrap_or("")).collect();
        format!(" {} ;\n", cells.join(" | "))
    });
    let rows: String = rows.collect();
    format!("X86 test\n{{ x=0; y=0; 0:EAX=2; 1:EAX=2; }}\n {} ;\n{rows}exists (x=0)\n", names.join(" | "))
}
