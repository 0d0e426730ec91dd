//! Telling goroutines to quit: one value stops one of them, a close stops all.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Stop};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "quitting",
    folder: "quitting",
    chapter: Words::fixed("Telling goroutines to quit", "通知 goroutine 退出"),
    title: Words::fixed("One value stops one, a close stops all", "一个值停一个，关闭停全部"),
    claim: Words::fixed(
        "A value is received once; a close is seen by everybody.",
        "一个值只被收到一次；关闭则人人可见。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let stop = match settings.choice("stop") {
            "one" => Stop::One,
            "each" => Stop::Each,
            _ => Stop::Close,
        };
        let config = Config { stop, workers: settings.number("workers"), jobs: settings.number("jobs") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("close", Words::fixed("close it", "关闭它")),
    ChoiceOption::new("one", Words::fixed("send one value", "发送一个值")),
    ChoiceOption::new("each", Words::fixed("send one value for each", "给每个发一个值")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "stop",
        Words::fixed("How main says stop", "main 如何喊停"),
        Words::fixed("By values on the stop channel, or by closing it.", "在停止 channel 上发值，或关闭它。"),
        OPTIONS,
    ),
    Field::number(
        "workers",
        Words::fixed("Workers", "工作者"),
        Words::fixed("How many goroutines take jobs.", "有多少个 goroutine 领取任务。"),
        (2, 100),
        3.0,
    ),
    Field::number(
        "jobs",
        Words::fixed("Jobs", "任务"),
        Words::fixed("How many jobs main hands out before it says stop.", "main 喊停之前派发多少个任务。"),
        (0, 100),
        2.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("close", Words::fixed("A close stops all", "关闭停全部"), &[], 0, &["completed"]),
    Preset::first_come(
        "one",
        Words::fixed("One value stops one", "一个值停一个"),
        &[("stop", Setting::Text("one"))],
        0,
        &["deadlocked"],
    ),
    Preset::first_come(
        "each",
        Words::fixed("One value for each", "每个一个值"),
        &[("stop", Setting::Text("each"))],
        0,
        &["completed"],
    ),
];
