//! Telling goroutines to quit: one value stops one of them, a close stops all.

mod body;

use chanscope_kernel::Run;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Domain, Field, Setting};
use crate::scenario::{Preset, Scenario, StrategyName};
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
    start: |settings, limits| {
        let stop = match settings.choice("stop") {
            "one" => Stop::One,
            "each" => Stop::Each,
            _ => Stop::Close,
        };
        let config = Config { stop, workers: settings.number("workers"), jobs: settings.number("jobs") };
        Run::new(limits, |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field {
        name: "stop",
        label: Words::fixed("How main says stop", "main 如何喊停"),
        help: Words::fixed("By values on the stop channel, or by closing it.", "在停止 channel 上发值，或关闭它。"),
        domain: Domain::Choice(&[
            ChoiceOption { value: "close", label: Words::fixed("close it", "关闭它") },
            ChoiceOption { value: "one", label: Words::fixed("send one value", "发送一个值") },
            ChoiceOption { value: "each", label: Words::fixed("send one value for each", "给每个发一个值") },
        ]),
        default: Setting::Text("close"),
    },
    Field {
        name: "workers",
        label: Words::fixed("Workers", "工作者"),
        help: Words::fixed("How many goroutines take jobs.", "有多少个 goroutine 领取任务。"),
        domain: Domain::Number { min: 2, max: 100 },
        default: Setting::Number(3.0),
    },
    Field {
        name: "jobs",
        label: Words::fixed("Jobs", "任务"),
        help: Words::fixed("How many jobs main hands out before it says stop.", "main 喊停之前派发多少个任务。"),
        domain: Domain::Number { min: 0, max: 100 },
        default: Setting::Number(2.0),
    },
];

const PRESETS: &[Preset] = &[
    Preset {
        id: "close",
        title: Words::fixed("A close stops all", "关闭停全部"),
        settings: &[],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["completed"],
    },
    Preset {
        id: "one",
        title: Words::fixed("One value stops one", "一个值停一个"),
        settings: &[("stop", Setting::Text("one"))],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["deadlocked"],
    },
    Preset {
        id: "each",
        title: Words::fixed("One value for each", "每个一个值"),
        settings: &[("stop", Setting::Text("each"))],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["completed"],
    },
];
