//! Closing where nobody seems to be the one to do it: by request, by a stage in the middle, by a Once, under a mutex.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Closing, Config};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "beyond",
    folder: "beyond",
    chapter: Words::fixed("Beyond the notes", "笔记之外"),
    title: Words::fixed("When nobody seems to be the one to close", "似乎没有人该来关闭时"),
    claim: Words::fixed(
        "Close a channel that nobody sends on: the request to stop, or the last stage.",
        "关闭没有人发送的 channel：停止的请求，或最后一级。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let closing = match settings.choice("closing") {
            "middle" => Closing::Middle,
            "middle-keeps" => Closing::MiddleKeeps,
            "once-stop" => Closing::OnceStop,
            "once-data" => Closing::OnceData,
            "mutex" => Closing::Mutex,
            "mutex-consumer" => Closing::MutexConsumer,
            _ => Closing::Asked,
        };
        let config = Config {
            closing,
            producers: settings.number("producers"),
            values: settings.number("values"),
            capacity: settings.number("capacity"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("asked", Words::fixed("the one producer, when asked", "唯一的生产者，应请求")),
    ChoiceOption::new("middle", Words::fixed("a stage in the middle", "中间的一级")),
    ChoiceOption::new("middle-keeps", Words::fixed("such a stage, forwarding first", "中间的一级，先转发")),
    ChoiceOption::new("once-stop", Words::fixed("anybody, by a Once: stopCh", "任何人，用 Once：stopCh")),
    ChoiceOption::new("once-data", Words::fixed("anybody, by a Once: dataCh", "任何人，用 Once：dataCh")),
    ChoiceOption::new("mutex", Words::fixed("anybody, under a mutex: dataCh", "任何人，持互斥锁：dataCh")),
    ChoiceOption::new(
        "mutex-consumer",
        Words::fixed("the consumer, under a mutex: dataCh", "消费者，持互斥锁：dataCh"),
    ),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "closing",
        Words::fixed("Who closes what", "谁关闭什么"),
        Words::fixed("Four that keep the principle, and three that do not.", "四种遵守原则，三种不遵守。"),
        OPTIONS,
    ),
    Field::number(
        "producers",
        Words::fixed("Producers", "生产者"),
        Words::fixed(
            "How many goroutines send. There is one where it is asked.",
            "有多少个发送者。应请求关闭时只有一个。",
        ),
        (1, 100),
        2.0,
    ),
    Field::number(
        "values",
        Words::fixed("Values", "值的个数"),
        Words::fixed("How many each producer wants to send.", "每个生产者想发送多少个值。"),
        (1, 100),
        1.0,
    ),
    Field::data_capacity(0.0),
];

const PRESETS: &[Preset] = &[
    Preset::random(
        "asked",
        Words::fixed("A third party asks the producer", "第三方请求生产者"),
        &[],
        1,
        &["completed"],
    ),
    Preset::random(
        "middle",
        Words::fixed("A stage in the middle closes", "中间的一级来关闭"),
        &[("closing", Setting::Text("middle"))],
        1,
        &["completed", "completed, lost item"],
    ),
    Preset::random(
        "middle-keeps",
        Words::fixed("It forwards first: nothing is lost", "先转发：什么也不丢"),
        &[("closing", Setting::Text("middle-keeps"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "once-stop",
        Words::fixed("sync.Once closes stopCh", "sync.Once 关闭 stopCh"),
        &[("closing", Setting::Text("once-stop"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "once-data",
        Words::fixed("sync.Once closes dataCh: a send panics", "sync.Once 关闭 dataCh：发送 panic"),
        &[("closing", Setting::Text("once-data"))],
        1,
        &["completed", "completed, data race", "panicked, data race"],
    ),
    Preset::random(
        "mutex",
        Words::fixed("A flag under a mutex", "互斥锁保护的标志"),
        &[("closing", Setting::Text("mutex"))],
        1,
        &["completed"],
    ),
    Preset::random(
        "mutex-consumer",
        Words::fixed("The consumer wants that mutex: deadlock", "消费者要那把锁：死锁"),
        &[("closing", Setting::Text("mutex-consumer"))],
        0,
        &["completed", "deadlocked"],
    ),
];
