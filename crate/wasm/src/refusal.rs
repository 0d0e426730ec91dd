//! Errors of the rooms behind, in the words of the wire.

use chanscope_kernel::{Diverged, WhyNot};
use chanscope_link::LinkError;
use chanscope_scenario::ConfigError;

use crate::wire::{Refusal, Words};

impl Refusal {
    pub(crate) fn new(kind: &str, en: impl Into<String>, zh: impl Into<String>) -> Self {
        Self { kind: kind.to_owned(), field: None, message: Words { en: en.into(), zh: zh.into() } }
    }

    pub(crate) fn of_field(field: &str, words: Words) -> Self {
        Self { kind: "config".to_owned(), field: Some(field.to_owned()), message: words }
    }
}

impl From<ConfigError> for Refusal {
    fn from(error: ConfigError) -> Self {
        Self::of_field(&error.field, error.words.into())
    }
}

impl From<LinkError> for Refusal {
    fn from(error: LinkError) -> Self {
        Self::new("link", error.en(), error.zh())
    }
}

impl From<Box<Diverged>> for Refusal {
    fn from(diverged: Box<Diverged>) -> Self {
        let Diverged { at, wanted, why } = &*diverged;
        let why = match why {
            WhyNot::NotRunnable { runnable, more } => {
                let mut names: Vec<String> = runnable.iter().map(ToString::to_string).collect();
                if *more {
                    names.push("…".to_owned());
                }
                format!("可选的是 {}", names.join("、"))
            }
            WhyNot::MidStep { next } => format!("但那里在一步的中间；下一次选择在第 {next} 步"),
            WhyNot::Over { end } => format!("但运行在第 {end} 步就结束了"),
        };
        Self::new("diverged", diverged.to_string(), format!("在第 {at} 步分岔：要执行 {wanted}，{why}"))
    }
}

impl From<chanscope_kernel::words::Words> for Words {
    fn from(words: chanscope_kernel::words::Words) -> Self {
        Self { en: words.en.into_owned(), zh: words.zh.into_owned() }
    }
}
