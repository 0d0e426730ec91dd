//! A tree of contexts: cancellation flows down, never up.

mod body;

use chanscope_kernel::Program;
use chanscope_kernel::words::Words;

use crate::config::{ChoiceOption, Field, Setting};
use crate::scenario::{Preset, Scenario};
use body::{Config, Ends};

pub(crate) const SCENARIO: Scenario = Scenario {
    id: "context-tree",
    folder: "context_tree",
    chapter: Words::fixed("Context", "Context"),
    title: Words::fixed("Down the tree, never up", "沿树向下，从不向上"),
    claim: Words::fixed(
        "To cancel a context cancels all that was derived from it, and nothing above.",
        "取消一个 context，会取消由它派生的一切，而不影响上面的。",
    ),
    fields: FIELDS,
    presets: PRESETS,
    program: |settings| {
        let ends = match settings.choice("ends") {
            "search" => Ends::Search,
            "timeout" => Ends::Timeout,
            "shorter" => Ends::Shorter,
            "detached" => Ends::Detached,
            _ => Ends::Request,
        };
        Program::new(move |go| body::main(go, Config { ends }))
    },
};

const ENDS: &[ChoiceOption] = &[
    ChoiceOption::new("request", Words::fixed("the root is cancelled", "取消根")),
    ChoiceOption::new("search", Words::fixed("the one in the middle is cancelled", "取消中间的")),
    ChoiceOption::new(
        "timeout",
        Words::fixed("timeouts: 20 ms in the middle, 1 min below", "超时：中间 20 毫秒，下面 1 分钟"),
    ),
    ChoiceOption::new(
        "shorter",
        Words::fixed("timeouts: 1 min for the root, 20 ms in the middle", "超时：根 1 分钟，中间 20 毫秒"),
    ),
    ChoiceOption::new(
        "detached",
        Words::fixed("WithoutCancel below, and the root is cancelled", "下面用 WithoutCancel，取消根"),
    ),
];

const FIELDS: &[Field] = &[Field::choice(
    "ends",
    Words::fixed("What ends", "什么结束"),
    Words::fixed("Which context of the tree is cancelled.", "树上哪个 context 被取消。"),
    ENDS,
)];

const PRESETS: &[Preset] = &[
    Preset::first_come("request", Words::fixed("The root: all of them", "根：全部"), &[], 0, &["completed"]),
    Preset::first_come(
        "search",
        Words::fixed("The middle: the root lives on", "中间：根还在"),
        &[("ends", Setting::Text("search"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "timeout",
        Words::fixed("The shorter deadline above holds", "上面更早的期限说了算"),
        &[("ends", Setting::Text("timeout"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "shorter",
        Words::fixed("A deadline shorter than the parent's", "比父亲更早的期限"),
        &[("ends", Setting::Text("shorter"))],
        0,
        &["completed"],
    ),
    Preset::first_come(
        "detached",
        Words::fixed("Detached: nobody reaches it any more", "脱离：再没有人能通知它"),
        &[("ends", Setting::Text("detached"))],
        0,
        &["completed, leaked"],
    ),
];
