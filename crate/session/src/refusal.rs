//! Why something could not be done, in the words of the rooms behind.

use std::fmt;

use chanscope_kernel::words::Words;
use chanscope_kernel::{Diverged, WhyNot};
use chanscope_link::LinkError;
use chanscope_scenario::ConfigError;

/// What was wrong, where, and what was expected.
#[derive(Clone, PartialEq, Debug)]
pub struct Refusal {
    /// What kind it is.
    pub kind: RefusalKind,
    /// The setting concerned, where it is one.
    pub field: Option<String>,
    /// The same in words.
    pub words: Words,
}

/// What a refusal is about.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum RefusalKind {
    /// A link, or a part of one.
    Link,
    /// A program that there is not.
    Program,
    /// A setting.
    Config,
    /// A choice that is not possible where it was to be made.
    Diverged,
    /// A question that comes too early.
    State,
    /// A digest that cannot be compared.
    Digest,
    /// A question that would take too long.
    Limit,
}

impl RefusalKind {
    /// The name on the wire.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Self::Link => "link",
            Self::Program => "program",
            Self::Config => "config",
            Self::Diverged => "diverged",
            Self::State => "state",
            Self::Digest => "digest",
            Self::Limit => "limit",
        }
    }
}

impl Refusal {
    pub(crate) fn new(kind: RefusalKind, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { kind, field: None, words: Words::made(en.into(), zh.into()) }
    }

    /// What is wrong with one field.
    #[must_use]
    pub fn of_field(field: &str, words: Words) -> Self {
        Self { kind: RefusalKind::Config, field: Some(field.to_owned()), words }
    }
}

impl fmt::Display for Refusal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.words.en)
    }
}

impl std::error::Error for Refusal {}

impl From<ConfigError> for Refusal {
    fn from(error: ConfigError) -> Self {
        Self::of_field(&error.field, error.words)
    }
}

impl From<LinkError> for Refusal {
    fn from(error: LinkError) -> Self {
        Self::new(RefusalKind::Link, error.en(), error.zh())
    }
}

impl From<Box<Diverged>> for Refusal {
    fn from(diverged: Box<Diverged>) -> Self {
        let Diverged { at, wanted, why } = &*diverged;
        let zh = match why {
            WhyNot::NotRunnable { runnable, more } => {
                let mut names: Vec<String> = runnable.iter().map(ToString::to_string).collect();
                if *more {
                    names.push("…".to_owned());
                }
                format!("在第 {at} 步不能选择 {wanted}；可选的是 {}", names.join("、"))
            }
            WhyNot::MidStep { next } => {
                format!("在第 {at} 步不能选择 {wanted}：那里在一步的中间，下一步从 {next} 开始")
            }
            WhyNot::Over { end } => format!("在第 {at} 步不能选择 {wanted}：运行在第 {end} 步就结束了"),
        };
        Self::new(RefusalKind::Diverged, diverged.to_string(), zh)
    }
}
