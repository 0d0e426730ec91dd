//! The same goroutines on one processor, on two and on four: queues, the slot for who runs next, stealing, preemption.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Pause};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "processors",
    folder: "processors",
    chapter: Words::fixed("Threads and goroutines", "线程与 goroutine"),
    title: Words::fixed("Goroutines on processors", "处理器上的 goroutine"),
    claim: Words::fixed(
        "GOMAXPROCS bounds the threads that run Go code, not the threads.",
        "GOMAXPROCS 限制的是运行 Go 代码的线程，而不是线程总数。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let pause = match settings.choice("pause") {
            "system-call" => Pause::SystemCall,
            "yield" => Pause::Yield,
            _ => Pause::Never,
        };
        let processors = u8::try_from(settings.number("gomaxprocs")).expect("at most 16");
        let config =
            Config { goroutines: settings.number("goroutines"), processors, work: settings.number("work"), pause };
        Program::new(move |go| body::main(go, config))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("never", Words::fixed("never", "从不")),
    ChoiceOption::new("system-call", Words::fixed("worker 1, in a system call", "worker 1，在系统调用中")),
    ChoiceOption::new("yield", Words::fixed("each, by runtime.Gosched()", "每个，用 runtime.Gosched()")),
];

const FIELDS: &[Field] = &[
    Field::number(
        "gomaxprocs",
        Words::fixed("GOMAXPROCS", "GOMAXPROCS"),
        Words::fixed(
            "Processors: how many goroutines run at the same time. Counts where it runs as on Go's processors.",
            "处理器数：同时有多少个 goroutine 在运行。在“像 Go 的处理器那样”运行时起作用。",
        ),
        (1, 16),
        2.0,
    ),
    Field::number(
        "goroutines",
        Words::fixed("Goroutines", "goroutine"),
        Words::fixed("How many main starts.", "main 启动多少个。"),
        (1, 1000),
        4.0,
    ),
    Field::number(
        "work",
        Words::fixed("Work", "工作量"),
        Words::fixed("How many steps each takes.", "每个走多少步。"),
        (1, 1000),
        3.0,
    ),
    Field::choice(
        "pause",
        Words::fixed("Who pauses", "谁会停顿"),
        Words::fixed(
            "What makes a goroutine give up its processor before it has finished.",
            "做完之前，什么让 goroutine 交出处理器。",
        ),
        OPTIONS,
    ),
];

const WELL: &[&str] = &["completed"];

const PRESETS: &[Preset] = &[
    Preset::go_like("two", Words::fixed("Two processors", "两个处理器"), &[], 1, WELL),
    Preset::go_like(
        "one",
        Words::fixed("One processor: who was started last goes first", "一个处理器：最后启动的先走"),
        &[("gomaxprocs", Setting::Number(1.0))],
        1,
        WELL,
    ),
    Preset::go_like(
        "four",
        Words::fixed("Four processors: they steal", "四个处理器：互相窃取"),
        &[("gomaxprocs", Setting::Number(4.0))],
        1,
        WELL,
    ),
    Preset::go_like(
        "system-call",
        Words::fixed("A system call hands the processor on", "系统调用把处理器交给别人"),
        &[("gomaxprocs", Setting::Number(1.0)), ("pause", Setting::Text("system-call"))],
        1,
        WELL,
    ),
    Preset::go_like(
        "preempted",
        Words::fixed("Too long: preempted", "运行太久：被抢占"),
        &[("gomaxprocs", Setting::Number(1.0)), ("goroutines", Setting::Number(2.0)), ("work", Setting::Number(100.0))],
        1,
        WELL,
    ),
    Preset::go_like(
        "yield",
        Words::fixed("runtime.Gosched()", "runtime.Gosched()"),
        &[("gomaxprocs", Setting::Number(1.0)), ("pause", Setting::Text("yield"))],
        1,
        WELL,
    ),
];
