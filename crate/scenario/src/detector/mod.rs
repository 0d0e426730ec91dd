//! What the race detector finds, and what it cannot: it looks at one run.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Reads};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "detector",
    folder: "detector",
    chapter: Words::fixed("The race detector", "竞争检测"),
    title: Words::fixed("A run without a report", "没有报告的一次运行"),
    claim: Words::fixed(
        "The detector speaks of the run that it saw. Another run of the same program can have a race.",
        "检测器只说它看到的那次运行；同一程序的另一次运行可能有竞争。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let reads = match settings.choice("reads") {
            "after-lock" => Reads::AfterLock,
            "when-ready" => Reads::WhenReady,
            _ => Reads::IfReady,
        };
        let config = Config { reads };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("if-ready", Words::fixed("ready or not, after a look", "看一眼，不管就绪与否")),
    ChoiceOption::new("after-lock", Words::fixed("after a lock that guards something else", "在保护别物的锁之后")),
    ChoiceOption::new("when-ready", Words::fixed("when it is ready", "就绪之后")),
];

const FIELDS: &[Field] = &[Field::choice(
    "reads",
    Words::fixed("When main reads", "main 何时读取"),
    Words::fixed("What comes before main's read of the configuration.", "main 读取配置之前做了什么。"),
    OPTIONS,
)];

const SOMETIMES: &[&str] = &["completed", "completed, data race"];

const PRESETS: &[Preset] = &[
    Preset::first_come("report", Words::fixed("A run with a report", "有报告的一次运行"), &[], 0, SOMETIMES),
    Preset::random("quiet", Words::fixed("The same program, without one", "同一程序，没有报告"), &[], 2, SOMETIMES),
    Preset::random(
        "lock-quiet",
        Words::fixed("A lock that happens to order them", "碰巧排出先后的锁"),
        &[("reads", Setting::Text("after-lock"))],
        7,
        SOMETIMES,
    ),
    Preset::first_come(
        "lock-report",
        Words::fixed("The same lock, the other way round", "同一把锁，反过来"),
        &[("reads", Setting::Text("after-lock"))],
        0,
        SOMETIMES,
    ),
    Preset::random(
        "when-ready",
        Words::fixed("main waits: no run has a race", "main 等待：任何运行都没有竞争"),
        &[("reads", Setting::Text("when-ready"))],
        1,
        &["completed"],
    ),
];
