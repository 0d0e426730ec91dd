//! What travels in a context: values of the request, which shadow each other, and options smuggled along.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Carries, Config};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "context-values",
    folder: "context_values",
    chapter: Words::fixed("Context", "Context"),
    title: Words::fixed("Values on the way", "随行的值"),
    claim: Words::fixed(
        "A value is found upwards, the nearest first, and nobody is told when it is missing.",
        "向上查找值，近的优先；缺了，也没有人会被告知。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let carries = match settings.choice("carries") {
            "option" => Carries::Option,
            "parameter" => Carries::Parameter,
            _ => Carries::RequestId,
        };
        Program::new(move |go| body::main(go, Config { carries }))
    },
};

const OPTIONS: &[ChoiceOption] = &[
    ChoiceOption::new("request-id", Words::fixed("the request's id in the context", "请求的编号，放在 context 里")),
    ChoiceOption::new("option", Words::fixed("an option in the context", "选项，放在 context 里")),
    ChoiceOption::new("parameter", Words::fixed("an option as a parameter", "选项，作为参数")),
];

const FIELDS: &[Field] = &[Field::choice(
    "carries",
    Words::fixed("What is passed on", "传递什么"),
    Words::fixed("What the functions below are told, and how.", "下面的函数得知什么，如何得知。"),
    OPTIONS,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come(
        "request-id",
        Words::fixed("The nearest value counts", "以最近的值为准"),
        &[],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "option",
        Words::fixed("An option smuggled in, and forgotten once", "夹带的选项，忘了一次"),
        &[("carries", Setting::Text("option"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "parameter",
        Words::fixed("The same as a parameter", "同样的事，用参数"),
        &[("carries", Setting::Text("parameter"))],
        0,
        &["completed"],
    ),
];
