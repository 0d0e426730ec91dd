//! A closure captures the variable, not its value.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Loop};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "capture",
    folder: "capture",
    chapter: Words::fixed("A closure captures the variable", "闭包捕获的是变量"),
    title: Words::fixed("Goroutines started in a loop", "在循环中启动 goroutine"),
    claim: Words::fixed(
        "A closure holds the variable, and reads it when it runs.",
        "闭包持有的是变量，运行时才去读它。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let variable = match settings.choice("variable") {
            "go-1.22" => Loop::OneEach,
            "copy" => Loop::Copy,
            "parameter" => Loop::Parameter,
            _ => Loop::OneForAll,
        };
        let config = Config { variable, wait: settings.flag("wait") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("go-1.21", Words::fixed("one for all (Go up to 1.21)", "共用一个（Go 1.21 及以前）")),
    ChoiceOption::new("go-1.22", Words::fixed("one each (Go 1.22 and later)", "每轮一个（Go 1.22 起）")),
    ChoiceOption::new("copy", Words::fixed("an explicit copy", "显式复制")),
    ChoiceOption::new("parameter", Words::fixed("a parameter", "作为参数")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "variable",
        Words::fixed("The loop's variable", "循环变量"),
        Words::fixed(
            "Up to Go 1.21 there is one for the whole loop; from Go 1.22 on, one for each round.",
            "Go 1.21 及以前整个循环只有一个；自 Go 1.22 起每轮一个。",
        ),
        OPTIONS,
    ),
    Field::flag(
        "wait",
        Words::fixed("main waits", "main 等待"),
        Words::fixed(
            "The notes do not wait: main may leave before anybody has printed.",
            "笔记没有等待：main 可能在别人打印之前就走了。",
        ),
        true,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "one-for-all",
        Words::fixed("One variable for all", "共用一个变量"),
        &[],
        0,
        &["completed, data race"],
    ),
    Preset::first_come(
        "one-each",
        Words::fixed("One for each round", "每轮一个"),
        &[("variable", Setting::Text("go-1.22"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "copy",
        Words::fixed("An explicit copy", "显式复制"),
        &[("variable", Setting::Text("copy"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "parameter",
        Words::fixed("A parameter", "作为参数"),
        &[("variable", Setting::Text("parameter"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "no-wait",
        Words::fixed("As in the notes: main does not wait", "如笔记所写：main 不等待"),
        &[("wait", Setting::Flag(false))],
        7,
        &["completed, data race"],
    ),
];
