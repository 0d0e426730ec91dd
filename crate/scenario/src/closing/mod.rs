//! Who closes: the closing principle broken in each way, kept in two, and forced by recover.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
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
    program: |settings| {
        let closer = match settings.choice("closer") {
            "one-producer" => Closer::OneProducer,
            "every-producer" => Closer::EveryProducer,
            "last-producer" => Closer::LastProducer,
            "third-party" => Closer::ThirdParty,
            "safe" => Closer::Safe,
            _ => Closer::Consumer,
        };
        let config = Config { closer, producers: settings.number("producers"), capacity: settings.number("capacity") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("consumer", Words::fixed("the consumer", "消费者")),
    ChoiceOption::new("one-producer", Words::fixed("the first producer", "第一个生产者")),
    ChoiceOption::new("every-producer", Words::fixed("every producer", "每个生产者")),
    ChoiceOption::new("last-producer", Words::fixed("the last producer, by counting", "最后一个生产者，靠计数")),
    ChoiceOption::new("third-party", Words::fixed("one who waits for all producers", "等所有生产者结束的人")),
    ChoiceOption::new("safe", Words::fixed("the consumer, by recover", "消费者，借助 recover")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "closer",
        Words::fixed("Who closes", "谁来关闭"),
        Words::fixed(
            "Three ways to break the principle, and three that do not crash.",
            "三种违背原则的方式，三种不崩溃的方式。",
        ),
        OPTIONS,
    ),
    Field::number(
        "producers",
        Words::fixed("Producers", "生产者"),
        Words::fixed("How many goroutines send two values each.", "有多少个 goroutine 各发送两个值。"),
        (1, 20),
        2.0,
    ),
    Field::number(
        "capacity",
        Words::fixed("Capacity of ch", "ch 的容量"),
        Words::fixed("Values the channel can hold.", "channel 能缓存多少个值。"),
        (0, 100),
        0.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::random(
        "consumer",
        Words::fixed("A consumer closes: a sender panics", "消费者关闭：发送者 panic"),
        &[],
        1,
        &["completed, data race", "panicked, data race"],
    ),
    Preset::random(
        "one-producer",
        Words::fixed("One of several producers closes", "多个生产者之一关闭"),
        &[("closer", Setting::Text("one-producer"))],
        1,
        &["completed", "completed, data race", "panicked, data race"],
    ),
    Preset::random(
        "every-producer",
        Words::fixed("Every producer closes: once too often", "每个生产者都关闭：多关了一次"),
        &[("closer", Setting::Text("every-producer"))],
        18,
        &["completed", "completed, data race", "panicked", "panicked, data race"],
    ),
    Preset::random(
        "last-producer",
        Words::fixed("The last producer closes, by counting", "最后一个生产者关闭，靠计数"),
        &[("closer", Setting::Text("last-producer"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "third-party",
        Words::fixed("One who waits for all producers closes", "等所有生产者结束的人来关闭"),
        &[("closer", Setting::Text("third-party"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "safe",
        Words::fixed("SafeSend and SafeClose: no crash, still a race", "SafeSend 与 SafeClose：不崩溃，但仍有竞争"),
        &[("closer", Setting::Text("safe"))],
        1,
        &["completed, data race"],
    ),
];
