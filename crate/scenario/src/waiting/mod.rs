//! Waiting for goroutines: by a channel, by a WaitGroup, and five ways to get it wrong.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, How};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "waiting",
    folder: "waiting",
    chapter: Words::fixed("Waiting for goroutines", "等待 goroutine"),
    title: Words::fixed("Waiting until all have finished", "等到全部完成"),
    claim: Words::fixed(
        "main does not wait for anybody unless it is told to, and a counter has to be right.",
        "不说清楚，main 谁也不等；而计数必须准确。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let how = match settings.choice("how") {
            "none" => How::NotAtAll,
            "channel" => How::Channel,
            "add-inside" => How::AddInside,
            "no-done" => How::NoDone,
            "done-twice" => How::DoneTwice,
            "copy" => How::Copy,
            _ => How::WaitGroup,
        };
        let config = Config { workers: settings.number("workers"), how };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("waitgroup", Words::fixed("a WaitGroup", "WaitGroup")),
    ChoiceOption::new("channel", Words::fixed("a channel", "一个 channel")),
    ChoiceOption::new("none", Words::fixed("not at all", "完全不等")),
    ChoiceOption::new("add-inside", Words::fixed("Add inside the goroutine", "在 goroutine 里 Add")),
    ChoiceOption::new("no-done", Words::fixed("one Done is missing", "少一次 Done")),
    ChoiceOption::new("done-twice", Words::fixed("one Done too many", "多一次 Done")),
    ChoiceOption::new("copy", Words::fixed("a copied WaitGroup", "复制了 WaitGroup")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "how",
        Words::fixed("How main waits", "main 如何等待"),
        Words::fixed("Two right ways, and five that go wrong.", "两种正确的方式，和五种错误的方式。"),
        OPTIONS,
    ),
    Field::number(
        "workers",
        Words::fixed("Workers", "工作者"),
        Words::fixed("How many goroutines main starts.", "main 启动多少个 goroutine。"),
        (1, 100),
        2.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::random("waitgroup", Words::fixed("A WaitGroup", "WaitGroup"), &[], 1, &["completed"]),
    Preset::random(
        "channel-one",
        Words::fixed("One goroutine: a channel", "一个 goroutine：channel"),
        &[("how", Setting::Text("channel")), ("workers", Setting::Number(1.0))],
        1,
        &["completed"],
    ),
    Preset::random(
        "channel",
        Words::fixed("Several, and a channel", "多个，用一个 channel"),
        &[("how", Setting::Text("channel"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "none",
        Words::fixed("Not at all: main leaves", "完全不等：main 走了"),
        &[("how", Setting::Text("none"))],
        5,
        &["completed"],
    ),
    Preset::random(
        "add-inside",
        Words::fixed("Add inside the goroutine: too late", "在 goroutine 里 Add：太迟了"),
        &[("how", Setting::Text("add-inside"))],
        6,
        &["completed", "completed, data race"],
    ),
    Preset::random(
        "no-done",
        Words::fixed("One Done is missing", "少一次 Done"),
        &[("how", Setting::Text("no-done"))],
        1,
        &["deadlocked"],
    ),
    Preset::random(
        "done-twice",
        Words::fixed("One Done too many", "多一次 Done"),
        &[("how", Setting::Text("done-twice"))],
        4,
        &["completed", "panicked"],
    ),
    Preset::random(
        "copy",
        Words::fixed("A copied WaitGroup", "复制了 WaitGroup"),
        &[("how", Setting::Text("copy"))],
        1,
        &["deadlocked"],
    ),
];
