//! Asking a channel whether it is closed.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Way};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "is-it-closed",
    folder: "asking",
    chapter: Words::fixed("Is it closed?", "它关闭了吗？"),
    title: Words::fixed("A test that takes a job away", "会取走任务的检查"),
    claim: Words::fixed(
        "There is no asking without receiving: use what you received.",
        "不接收就无从得知：收到什么就用什么。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let way = match settings.choice("way") {
            "together" => Way::Together,
            "select" => Way::Select,
            "length" => Way::Length,
            _ => Way::Apart,
        };
        let config = Config { way, jobs: settings.number("jobs"), capacity: settings.number("capacity") };
        Program::new(move |go| body::main(go, config))
    },
};

const WAYS: &[ChoiceOption] = &[
    ChoiceOption::new("apart", Words::fixed("receive to ask, receive to work", "先接收来问，再接收来做")),
    ChoiceOption::new("together", Words::fixed("one receive for both", "一次接收兼顾两者")),
    ChoiceOption::new("select", Words::fixed("a select with a second channel", "select 另一个 channel")),
    ChoiceOption::new("length", Words::fixed("ask for len", "查看 len")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "way",
        Words::fixed("How main asks", "main 如何询问"),
        Words::fixed("Before each job, whether there are more.", "每次干活前，看看还有没有。"),
        WAYS,
    ),
    Field::number(
        "jobs",
        Words::fixed("Jobs", "任务数"),
        Words::fixed("How many the producer sends before it closes the channel.", "生产者发送多少个之后关闭 channel。"),
        (1, 100),
        4.0,
    ),
    Field::number(
        "capacity",
        Words::fixed("Capacity", "容量"),
        Words::fixed("Room in the channel.", "channel 的容量。"),
        (0, 100),
        2.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "apart",
        Words::fixed("A receive only to ask", "只为询问的接收"),
        &[],
        0,
        &["completed, lost item"],
    ),
    Preset::first_come(
        "together",
        Words::fixed("One receive for both", "一次接收兼顾两者"),
        &[("way", Setting::Text("together"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "select",
        Words::fixed("As in the notes: a second channel, in a select", "如笔记所写：select 另一个 channel"),
        &[("way", Setting::Text("select"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "length",
        Words::fixed("len is not the answer", "len 不是答案"),
        &[("way", Setting::Text("length"))],
        0,
        &["completed", "completed, leaked"],
    ),
];
