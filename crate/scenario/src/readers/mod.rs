//! One store and many loads: loads do not mind each other.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "readers",
    folder: "readers",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("One writer, many readers", "一个写者，许多读者"),
    claim: Words::fixed(
        "Two loads can change places and nobody can tell; a load and a store cannot.",
        "两次读可以互换，没有人看得出；读和写不行。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let readers = settings.number("n");
        Program::new(move |go| body::main(go, readers))
    },
};

const FIELDS: &[Field] = &[Field::number(
    "n",
    Words::fixed("Readers", "读者个数"),
    Words::fixed("Each loads x once.", "每个读者读一次 x。"),
    (1, 13),
    2.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("two", Words::fixed("Two readers", "两个读者"), &[], 0, &["completed"]),
    Preset::first_come(
        "eight",
        Words::fixed("Eight readers", "八个读者"),
        &[("n", Setting::Number(8.0))],
        0,
        &["completed"],
    ),
];
