//! How a context is used: released, passed on, shared; and not released, kept in a struct, nil.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Use};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "context-use",
    folder: "context_use",
    chapter: Words::fixed("Context", "Context"),
    title: Words::fixed("The rules, kept and broken", "守规矩与不守规矩"),
    claim: Words::fixed(
        "Pass it as the first parameter, call its cancel, never nil; share it freely.",
        "作为第一个参数传递，调用它的 cancel，不用 nil；可以放心共享。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let how = match settings.choice("use") {
            "not-cancelled" => Use::NotCancelled,
            "struct" => Use::Struct,
            "passed" => Use::Passed,
            "nil" => Use::Nil,
            "todo" => Use::Todo,
            "shared" => Use::Shared,
            "late" => Use::Late,
            "late-room" => Use::LateWithRoom,
            _ => Use::Cancelled,
        };
        Program::new(move |go| body::main(go, Config { how }))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("cancelled", Words::fixed("cancel is deferred", "defer 了 cancel")),
    ChoiceOption::new("not-cancelled", Words::fixed("cancel is never called", "从不调用 cancel")),
    ChoiceOption::new("struct", Words::fixed("kept in a struct", "存在结构体里")),
    ChoiceOption::new("passed", Words::fixed("passed as a parameter", "作为参数传递")),
    ChoiceOption::new("nil", Words::fixed("nil", "nil")),
    ChoiceOption::new("todo", Words::fixed("context.TODO()", "context.TODO()")),
    ChoiceOption::new("shared", Words::fixed("used by many at once", "多个 goroutine 同时使用")),
    ChoiceOption::new("late", Words::fixed("over before the answer is there", "答案还没到就结束")),
    ChoiceOption::new("late-room", Words::fixed("the same, with room for the answer", "同样，但给答案留了位置")),
];

const FIELDS: &[Field] = &[Field::choice(
    "use",
    Words::fixed("The context is", "这个 context"),
    Words::fixed("One rule each, kept or broken.", "每项一条规矩，遵守或违背。"),
    OPTIONS,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("cancelled", Words::fixed("cancel is deferred", "defer 了 cancel"), &[], 0, &["completed"]),
    Preset::first_come(
        "not-cancelled",
        Words::fixed("cancel is never called", "从不调用 cancel"),
        &[("use", Setting::Text("not-cancelled"))],
        0,
        &["completed, not cancelled"],
    ),
    Preset::first_come(
        "struct",
        Words::fixed("Kept in a struct, and reused", "存在结构体里，再次使用"),
        &[("use", Setting::Text("struct"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "passed",
        Words::fixed("Passed with each request", "每个请求各传一个"),
        &[("use", Setting::Text("passed"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "nil",
        Words::fixed("A nil context", "nil context"),
        &[("use", Setting::Text("nil"))],
        0,
        &["panicked"],
    ),
    Preset::first_come(
        "todo",
        Words::fixed("context.TODO()", "context.TODO()"),
        &[("use", Setting::Text("todo"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "shared",
        Words::fixed("Used by many at once: no race", "多个 goroutine 同时使用：没有竞争"),
        &[("use", Setting::Text("shared"))],
        1,
        &["completed"],
    ),
    Preset::first_come(
        "late",
        Words::fixed("Over before the answer: the worker leaks", "答案未到就结束：工作者泄漏"),
        &[("use", Setting::Text("late"))],
        0,
        &["completed, leaked"],
    ),
    Preset::first_come(
        "late-room",
        Words::fixed("The same, with room for the answer", "同样，但给答案留了位置"),
        &[("use", Setting::Text("late-room"))],
        0,
        &["completed"],
    ),
];
