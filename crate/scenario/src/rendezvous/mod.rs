//! Handing over: without a buffer the receiver has the value before the sender goes on.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::Config;

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "rendezvous",
    folder: "rendezvous",
    chapter: Words::fixed("Rendezvous", "会合"),
    title: Words::fixed("Handing over, with and without a buffer", "交接：有缓冲与无缓冲"),
    claim: Words::fixed(
        "Without a buffer the receiver has the value before the sender goes on.",
        "没有缓冲时，接收者先拿到值，发送者才继续。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config { items: settings.number("items"), capacity: settings.number("capacity") };
        Program::new(move |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field::number(
        "items",
        Words::fixed("Items", "值的个数"),
        Words::fixed("How many values are handed over.", "一共交接多少个值。"),
        (1, 100),
        2.0,
    ),
    Field::number(
        "capacity",
        Words::fixed("Capacity of ch", "ch 的容量"),
        Words::fixed("How far the sender can run ahead of the receiver.", "发送者最多能领先接收者多少。"),
        (0, 100),
        0.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("unbuffered", Words::fixed("Without a buffer", "没有缓冲"), &[], 0, &["completed"]),
    Preset::random(
        "buffered",
        Words::fixed("With a buffer of one: the sender is ahead", "缓冲为一：发送者走在前面"),
        &[("capacity", Setting::Number(1.0)), ("items", Setting::Number(3.0))],
        12,
        &["completed"],
    ),
];
