//! Many producers, many consumers: nobody of them may close the data channel, so they ask a moderator to stop all.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Requests};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "many-to-many",
    folder: "many_to_many",
    chapter: Words::fixed("Closing channels", "关闭 channel"),
    title: Words::fixed("Many producers, many consumers", "多个生产者，多个消费者"),
    claim: Words::fixed("Somebody has to say stop, and nobody may close twice.", "总得有人喊停，但谁也不能关闭两次。"),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            producers: settings.number("producers"),
            consumers: settings.number("consumers"),
            capacity: settings.number("capacity"),
            values: settings.number("values"),
            rounds: settings.number("rounds"),
            requests: match settings.choice("requests") {
                "producer" => Requests::Producer,
                "consumers" => Requests::Consumers,
                _ => Requests::Both,
            },
            stop_capacity: settings.number("stopCapacity"),
            early_check: settings.flag("earlyCheck"),
            wait: settings.flag("wait"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("both", Words::fixed("both sides", "双方")),
    ChoiceOption::new("producer", Words::fixed("one producer", "一个生产者")),
    ChoiceOption::new("consumers", Words::fixed("consumers", "消费者")),
];

const FIELDS: &[Field] = &[
    Field::producers(3.0),
    Field::consumers(2.0),
    Field::data_capacity(2.0),
    Field::number(
        "values",
        Words::fixed("Values below", "取值上限"),
        Words::fixed(
            "Values run from 0 up to and without this. 0 makes its producer ask to stop, the largest its consumer.",
            "取值从 0 到此数减一。抽到 0 的生产者、收到最大值的消费者会请求停止。",
        ),
        (3, 100_000),
        100.0,
    ),
    Field::number(
        "rounds",
        Words::fixed("Rounds", "轮数"),
        Words::fixed(
            "Values each producer has in its script, after which it leaves. 0: it draws for ever, as in the notes.",
            "每个生产者脚本中的值的个数，用完即退出。0：一直随机，如笔记所写。",
        ),
        (0, 100),
        2.0,
    ),
    Field::choice(
        "requests",
        Words::fixed("Who asks to stop", "谁请求停止"),
        Words::fixed(
            "How the scripts end: the last producer's with 0, the others' with the largest value. Only with rounds.",
            "脚本如何结尾：最后一个生产者以 0 结尾，其他以最大值结尾。仅在设置轮数时有效。",
        ),
        OPTIONS,
    ),
    Field::number(
        "stopCapacity",
        Words::fixed("Capacity of stopReq", "stopReq 容量"),
        Words::fixed(
            "With 1 a request waits for the moderator. With 0 it is lost unless the moderator has parked already.",
            "为 1 时请求会等着裁判来取；为 0 时裁判若还没等在那里，请求就丢了。",
        ),
        (0, 1),
        1.0,
    ),
    Field::flag(
        "earlyCheck",
        Words::fixed("Early check", "提前检查"),
        Words::fixed(
            "Look at stopCh once more before the select, which may choose the data although stopCh is closed.",
            "在 select 之前先看一眼 stopCh：即使它已关闭，select 也可能选中数据那一边。",
        ),
        true,
    ),
    Field::flag(
        "wait",
        Words::fixed("main waits for the moderator", "main 等待裁判"),
        Words::fixed(
            "Then main reads the name only after it was written. The notes do not wait.",
            "这样 main 一定在名字写好之后才读它。笔记中没有等。",
        ),
        false,
    ),
];

/// It always ends. When every consumer leaves because it met the largest value, main does not wait for the moderator.
const AS_WRITTEN: &[&str] = &["completed", "completed, data race"];

const PRESETS: &[Preset] = &[
    Preset::first_come("small", Words::fixed("Small enough to read", "小到可以读完"), &[], 0, AS_WRITTEN),
    Preset::first_come(
        "notes",
        Words::fixed("As in the notes: 100 producers, a million events", "如笔记所写：100 个生产者，约一百万个事件"),
        &[
            ("producers", Setting::Number(100.0)),
            ("consumers", Setting::Number(10.0)),
            ("capacity", Setting::Number(100.0)),
            ("values", Setting::Number(100_000.0)),
            ("rounds", Setting::Number(0.0)),
        ],
        463,
        AS_WRITTEN,
    ),
    Preset::random(
        "lost-request",
        Words::fixed("Without a buffer the request is lost", "没有缓冲，请求丢失"),
        &[("stopCapacity", Setting::Number(0.0)), ("requests", Setting::Text("producer"))],
        3,
        &["completed", "deadlocked"],
    ),
    Preset::random(
        "nameless",
        Words::fixed("main reads the name before it is there", "名字还没写好，main 就读了"),
        &[],
        128,
        AS_WRITTEN,
    ),
    Preset::first_come(
        "no-early-check",
        Words::fixed("Without the early check", "不做提前检查"),
        &[("earlyCheck", Setting::Flag(false))],
        0,
        AS_WRITTEN,
    ),
    Preset::first_come(
        "waiting",
        Words::fixed("main waits for the moderator: always ends well", "main 等待裁判：总能善终"),
        &[("wait", Setting::Flag(true))],
        0,
        &["completed"],
    ),
];
