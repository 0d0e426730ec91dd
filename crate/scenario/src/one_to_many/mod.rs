//! One producer, many consumers: the producer closes, since nobody else sends.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::Config;

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "one-to-many",
    folder: "one_to_many",
    chapter: Words::fixed("Closing channels", "关闭 channel"),
    title: Words::fixed("One producer, many consumers", "一个生产者，多个消费者"),
    claim: Words::fixed("The only one who sends is the one who closes.", "只有一个发送者时，就由它来关闭。"),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            consumers: settings.number("consumers"),
            capacity: settings.number("capacity"),
            values: settings.number("values"),
            rounds: settings.number("rounds"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field::consumers(3.0),
    Field::data_capacity(2.0),
    Field::number(
        "values",
        Words::fixed("Values below", "取值上限"),
        Words::fixed("Values run from 0 up to and without this; 0 is the end.", "取值从 0 到此数减一；0 表示结束。"),
        (2, 100_000),
        100.0,
    ),
    Field::number(
        "rounds",
        Words::fixed("Rounds", "轮数"),
        Words::fixed(
            "Values that the producer sends before it closes. 0: it draws until it gets 0, as in the notes.",
            "生产者发送多少个值后关闭。0：一直随机，直到得到 0，如笔记所写。",
        ),
        (0, 100),
        4.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("small", Words::fixed("Small enough to read", "小到可以读完"), &[], 0, &["completed"]),
    Preset::first_come(
        "notes",
        Words::fixed("As in the notes: 100 consumers", "如笔记所写：100 个消费者"),
        &[
            ("consumers", Setting::Number(100.0)),
            ("capacity", Setting::Number(100.0)),
            ("values", Setting::Number(100_000.0)),
            ("rounds", Setting::Number(0.0)),
        ],
        0,
        &["completed"],
    ),
];
