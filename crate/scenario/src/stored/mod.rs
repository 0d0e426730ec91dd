//! Functions stored in a slice: each holds a variable, and the question is which.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Holds};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "stored",
    folder: "stored",
    chapter: Words::fixed("A closure captures the variable", "闭包捕获的是变量"),
    title: Words::fixed("Functions stored in a slice", "存入切片的函数"),
    claim: Words::fixed(
        "Functions that hold the same variable see the same value, whenever they run.",
        "持有同一个变量的函数，无论何时运行，看到的都是同一个值。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let holds = match settings.choice("holds") {
            "go-1.22" => Holds::OneEach,
            "outside" => Holds::Outside,
            "copy" => Holds::Copy,
            "parameter" => Holds::Parameter,
            "method" => Holds::Method,
            "method-pointer" => Holds::MethodPointer,
            _ => Holds::OneForAll,
        };
        let config = Config { holds, functions: settings.number("functions") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("go-1.21", Words::fixed("the loop's variable (Go up to 1.21)", "循环变量（Go 1.21 及以前）")),
    ChoiceOption::new("go-1.22", Words::fixed("the loop's variable (Go 1.22 and later)", "循环变量（Go 1.22 起）")),
    ChoiceOption::new("outside", Words::fixed("a variable from outside the loop", "循环外的变量")),
    ChoiceOption::new("copy", Words::fixed("an explicit copy", "显式复制")),
    ChoiceOption::new("parameter", Words::fixed("a parameter", "参数")),
    ChoiceOption::new("method", Words::fixed("a method value", "方法值")),
    ChoiceOption::new("method-pointer", Words::fixed("a method value with a pointer", "带指针的方法值")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "holds",
        Words::fixed("What each function holds", "每个函数持有什么"),
        Words::fixed("Which variable a stored function refers to.", "存起来的函数引用哪个变量。"),
        OPTIONS,
    ),
    Field::number(
        "functions",
        Words::fixed("Functions", "函数"),
        Words::fixed("How many rounds the loop has.", "循环有多少轮。"),
        (1, 100),
        3.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "one-for-all",
        Words::fixed("As in the notes: one variable for all", "如笔记所写：共用一个变量"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "one-each",
        Words::fixed("One for each round", "每轮一个"),
        &[("holds", Setting::Text("go-1.22"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "outside",
        Words::fixed("Declared outside: one for all, in any Go", "在循环外声明：任何版本都共用"),
        &[("holds", Setting::Text("outside"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "copy",
        Words::fixed("An explicit copy", "显式复制"),
        &[("holds", Setting::Text("copy"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "parameter",
        Words::fixed("A parameter", "参数"),
        &[("holds", Setting::Text("parameter"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "method",
        Words::fixed("A method value: the receiver is copied", "方法值：复制接收者"),
        &[("holds", Setting::Text("method"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "method-pointer",
        Words::fixed("With a pointer, the pointer is copied", "带指针时，复制的是指针"),
        &[("holds", Setting::Text("method-pointer"))],
        0,
        &["completed"],
    ),
];
