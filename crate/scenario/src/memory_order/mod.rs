//! Two words of memory, and what goroutines see of each other's stores.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;
use chanscope_sync::memory::Model;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Guard, Test};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "memory-order",
    folder: "memory_order",
    chapter: Words::fixed("Memory order", "内存次序"),
    title: Words::fixed("Can both see zero?", "两边都能看到零吗？"),
    claim: Words::fixed(
        "A store that waits in a buffer is seen late, and then both can read zero.",
        "写停留在缓冲里，就会迟些才被看到；于是两边都可能读到零。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let test = match settings.choice("test") {
            "messages" => Test::Messages,
            "loads" => Test::Loads,
            "readers" => Test::Readers,
            _ => Test::Stores,
        };
        let guard = match settings.choice("guard") {
            "atomic" => Guard::Atomic,
            "mutex" => Guard::Mutex,
            _ => Guard::None,
        };
        let model = match settings.choice("model") {
            "sc" => Model::SequentialConsistency,
            _ => Model::TotalStoreOrder,
        };
        // Atomic operations are synchronisation: no compiler may swap them.
        let swapped = settings.flag("swapped") && guard != Guard::Atomic;
        let config = Config { test, guard, model, swapped };
        Program::new(move |go| body::main(go, config))
    },
};

const TESTS: &[ChoiceOption] = &[
    ChoiceOption::new(
        "stores",
        Words::fixed("each stores, then reads the other's (SB)", "各写自己的，再读对方的（SB）"),
    ),
    ChoiceOption::new("messages", Words::fixed("data, then a flag (MP)", "先写数据，再写标志（MP）")),
    ChoiceOption::new("loads", Words::fixed("each reads, then stores the other's (LB)", "先读，再写对方的（LB）")),
    ChoiceOption::new("readers", Words::fixed("two writers, two readers (IRIW)", "两个写者，两个读者（IRIW）")),
];

const MODELS: &[ChoiceOption] = &[
    ChoiceOption::new("tso", Words::fixed("store buffers (total store order)", "写缓冲（TSO）")),
    ChoiceOption::new("sc", Words::fixed("sequentially consistent", "顺序一致")),
];

const GUARDS: &[ChoiceOption] = &[
    ChoiceOption::new("none", Words::fixed("nothing", "无")),
    ChoiceOption::new("atomic", Words::fixed("atomic operations", "原子操作")),
    ChoiceOption::new("mutex", Words::fixed("a mutex", "互斥锁")),
];

const FIELDS: &[Field] = &[
    Field::choice(
        "test",
        Words::fixed("The program", "程序"),
        Words::fixed("Known by their names in the literature.", "文献中都有名字。"),
        TESTS,
    ),
    Field::choice(
        "model",
        Words::fixed("The memory", "内存"),
        Words::fixed(
            "With store buffers as on x86 (then races are not looked for), or one operation after the other.",
            "像 x86 那样带写缓冲（此时不查找竞争），或者一个操作接一个操作。",
        ),
        MODELS,
    ),
    Field::choice(
        "guard",
        Words::fixed("Guarded by", "保护"),
        Words::fixed("What orders the accesses of the goroutines.", "用什么来排定各 goroutine 的访问次序。"),
        GUARDS,
    ),
    Field::flag(
        "swapped",
        Words::fixed("Statements swapped", "语句互换"),
        Words::fixed(
            "As a compiler may do it, since each goroutine alone cannot tell. Atomic operations it must not swap.",
            "编译器可以这样做，因为单看一个 goroutine 觉察不到。原子操作则不许互换。",
        ),
        false,
    ),
];

const SEQUENTIAL: (&str, Setting<&str>) = ("model", Setting::Text("sc"));

const PRESETS: &[Preset] = &[
    Preset::random("notes", Words::fixed("As in the notes", "如笔记所写"), &[], 2, &["completed"]),
    Preset::first_come(
        "one-by-one",
        Words::fixed("Without buffers", "没有缓冲"),
        &[SEQUENTIAL],
        0,
        &["completed, data race"],
    ),
    Preset::random(
        "swapped",
        Words::fixed("Without buffers, swapped by a compiler", "没有缓冲，被编译器互换"),
        &[SEQUENTIAL, ("swapped", Setting::Flag(true))],
        0,
        &["completed, data race"],
    ),
    Preset::first_come(
        "atomic",
        Words::fixed("Atomic operations", "原子操作"),
        &[("guard", Setting::Text("atomic"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "mutex",
        Words::fixed("A mutex", "互斥锁"),
        &[("guard", Setting::Text("mutex"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "messages",
        Words::fixed("Data, then a flag", "先数据，后标志"),
        &[("test", Setting::Text("messages"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "loads",
        Words::fixed("Reads before stores", "先读后写"),
        &[("test", Setting::Text("loads"))],
        0,
        &["completed"],
    ),
    Preset::random(
        "readers",
        Words::fixed("Two readers", "两个读者"),
        &[("test", Setting::Text("readers"))],
        0,
        &["completed"],
    ),
];
