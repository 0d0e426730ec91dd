//! Goroutines that give blocks to inodes, each under a lock of its own.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "filesystem",
    folder: "filesystem",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("Blocks for inodes", "给 inode 分配块"),
    claim: Words::fixed(
        "Locks that are never contended cost a search nothing.",
        "从不争抢的锁，不会给搜索添一分负担。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let goroutines = settings.number("n");
        Program::new(move |go| body::main(go, goroutines))
    },
};

const FIELDS: &[Field] = &[Field::number(
    "n",
    Words::fixed("Goroutines", "goroutine 个数"),
    Words::fixed("Each wants a block for an inode.", "每个想给一个 inode 要一个块。"),
    (1, 19),
    14.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "fourteen",
        Words::fixed("Fourteen: two want the same block", "十四个：有两个想要同一块"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "sixteen",
        Words::fixed("Sixteen", "十六个"),
        &[("n", Setting::Number(16.0))],
        0,
        &["completed"],
    ),
];
