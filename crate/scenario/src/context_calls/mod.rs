//! A asks B, B asks C, and all are to be stopped together: as the notes write it, and as they mean it.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Calls, Config, Ends};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "context-calls",
    folder: "context_calls",
    chapter: Words::fixed("Context", "Context"),
    title: Words::fixed("A asks B, B asks C", "A 让 B 做，B 让 C 做"),
    claim: Words::fixed(
        "Arguments are evaluated before the goroutine starts: `go f(g())` runs g here.",
        "实参在 goroutine 启动之前求值：`go f(g())` 就在这里运行 g。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            calls: match settings.choice("calls") {
                "written" => Calls::Written,
                _ => Calls::Meant,
            },
            ends: match settings.choice("ends") {
                "timeout" => Ends::Timeout,
                "deadline" => Ends::Deadline,
                "never" => Ends::Never,
                _ => Ends::Cancel,
            },
            after_ms: settings.number("after"),
            rest_ms: settings.number("rest"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const CALLS: &[ChoiceOption] = &[
    ChoiceOption::new("meant", Words::fixed("as meant: go func() { … }()", "本意：go func() { … }()")),
    ChoiceOption::new("written", Words::fixed("as written: go fmt.Println(B(ctx))", "原文：go fmt.Println(B(ctx))")),
];

const ENDS: &[ChoiceOption] = &[
    ChoiceOption::new("cancel", Words::fixed("somebody calls cancel", "有人调用 cancel")),
    ChoiceOption::new("timeout", Words::fixed("WithTimeout", "WithTimeout")),
    ChoiceOption::new("deadline", Words::fixed("WithDeadline", "WithDeadline")),
    ChoiceOption::new("never", Words::fixed("nobody does", "没有人")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "calls",
        Words::fixed("How B and C are started", "B 与 C 如何启动"),
        Words::fixed("With the call as an argument, or inside a function.", "调用写成实参，还是写在函数里。"),
        CALLS,
    ),
    Field::choice(
        "ends",
        Words::fixed("Who ends it", "谁来结束"),
        Words::fixed("What cancels the context.", "什么让 context 取消。"),
        ENDS,
    ),
    Field::number(
        "after",
        Words::fixed("After", "多久之后"),
        Words::fixed("When it is cancelled, in milliseconds. The notes: 3 s.", "多久之后取消，单位毫秒。笔记：3 秒。"),
        (1, 60_000),
        30.0,
    ),
    Field::number(
        "rest",
        Words::fixed("main rests", "main 休息"),
        Words::fixed(
            "How long main sleeps at the end, in milliseconds. The notes: an hour.",
            "main 最后睡多久，单位毫秒。笔记：一小时。",
        ),
        (0, 3_600_000),
        50.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "meant",
        Words::fixed("Three goroutines, one context", "三个 goroutine，一个 context"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "written",
        Words::fixed("As written: B and C run in main", "照原文：B 和 C 在 main 里运行"),
        &[("calls", Setting::Text("written"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "notes",
        Words::fixed("As in the notes: 3 s, and an hour", "如笔记所写：3 秒，再一小时"),
        &[
            ("calls", Setting::Text("written")),
            ("after", Setting::Number(3_000.0)),
            ("rest", Setting::Number(3_600_000.0)),
        ],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "meant-notes",
        Words::fixed("As meant, with the 3 s of the notes", "照本意，用笔记的 3 秒"),
        &[("after", Setting::Number(3_000.0)), ("rest", Setting::Number(3_600_000.0))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "timeout",
        Words::fixed("WithTimeout", "WithTimeout"),
        &[("ends", Setting::Text("timeout"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "deadline",
        Words::fixed("WithDeadline", "WithDeadline"),
        &[("ends", Setting::Text("deadline"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "no-rest",
        Words::fixed("main does not rest: lines may be missing", "main 不休息：可能少几行"),
        &[("rest", Setting::Number(0.0))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "never",
        Words::fixed("Nobody cancels", "没有人取消"),
        &[("ends", Setting::Text("never"))],
        0,
        &["deadlocked"],
    ),
];
