//! Many producers, one consumer: the consumer closes a second channel, and a send outside the select leaks.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::Config;

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "many-to-one",
    folder: "many_to_one",
    chapter: Words::fixed("Closing channels", "关闭 channel"),
    title: Words::fixed("Many producers, one consumer", "多个生产者，一个消费者"),
    claim: Words::fixed(
        "Looking at the stop channel is not enough: the send has to be able to stop as well.",
        "只看一眼停止 channel 还不够：发送本身也要能停下来。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            producers: settings.number("producers"),
            capacity: settings.number("capacity"),
            values: settings.number("values"),
            rounds: settings.number("rounds"),
            send_in_select: settings.flag("sendInSelect"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field::producers(3.0),
    Field::data_capacity(1.0),
    Field::number(
        "values",
        Words::fixed("Values below", "取值上限"),
        Words::fixed(
            "Values run from 0 up to and without this; at 0 the consumer has had enough.",
            "取值从 0 到此数减一；收到 0 时消费者就不再要了。",
        ),
        (2, 100_000),
        100.0,
    ),
    Field::number(
        "rounds",
        Words::fixed("Rounds", "轮数"),
        Words::fixed(
            "Values each producer has in its script, the first one's ending in 0. 0: they draw for ever, as in the notes.",
            "每个生产者脚本中的值的个数，第一个生产者以 0 结尾。0：一直随机，如笔记所写。",
        ),
        (0, 100),
        2.0,
    ),
    Field::flag(
        "sendInSelect",
        Words::fixed("The send stands in the select", "发送写在 select 里"),
        Words::fixed(
            "The notes look at stopCh first and send afterwards, when nobody may be receiving any more.",
            "笔记先看 stopCh 再发送，而那时可能已经没有人接收了。",
        ),
        false,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "leak",
        Words::fixed("As in the notes: producers can leak", "如笔记所写：生产者可能泄漏"),
        &[],
        0,
        &["completed", "completed, leaked"],
    ),
    Preset::first_come(
        "fixed",
        Words::fixed("With the send in the select: nobody leaks", "发送写进 select：不再泄漏"),
        &[("sendInSelect", Setting::Flag(true))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "notes",
        Words::fixed("As in the notes: 100 producers", "如笔记所写：100 个生产者"),
        &[
            ("producers", Setting::Number(100.0)),
            ("capacity", Setting::Number(100.0)),
            ("values", Setting::Number(100_000.0)),
            ("rounds", Setting::Number(0.0)),
        ],
        0,
        &["completed", "completed, leaked"],
    ),
];
