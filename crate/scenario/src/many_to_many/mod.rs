//! Many producers, many consumers: nobody of them may close the data channel, so they ask a moderator to stop all.

mod body;

use chanscope_kernel::Run;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Domain, Field, Setting};
use crate::scenario::{Preset, Scenario, StrategyName};
use body::{Config, Requests};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "many-to-many",
    folder: "many_to_many",
    chapter: Words::fixed("Closing channels", "关闭 channel"),
    title: Words::fixed("Many producers, many consumers", "多个生产者，多个消费者"),
    claim: Words::fixed("Somebody has to say stop, and nobody may close twice.", "总得有人喊停，但谁也不能关闭两次。"),
    fields: FIELDS,
    presets: PRESETS,
    start: |settings, limits| {
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
        Run::new(limits, |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field {
        name: "producers",
        label: Words::fixed("Producers", "生产者"),
        help: Words::fixed("How many goroutines send values.", "发送数据的 goroutine 个数。"),
        domain: Domain::Number { min: 1, max: 100 },
        default: Setting::Number(3.0),
    },
    Field {
        name: "consumers",
        label: Words::fixed("Consumers", "消费者"),
        help: Words::fixed("How many goroutines receive values.", "接收数据的 goroutine 个数。"),
        domain: Domain::Number { min: 1, max: 100 },
        default: Setting::Number(2.0),
    },
    Field {
        name: "capacity",
        label: Words::fixed("Capacity of dataCh", "dataCh 容量"),
        help: Words::fixed("Values the data channel can hold.", "数据 channel 能缓存多少个值。"),
        domain: Domain::Number { min: 0, max: 1000 },
        default: Setting::Number(2.0),
    },
    Field {
        name: "values",
        label: Words::fixed("Values below", "取值上限"),
        help: Words::fixed(
            "Values run from 0 up to and without this. 0 makes its producer ask to stop, the largest its consumer.",
            "取值从 0 到此数减一。抽到 0 的生产者、收到最大值的消费者会请求停止。",
        ),
        domain: Domain::Number { min: 3, max: 100_000 },
        default: Setting::Number(100.0),
    },
    Field {
        name: "rounds",
        label: Words::fixed("Rounds", "轮数"),
        help: Words::fixed(
            "Values each producer has in its script, after which it leaves. 0: it draws for ever, as in the notes.",
            "每个生产者脚本中的值的个数，用完即退出。0：一直随机，如笔记所写。",
        ),
        domain: Domain::Number { min: 0, max: 100 },
        default: Setting::Number(2.0),
    },
    Field {
        name: "requests",
        label: Words::fixed("Who asks to stop", "谁请求停止"),
        help: Words::fixed(
            "How the scripts end: the last producer's with 0, the others' with the largest value. Only with rounds.",
            "脚本如何结尾：最后一个生产者以 0 结尾，其他以最大值结尾。仅在设置轮数时有效。",
        ),
        domain: Domain::Choice(&[
            ChoiceOption { value: "both", label: Words::fixed("both sides", "双方") },
            ChoiceOption { value: "producer", label: Words::fixed("one producer", "一个生产者") },
            ChoiceOption { value: "consumers", label: Words::fixed("consumers", "消费者") },
        ]),
        default: Setting::Text("both"),
    },
    Field {
        name: "stopCapacity",
        label: Words::fixed("Capacity of stopReq", "stopReq 容量"),
        help: Words::fixed(
            "With 1 a request waits for the moderator. With 0 it is lost unless the moderator has parked already.",
            "为 1 时请求会等着裁判来取；为 0 时裁判若还没等在那里，请求就丢了。",
        ),
        domain: Domain::Number { min: 0, max: 1 },
        default: Setting::Number(1.0),
    },
    Field {
        name: "earlyCheck",
        label: Words::fixed("Early check", "提前检查"),
        help: Words::fixed(
            "Look at stopCh once more before the select, which may choose the data although stopCh is closed.",
            "在 select 之前先看一眼 stopCh：即使它已关闭，select 也可能选中数据那一边。",
        ),
        domain: Domain::Flag,
        default: Setting::Flag(true),
    },
    Field {
        name: "wait",
        label: Words::fixed("main waits for the moderator", "main 等待裁判"),
        help: Words::fixed(
            "Then main reads the name only after it was written. The notes do not wait.",
            "这样 main 一定在名字写好之后才读它。笔记中没有等。",
        ),
        domain: Domain::Flag,
        default: Setting::Flag(false),
    },
];

/// It always ends. When every consumer leaves because it met the largest value, main does not wait for the moderator.
const AS_WRITTEN: &[&str] = &["completed", "completed, data race"];

const PRESETS: &[Preset] = &[
    Preset {
        id: "small",
        title: Words::fixed("Small enough to read", "小到可以读完"),
        settings: &[],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: AS_WRITTEN,
    },
    Preset {
        id: "notes",
        title: Words::fixed(
            "As in the notes: 100 producers, a million events",
            "如笔记所写：100 个生产者，约一百万个事件",
        ),
        settings: &[
            ("producers", Setting::Number(100.0)),
            ("consumers", Setting::Number(10.0)),
            ("capacity", Setting::Number(100.0)),
            ("values", Setting::Number(100_000.0)),
            ("rounds", Setting::Number(0.0)),
        ],
        strategy: StrategyName::FirstCome,
        seed: 463,
        verdicts: AS_WRITTEN,
    },
    Preset {
        id: "lost-request",
        title: Words::fixed("Without a buffer the request is lost", "没有缓冲，请求丢失"),
        settings: &[("stopCapacity", Setting::Number(0.0)), ("requests", Setting::Text("producer"))],
        strategy: StrategyName::Random,
        seed: 3,
        verdicts: &["completed", "deadlocked"],
    },
    Preset {
        id: "nameless",
        title: Words::fixed("main reads the name before it is there", "名字还没写好，main 就读了"),
        settings: &[],
        strategy: StrategyName::Random,
        seed: 128,
        verdicts: AS_WRITTEN,
    },
    Preset {
        id: "waiting",
        title: Words::fixed("main waits for the moderator: always ends well", "main 等待裁判：总能善终"),
        settings: &[("wait", Setting::Flag(true))],
        strategy: StrategyName::FirstCome,
        seed: 0,
        verdicts: &["completed"],
    },
];
