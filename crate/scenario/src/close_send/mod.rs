//! What a close, a send and a receive do on a channel that is open, closed or nil: a panic, a wait for ever, or a zero.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, What};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "close-send",
    folder: "close_send",
    chapter: Words::fixed("What close and send do", "close 与 send 做了什么"),
    title: Words::fixed("Open, closed, nil", "打开、关闭、nil"),
    claim: Words::fixed(
        "A receive never panics, a closed channel never blocks, a nil one always does.",
        "接收从不 panic；已关闭的从不阻塞；nil 永远阻塞。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let what = match settings.choice("what") {
            "range" => What::Range,
            "never-closed" => What::NeverClosed,
            "close-twice" => What::CloseTwice,
            "close-nil" => What::CloseNil,
            "send" => What::Send,
            "select" => What::Select,
            "send-nil" => What::SendNil,
            "receive-nil" => What::ReceiveNil,
            "nil-case" => What::NilCase,
            "safe-nil" => What::SafeNil,
            _ => What::Receive,
        };
        let config = Config { what, capacity: settings.number("capacity") };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("receive", Words::fixed("receive from a closed one", "从已关闭的接收")),
    ChoiceOption::new("range", Words::fixed("range until it is closed", "range 到关闭为止")),
    ChoiceOption::new("never-closed", Words::fixed("range, and nobody closes", "range，却没人关闭")),
    ChoiceOption::new("close-twice", Words::fixed("close twice", "关闭两次")),
    ChoiceOption::new("close-nil", Words::fixed("close nil", "关闭 nil")),
    ChoiceOption::new("send", Words::fixed("close while somebody sends", "有人发送时关闭")),
    ChoiceOption::new("select", Words::fixed("send on a closed one, as a case", "select 中向已关闭的发送")),
    ChoiceOption::new("send-nil", Words::fixed("send on nil", "向 nil 发送")),
    ChoiceOption::new("receive-nil", Words::fixed("receive from nil", "从 nil 接收")),
    ChoiceOption::new("nil-case", Words::fixed("nil as a case that is off", "用 nil 关掉一个 case")),
    ChoiceOption::new("safe-nil", Words::fixed("SafeClose of closed and of nil", "SafeClose 已关闭的与 nil")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "what",
        Words::fixed("What happens", "做什么"),
        Words::fixed("One rule of the language each.", "每项一条语言规则。"),
        OPTIONS,
    ),
    Field::number(
        "capacity",
        Words::fixed("Capacity of ch", "ch 的容量"),
        Words::fixed("Values the channel can hold.", "channel 能缓存多少个值。"),
        (0, 100),
        0.0,
    ),
];

const WELL: &[&str] = &["completed"];
const PANICS: &[&str] = &["panicked"];
const WAITS: &[&str] = &["deadlocked"];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "receive",
        Words::fixed("Receive from a closed channel", "从已关闭的 channel 接收"),
        &[],
        0,
        WELL,
    ),
    of("range", Words::fixed("Range over a channel", "range 一个 channel"), &[("what", Setting::Text("range"))], WELL),
    of(
        "never-closed",
        Words::fixed("Range, and nobody closes", "range，却没人关闭"),
        &[("what", Setting::Text("never-closed"))],
        WAITS,
    ),
    of("close-twice", Words::fixed("Close twice", "关闭两次"), &[("what", Setting::Text("close-twice"))], PANICS),
    of("close-nil", Words::fixed("Close nil", "关闭 nil"), &[("what", Setting::Text("close-nil"))], PANICS),
    Preset::random(
        "send",
        Words::fixed("Close while somebody sends", "有人发送时关闭"),
        &[("what", Setting::Text("send"))],
        1,
        &["completed, data race", "panicked, data race"],
    ),
    Preset::random(
        "select",
        Words::fixed("A send on a closed channel, as a case", "select 中向已关闭的 channel 发送"),
        &[("what", Setting::Text("select"))],
        4,
        &["completed", "panicked"],
    ),
    of("send-nil", Words::fixed("Send on nil", "向 nil 发送"), &[("what", Setting::Text("send-nil"))], WAITS),
    of(
        "receive-nil",
        Words::fixed("Receive from nil", "从 nil 接收"),
        &[("what", Setting::Text("receive-nil"))],
        WAITS,
    ),
    of(
        "nil-case",
        Words::fixed("nil: a case that is off", "nil：关掉的 case"),
        &[("what", Setting::Text("nil-case"))],
        WELL,
    ),
    of(
        "safe-nil",
        Words::fixed("SafeClose cannot tell nil from closed", "SafeClose 分不清 nil 与已关闭"),
        &[("what", Setting::Text("safe-nil"))],
        WELL,
    ),
];

/// First come, first served.
const fn of(
    id: &'static str,
    title: Words,
    settings: &'static [(&'static str, Setting<&'static str>)],
    verdicts: &'static [&'static str],
) -> Preset {
    Preset::first_come(id, title, settings, 0, verdicts)
}
