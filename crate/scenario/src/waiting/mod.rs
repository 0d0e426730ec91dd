//! Waiting for goroutines: by a channel, by a WaitGroup, and five ways to get it wrong.

mod body;

use chanscope_kernel::Run;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Domain, Field, Setting};
use crate::scenario::{Preset, Scenario, StrategyName};
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
    start: |settings, limits| {
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
        Run::new(limits, |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field {
        name: "how",
        label: Words::fixed("How main waits", "main 如何等待"),
        help: Words::fixed("Two right ways, and five that go wrong.", "两种正确的方式，和五种错误的方式。"),
        domain: Domain::Choice(&[
            ChoiceOption { value: "waitgroup", label: Words::fixed("a WaitGroup", "WaitGroup") },
            ChoiceOption { value: "channel", label: Words::fixed("a channel", "一个 channel") },
            ChoiceOption { value: "none", label: Words::fixed("not at all", "完全不等") },
            ChoiceOption {
                value: "add-inside",
                label: Words::fixed("Add inside the goroutine", "在 goroutine 里 Add"),
            },
            ChoiceOption { value: "no-done", label: Words::fixed("one Done is missing", "少一次 Done") },
            ChoiceOption { value: "done-twice", label: Words::fixed("one Done too many", "多一次 Done") },
            ChoiceOption { value: "copy", label: Words::fixed("a copied WaitGroup", "复制了 WaitGroup") },
        ]),
        default: Setting::Text("waitgroup"),
    },
    Field {
        name: "workers",
        label: Words::fixed("Workers", "工作者"),
        help: Words::fixed("How many goroutines main starts.", "main 启动多少个 goroutine。"),
        domain: Domain::Number { min: 1, max: 100 },
        default: Setting::Number(2.0),
    },
];

const fn how(
    id: &'static str,
    title: Words,
    settings: &'static [(&'static str, Setting<&'static str>)],
    seed: u64,
    verdicts: &'static [&'static str],
) -> Preset {
    Preset { id, title, settings, strategy: StrategyName::Random, seed, verdicts }
}

const PRESETS: &[Preset] = &[
    how("waitgroup", Words::fixed("A WaitGroup", "WaitGroup"), &[], 1, &["completed"]),
    how("channel", Words::fixed("A channel", "一个 channel"), &[("how", Setting::Text("channel"))], 1, &["completed"]),
    how(
        "none",
        Words::fixed("Not at all: main leaves", "完全不等：main 走了"),
        &[("how", Setting::Text("none"))],
        1,
        &["completed"],
    ),
    how(
        "add-inside",
        Words::fixed("Add inside the goroutine: too late", "在 goroutine 里 Add：太迟了"),
        &[("how", Setting::Text("add-inside"))],
        1,
        &["completed"],
    ),
    how(
        "no-done",
        Words::fixed("One Done is missing", "少一次 Done"),
        &[("how", Setting::Text("no-done"))],
        1,
        &["deadlocked"],
    ),
    how(
        "done-twice",
        Words::fixed("One Done too many", "多一次 Done"),
        &[("how", Setting::Text("done-twice"))],
        4,
        &["completed", "panicked"],
    ),
    how(
        "copy",
        Words::fixed("A copied WaitGroup", "复制了 WaitGroup"),
        &[("how", Setting::Text("copy"))],
        1,
        &["deadlocked"],
    ),
];
