//! Looking for the last zero while others write: the benchmark on which reductions differ most.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "lastzero",
    folder: "lastzero",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("The last zero", "最后一个零"),
    claim: Words::fixed(
        "How many executions there are depends on what a load can see, not on how many orders there are.",
        "有多少种执行，取决于读能看到什么，而不是有多少种先后次序。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let writers = settings.number("n");
        Program::new(move |go| body::main(go, writers))
    },
};

const FIELDS: &[Field] = &[Field::number(
    "n",
    Words::fixed("Writers", "写者个数"),
    Words::fixed("Each writes one cell, from the one before it.", "每个写者根据前一个格子写一个格子。"),
    (1, 15),
    3.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("three", Words::fixed("Three writers", "三个写者"), &[], 0, &["completed"]),
    Preset::first_come(
        "five",
        Words::fixed("Five writers", "五个写者"),
        &[("n", Setting::Number(5.0))],
        0,
        &["completed"],
    ),
];
