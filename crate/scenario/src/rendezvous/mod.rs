//! Handing over: without a buffer the receiver has the value before the sender goes on.

mod body;

use chanscope_kernel::Run;
use chanscope_kernel::words::Words;

use crate::config::{Domain, Field, Setting};
use crate::scenario::{Preset, Scenario, StrategyName};
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
    start: |settings, limits| {
        let config = Config { items: settings.number("items"), capacity: settings.number("capacity") };
        Run::new(limits, |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field {
        name: "items",
        label: Words::fixed("Items", "值的个数"),
        help: Words::fixed("How many values are handed over.", "一共交接多少个值。"),
        domain: Domain::Number { min: 1, max: 100 },
        default: Setting::Number(2.0),
    },
    Field {
        name: "capacity",
        label: Words::fixed("Capacity of ch", "ch 的容量"),
        help: Words::fixed("How far the sender can run ahead of the receiver.", "发送者最多能领先接收者多少。"),
        domain: Domain::Number { min: 0, max: 100 },
        default: Setting::Number(0.0),
    },
];

const PRESETS: &[Preset] = &[
    Preset {
        id: "unbuffered",
        title: Words::fixed("Without a buffer", "没有缓冲"),
        settings: &[],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["completed"],
    },
    Preset {
        id: "buffered",
        title: Words::fixed("With a buffer of one: the sender is ahead", "缓冲为一：发送者走在前面"),
        settings: &[("capacity", Setting::Number(1.0)), ("items", Setting::Number(3.0))],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["completed"],
    },
];
