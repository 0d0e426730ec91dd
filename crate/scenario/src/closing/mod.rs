//! Who closes: the closing principle broken in each way, kept in two, and forced by recover.

mod body;

use chanscope_kernel::Run;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Domain, Field, Setting};
use crate::scenario::{Preset, Scenario, StrategyName};
use body::{Closer, Config};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "closing",
    folder: "closing",
    chapter: Words::fixed("What close and send do", "close 与 send 做了什么"),
    title: Words::fixed("Who may close", "谁可以关闭"),
    claim: Words::fixed(
        "Close where nobody can send any more, and nowhere else.",
        "只在不会再有人发送的地方关闭，别处都不要。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    start: |settings, limits| {
        let closer = match settings.choice("closer") {
            "one-producer" => Closer::OneProducer,
            "every-producer" => Closer::EveryProducer,
            "third-party" => Closer::ThirdParty,
            "safe" => Closer::Safe,
            _ => Closer::Consumer,
        };
        let config = Config { closer, producers: settings.number("producers"), capacity: settings.number("capacity") };
        Run::new(limits, |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field {
        name: "closer",
        label: Words::fixed("Who closes", "谁来关闭"),
        help: Words::fixed(
            "Three ways to break the principle, and two that do not crash.",
            "三种违背原则的方式，两种不崩溃的方式。",
        ),
        domain: Domain::Choice(&[
            ChoiceOption { value: "consumer", label: Words::fixed("the consumer", "消费者") },
            ChoiceOption { value: "one-producer", label: Words::fixed("the first producer", "第一个生产者") },
            ChoiceOption { value: "every-producer", label: Words::fixed("every producer", "每个生产者") },
            ChoiceOption {
                value: "third-party",
                label: Words::fixed("one who waits for all producers", "等所有生产者结束的人"),
            },
            ChoiceOption {
                value: "safe", label: Words::fixed("the consumer, by recover", "消费者，借助 recover")
            },
        ]),
        default: Setting::Text("consumer"),
    },
    Field {
        name: "producers",
        label: Words::fixed("Producers", "生产者"),
        help: Words::fixed("How many goroutines send two values each.", "有多少个 goroutine 各发送两个值。"),
        domain: Domain::Number { min: 1, max: 20 },
        default: Setting::Number(2.0),
    },
    Field {
        name: "capacity",
        label: Words::fixed("Capacity of ch", "ch 的容量"),
        help: Words::fixed("Values the channel can hold.", "channel 能缓存多少个值。"),
        domain: Domain::Number { min: 0, max: 100 },
        default: Setting::Number(0.0),
    },
];

const fn closes(
    id: &'static str,
    title: Words,
    settings: &'static [(&'static str, Setting<&'static str>)],
    seed: u64,
    verdicts: &'static [&'static str],
) -> Preset {
    Preset { id, title, settings, strategy: StrategyName::Random, seed, verdicts }
}

const PRESETS: &[Preset] = &[
    closes(
        "consumer",
        Words::fixed("A consumer closes: a sender panics", "消费者关闭：发送者 panic"),
        &[],
        1,
        &["completed, data race", "panicked, data race"],
    ),
    closes(
        "one-producer",
        Words::fixed("One of several producers closes", "多个生产者之一关闭"),
        &[("closer", Setting::Text("one-producer"))],
        1,
        &["completed", "completed, data race", "panicked, data race"],
    ),
    closes(
        "every-producer",
        Words::fixed("Every producer closes: once too often", "每个生产者都关闭：多关了一次"),
        &[("closer", Setting::Text("every-producer"))],
        1,
        &["completed", "completed, data race", "panicked", "panicked, data race"],
    ),
    closes(
        "third-party",
        Words::fixed("One who waits for all producers closes", "等所有生产者结束的人来关闭"),
        &[("closer", Setting::Text("third-party"))],
        1,
        &["completed"],
    ),
    closes(
        "safe",
        Words::fixed("SafeSend and SafeClose: no crash, still a race", "SafeSend 与 SafeClose：不崩溃，但仍有竞争"),
        &[("closer", Setting::Text("safe"))],
        1,
        &["completed, data race"],
    ),
];
