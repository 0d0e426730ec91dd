//! A loop that only ever looks, and a reader who wants it to stop.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::Config;

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "polling",
    folder: "polling",
    chapter: Words::fixed("Telling goroutines to quit", "通知 goroutine 退出"),
    title: Words::fixed("Cancel, and a loop that never waits", "取消，与一个从不等待的循环"),
    claim: Words::fixed(
        "Who polls can be told to stop only where somebody else gets to run.",
        "轮询者只有在别人有机会运行时，才能得知要停下。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config { rounds: settings.number("rounds") };
        Program::new(move |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[Field::number(
    "rounds",
    Words::fixed("Rounds", "轮数"),
    Words::fixed("How often the worker looks before it has finished.", "工人看多少次之后算做完。"),
    (1, 1_000_000),
    3.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("three", Words::fixed("Three rounds", "三轮"), &[], 0, &["completed"]),
    Preset::first_come(
        "long",
        Words::fixed("Ten thousand rounds", "一万轮"),
        &[("rounds", Setting::Number(10_000.0))],
        0,
        &["completed"],
    ),
];
