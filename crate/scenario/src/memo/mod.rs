//! A memo that several goroutines use at once: four disciplines, and three ways to go without.

mod body;
mod cache;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Guard};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "memo",
    folder: "memo",
    chapter: Words::fixed("Data race", "数据竞争"),
    title: Words::fixed("A memo that several use at once", "多个 goroutine 共用的缓存"),
    claim: Words::fixed(
        "Fill it before anybody reads, give it to one goroutine, or let in one at a time.",
        "先填好再让人读，或交给一个 goroutine，或一次只放进一个。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let guard = match settings.choice("guard") {
            "writes-only" => Guard::WritesOnly,
            "two-sections" => Guard::TwoSections,
            "mutex" => Guard::Mutex,
            "ready" => Guard::Ready,
            "monitor" => Guard::Monitor,
            "filled" => Guard::Filled,
            _ => Guard::Nothing,
        };
        let config = Config { guard, askers: settings.number("askers"), keys: settings.number("keys") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("nothing", Words::fixed("nothing", "没有保护")),
    ChoiceOption::new("writes-only", Words::fixed("a mutex, for writes only", "互斥锁，只管写")),
    ChoiceOption::new("two-sections", Words::fixed("a mutex, let go in between", "互斥锁，中间放开")),
    ChoiceOption::new("mutex", Words::fixed("a mutex, held throughout", "互斥锁，自始至终")),
    ChoiceOption::new("ready", Words::fixed("a mutex, and a channel for each entry", "互斥锁，每项再配一个 channel")),
    ChoiceOption::new("monitor", Words::fixed("one goroutine that owns it", "由一个 goroutine 独占")),
    ChoiceOption::new("filled", Words::fixed("filled before they start", "启动之前先填好")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "guard",
        Words::fixed("What guards the cache", "用什么保护缓存"),
        Words::fixed("How goroutines keep out of each other's way.", "goroutine 之间如何互不干扰。"),
        OPTIONS,
    ),
    Field::number(
        "askers",
        Words::fixed("Askers", "查询者"),
        Words::fixed("How many goroutines ask for a key each.", "有多少个 goroutine 各查询一个键。"),
        (1, 100),
        2.0,
    ),
    Field::number(
        "keys",
        Words::fixed("Keys", "键"),
        Words::fixed("How many different keys they ask for, in turn.", "他们轮流查询多少个不同的键。"),
        (1, 5),
        1.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::random(
        "nothing",
        Words::fixed("Unguarded: a data race", "没有保护：数据竞争"),
        &[],
        1,
        &["completed, data race", "fatal, data race"],
    ),
    Preset::random(
        "writes-only",
        Words::fixed("Only writes are guarded: still a race", "只保护写：仍有竞争"),
        &[("guard", Setting::Text("writes-only"))],
        1,
        &["completed, data race", "fatal, data race"],
    ),
    Preset::random(
        "two-sections",
        Words::fixed("Let go in between: slow runs twice", "中间放开：slow 运行两次"),
        &[("guard", Setting::Text("two-sections"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "mutex",
        Words::fixed("A mutex, held throughout", "互斥锁，自始至终"),
        &[("guard", Setting::Text("mutex"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "ready",
        Words::fixed("Once for each key, and different keys at once", "每个键一次，不同的键同时进行"),
        &[("guard", Setting::Text("ready")), ("keys", Setting::Number(2.0)), ("askers", Setting::Number(3.0))],
        1,
        &["completed"],
    ),
    Preset::random(
        "monitor",
        Words::fixed("One goroutine that owns it", "由一个 goroutine 独占"),
        &[("guard", Setting::Text("monitor"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "filled",
        Words::fixed("Filled before they start", "启动之前先填好"),
        &[("guard", Setting::Text("filled"))],
        1,
        &["completed"],
    ),
];
