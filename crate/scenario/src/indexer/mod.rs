//! Goroutines that fill a hash table: they meet only where two messages want one place.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{Field, Setting};
use crate::scenario::{Preset, Scenario};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "indexer",
    folder: "indexer",
    chapter: Words::fixed("Classics of exploration", "探索的经典程序"),
    title: Words::fixed("Filling a hash table", "填一张散列表"),
    claim: Words::fixed(
        "Goroutines that never meet in memory have one execution between them, however many there are.",
        "从不在内存里碰面的 goroutine，不管有多少个，合起来只有一种执行。",
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
    Words::fixed("Each inserts four messages.", "每个插入四条消息。"),
    (1, 15),
    12.0,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "twelve",
        Words::fixed("Twelve: the first that collide", "十二个：开始有冲突"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "eleven",
        Words::fixed("Eleven: nobody collides", "十一个：没有冲突"),
        &[("n", Setting::Number(11.0))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "thirteen",
        Words::fixed("Thirteen", "十三个"),
        &[("n", Setting::Number(13.0))],
        0,
        &["completed"],
    ),
];
