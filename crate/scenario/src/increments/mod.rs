//! Counting together: lost updates, and how many orders there are.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, How};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "increments",
    folder: "increments",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("Counting together", "一起计数"),
    claim: Words::fixed(
        "An addition in two parts can lose what another has added in between.",
        "分成两半的加法，会丢掉别人在中间加上的数。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let how = match settings.choice("how") {
            "add" => How::Add,
            "mutex" => How::Mutex,
            _ => How::Parts,
        };
        let config = Config { goroutines: settings.number("goroutines"), times: settings.number("times"), how };
        Program::new(move |go| body::main(go, config))
    },
};

const HOWS: &[ChoiceOption] = &[
    ChoiceOption::new("parts", Words::fixed("load, then store", "先读，再写")),
    ChoiceOption::new("add", Words::fixed("one atomic addition", "一次原子加法")),
    ChoiceOption::new("mutex", Words::fixed("under a mutex", "在互斥锁里")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "how",
        Words::fixed("Counting by", "怎样加一"),
        Words::fixed("How each goroutine adds one.", "每个 goroutine 用什么方式加一。"),
        HOWS,
    ),
    Field::number(
        "goroutines",
        Words::fixed("Goroutines", "goroutine 个数"),
        Words::fixed("How many count.", "有几个在计数。"),
        (1, 6),
        2.0,
    ),
    Field::number(
        "times",
        Words::fixed("Times each", "每个几次"),
        Words::fixed("How often each adds one.", "每个加几次一。"),
        (1, 4),
        1.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("parts", Words::fixed("Load, then store", "先读，再写"), &[], 0, &["completed"]),
    Preset::first_come(
        "add",
        Words::fixed("Atomic additions: three goroutines, two each", "原子加法：三个 goroutine，各两次"),
        &[("how", Setting::Text("add")), ("goroutines", Setting::Number(3.0)), ("times", Setting::Number(2.0))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "mutex",
        Words::fixed("Under a mutex: four goroutines", "在互斥锁里：四个 goroutine"),
        &[("how", Setting::Text("mutex")), ("goroutines", Setting::Number(4.0))],
        0,
        &["completed"],
    ),
];
