//! A model of a goroutine's stack: it begins small, doubles when a call finds no room, and has a limit.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::Config;

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "stacks",
    folder: "stacks",
    chapter: Words::fixed("Threads and goroutines", "线程与 goroutine"),
    title: Words::fixed("A stack that grows", "会增长的栈"),
    claim: Words::fixed(
        "A goroutine begins with 2 KiB and doubles when it has to: that is why there can be a million.",
        "goroutine 从 2 KiB 开始，需要时加倍：所以能有一百万个。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let config = Config {
            goroutines: settings.number("goroutines"),
            depth: settings.number("depth"),
            frame_bytes: settings.number("frame"),
            max_bytes: settings.number("limit"),
        };
        Program::new(move |go| body::main(go, config))
    },
};

const FIELDS: &[Field] = &[
    Field::number(
        "goroutines",
        Words::fixed("Goroutines", "goroutine"),
        Words::fixed("How many main starts.", "main 启动多少个。"),
        (1, 1000),
        2.0,
    ),
    Field::number(
        "depth",
        Words::fixed("Depth", "深度"),
        Words::fixed("How many calls deep each goes.", "每个调用多少层。"),
        (1, 10_000),
        5.0,
    ),
    Field::number(
        "frame",
        Words::fixed("Frame", "栈帧"),
        Words::fixed(
            "Bytes that a call takes on the stack. Go moves what is larger than 128 KiB to the heap.",
            "一次调用在栈上占多少字节。超过 128 KiB 的，Go 会放到堆上。",
        ),
        (16, 131_072),
        4096.0,
    ),
    Field::number(
        "limit",
        Words::fixed("Limit", "上限"),
        Words::fixed(
            "What debug.SetMaxStack says, in bytes. Go's own, on 64 bits: 1 000 000 000.",
            "debug.SetMaxStack 的值，单位字节。Go 自己的（64 位）：1 000 000 000。",
        ),
        (100_000, 1_000_000_000),
        1_000_000.0,
    ),
];

const PRESETS: &[Preset] = &[
    Preset::first_come("grows", Words::fixed("From 2 KiB to 32 KiB", "从 2 KiB 到 32 KiB"), &[], 0, &["completed"]),
    Preset::first_come(
        "overflow",
        Words::fixed("No end: stack overflow", "没有尽头：栈溢出"),
        &[
            ("goroutines", Setting::Number(1.0)),
            ("depth", Setting::Number(100.0)),
            ("frame", Setting::Number(65_536.0)),
        ],
        0,
        &["fatal"],
    ),
    Preset::first_come(
        "notes",
        Words::fixed("As in the notes: to the limit of Go", "如笔记所写：直到 Go 的上限"),
        &[
            ("goroutines", Setting::Number(1.0)),
            ("depth", Setting::Number(10_000.0)),
            ("frame", Setting::Number(131_072.0)),
            ("limit", Setting::Number(1_000_000_000.0)),
        ],
        0,
        &["fatal"],
    ),
];
