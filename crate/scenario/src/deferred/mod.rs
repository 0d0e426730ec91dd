//! A deferred call: its arguments are evaluated at once, what its function captures is read when it runs.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Given};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "deferred",
    folder: "deferred",
    chapter: Words::fixed("A closure captures the variable", "闭包捕获的是变量"),
    title: Words::fixed("A deferred call", "延迟调用"),
    claim: Words::fixed(
        "Arguments are evaluated at the defer, captured variables are read at the end.",
        "实参在 defer 处求值，捕获的变量到最后才读。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let given = match settings.choice("given") {
            "captured" => Given::Captured,
            "arguments" => Given::Arguments,
            "loop" => Given::Loop,
            "result" => Given::Result,
            _ => Given::Both,
        };
        let config = Config { given };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("both", Words::fixed("x as an argument, y captured", "x 作实参，y 被捕获")),
    ChoiceOption::new("captured", Words::fixed("both captured", "都被捕获")),
    ChoiceOption::new("arguments", Words::fixed("both as arguments", "都作实参")),
    ChoiceOption::new("loop", Words::fixed("three calls from a loop", "循环中的三次调用")),
    ChoiceOption::new("result", Words::fixed("the function's own result", "函数自己的结果")),
];

const FIELDS: &[Field] = &[Field::choice(
    "given",
    Words::fixed("What the deferred call gets", "延迟调用得到什么"),
    Words::fixed(
        "An argument is a value of now; a captured variable is read later.",
        "实参是现在的值；捕获的变量以后才读。",
    ),
    OPTIONS,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "both",
        Words::fixed("As in the notes: an argument and a captured variable", "如笔记所写：一个实参，一个捕获的变量"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "captured",
        Words::fixed("Both captured", "都被捕获"),
        &[("given", Setting::Text("captured"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "arguments",
        Words::fixed("Both as arguments", "都作实参"),
        &[("given", Setting::Text("arguments"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "loop",
        Words::fixed("Last in, first out", "后进先出"),
        &[("given", Setting::Text("loop"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "result",
        Words::fixed("A deferred call changes the result", "延迟调用改变结果"),
        &[("given", Setting::Text("result"))],
        0,
        &["completed"],
    ),
];
