//! Two goroutines add up each other: only one order of many reaches the largest number.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "fib-bench",
    folder: "fib_bench",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("Racing for a Fibonacci number", "争一个斐波那契数"),
    claim: Words::fixed(
        "One order in a great many reaches the largest number, and exploring finds it.",
        "许许多多次序中只有寥寥几种能达到最大的数，探索能找到它。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let times = settings.number("k");
        Program::new(move |go| body::main(go, times))
    },
};

const FIELDS: &[Field] = &[Field::number(
    "k",
    Words::fixed("Additions of each", "每人加几次"),
    Words::fixed("Each adds so often what the other has.", "每人把对方的值加进来这么多次。"),
    (1, 6),
    1.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("one", Words::fixed("One addition each", "每人一次"), &[], 0, &["completed"]),
    Preset::first_come(
        "two",
        Words::fixed("Two additions each", "每人两次"),
        &[("k", Setting::Number(2.0))],
        0,
        &["completed"],
    ),
];
