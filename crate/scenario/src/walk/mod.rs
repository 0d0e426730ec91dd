//! A directory walk that the reader can cancel: everybody looks at one channel, which is closed.

mod body;
mod tree;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, OnCancel};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "walk",
    folder: "walk",
    chapter: Words::fixed("Telling goroutines to quit", "通知 goroutine 退出"),
    title: Words::fixed("A directory walk that you can cancel", "可以取消的目录遍历"),
    claim: Words::fixed(
        "Those who poll quit at once; the one who drains lets the senders go.",
        "查看的人立刻退出；把 channel 清空的人放走发送者。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            branches: settings.number("branches"),
            depth: settings.number("depth"),
            limit: settings.number("limit"),
            poll: settings.flag("poll"),
            on_cancel: match settings.choice("onCancel") {
                "leave" => OnCancel::Leave,
                _ => OnCancel::Drain,
            },
        };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("drain", Words::fixed("drains the sizes", "清空 sizes")),
    ChoiceOption::new("leave", Words::fixed("leaves at once", "立刻离开")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "onCancel",
        Words::fixed("Once cancelled, main", "取消之后 main"),
        Words::fixed(
            "To drain is to receive what is still being sent, until nobody sends any more.",
            "清空，就是把还在发送的都收下，直到没人再发。",
        ),
        OPTIONS,
    ),
    Field::flag(
        "poll",
        Words::fixed("Walkers look first", "遍历者先看一眼"),
        Words::fixed(
            "Whether a walker looks at done before it does anything.",
            "遍历者在做任何事之前，是否先看一眼 done。",
        ),
        true,
    ),
    Field::number(
        "branches",
        Words::fixed("Directories in a directory", "每个目录的子目录"),
        Words::fixed("How many directories each has, above the deepest.", "除最深一层外，每个目录有多少个子目录。"),
        (1, 8),
        1.0,
    ),
    Field::number(
        "depth",
        Words::fixed("Depth", "深度"),
        Words::fixed("How many levels there are below the root.", "根目录下面有几层。"),
        (0, 3),
        1.0,
    ),
    Field::number(
        "limit",
        Words::fixed("Open directories", "打开的目录"),
        Words::fixed("How many directories may be open at once.", "同时最多打开多少个目录。"),
        (1, 100),
        1.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("drain", Words::fixed("Cancel it when you like", "随时可以取消"), &[], 0, &["completed"]),
    Preset::first_come(
        "leave",
        Words::fixed("main leaves without draining", "main 不清空就离开"),
        &[("onCancel", Setting::Text("leave"))],
        0,
        &["completed", "completed, leaked"],
    ),
    Preset::first_come(
        "no-poll",
        Words::fixed("Walkers that do not look", "不看的遍历者"),
        &[("poll", Setting::Flag(false))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "large",
        Words::fixed("A larger tree, twenty directories open", "更大的树，同时打开二十个目录"),
        &[("branches", Setting::Number(4.0)), ("depth", Setting::Number(3.0)), ("limit", Setting::Number(20.0))],
        0,
        &["completed"],
    ),
];
