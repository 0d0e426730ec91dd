//! Why a link does not open: what was wrong, where, what came and what was expected, in English and 简体中文.
//!
//! `Display` is the English sentence. No sentence is longer than about 200 characters whatever came, and nothing of
//! what came is repeated but its beginning, with control and invisible characters escaped.

use std::fmt;

use crate::limits::{
    MAX_CHOICE_BYTES, MAX_DEVIATIONS, MAX_DIGEST_BYTES, MAX_FRAGMENT_BYTES, MAX_NAME_BYTES, MAX_SEED, MAX_SETTINGS,
    MAX_SHOWN_CHARS, MAX_TEXT_BYTES,
};

/// Why a fragment is no link, or why parts make none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum LinkError {
    /// It is longer than [`MAX_FRAGMENT_BYTES`].
    #[error("The link is {bytes} bytes long; at most {MAX_FRAGMENT_BYTES} are read.")]
    TooLong {
        /// Its length in bytes.
        bytes: usize,
    },
    /// A `%` that no two hexadecimal digits follow.
    #[error("At character {at} the link has “{came}”; “%” must be followed by two hexadecimal digits.")]
    BrokenEscape {
        /// Which character the `%` is, counted from 1 after the `#`.
        at: usize,
        /// The `%` and what follows.
        came: Shown,
    },
    /// It does not begin with a slash.
    #[error("A link begins with “#/” and a program's id; this one begins with “{came}”.")]
    Start {
        /// Its beginning.
        came: Shown,
    },
    /// It was made by a version of the format that is not known yet.
    #[error(
        "The link was made by a newer version (format {came}; this page reads up to {known}). Reload the page, or open \
         the link where it was made."
    )]
    Newer {
        /// The link's version.
        came: u32,
        /// The newest version that is known.
        known: u32,
    },
    /// A parameter without `=`.
    #[error("“{parameter}” in the link has no value; parameters are written “name=value”, joined by “&”.")]
    NoValue {
        /// The parameter.
        parameter: Shown,
    },
    /// A parameter that occurs more than once.
    #[error("“{parameter}” occurs more than once in the link; expected once at most.")]
    Twice {
        /// The parameter's name.
        parameter: Shown,
    },
    /// More than [`MAX_SETTINGS`] settings.
    #[error("The link has more than {MAX_SETTINGS} settings, which is the most that are read.")]
    TooManySettings,
    /// More than [`MAX_DEVIATIONS`] deviations.
    #[error("The link has more than {MAX_DEVIATIONS} choices made by hand (“do”), which is the most that are read.")]
    TooManyDeviations,
    /// The program's id, a parameter's name or a value is not of the right form.
    #[error("{place}: expected {}, found “{}”.", malformed.expected, malformed.came)]
    Malformed {
        /// Which part of the link.
        place: Place,
        /// What came and what was expected.
        malformed: Malformed,
    },
    /// A deviation at a position that is not after the one before it.
    #[error("In “do”, position {at} follows position {previous}; each must be greater than the one before.")]
    OutOfOrder {
        /// The position.
        at: u32,
        /// The one before it.
        previous: u32,
    },
}

impl LinkError {
    /// The sentence in English.
    #[must_use]
    pub fn en(&self) -> String {
        self.to_string()
    }

    /// The sentence in 简体中文.
    #[must_use]
    pub fn zh(&self) -> String {
        match self {
            Self::TooLong { bytes } => format!("链接长 {bytes} 字节，超过了 {MAX_FRAGMENT_BYTES} 字节的上限。"),
            Self::BrokenEscape { at, came } => {
                format!("链接的第 {at} 个字符处是“{came}”，而“%”后面必须是两位十六进制数字。")
            }
            Self::Start { came } => format!("链接应以“#/”加程序名开头，而这个链接的开头是“{came}”。"),
            Self::Newer { came, known } => format!(
                "这个链接由更新的版本生成（格式 {came}，本页面最高支持 {known}）。请刷新页面，或在生成它的地方打开。"
            ),
            Self::NoValue { parameter } => {
                format!("链接中的“{parameter}”没有值。参数应写成“名称=值”，并以“&”连接。")
            }
            Self::Twice { parameter } => format!("链接中“{parameter}”重复出现，而每个参数最多只能出现一次。"),
            Self::TooManySettings => format!("链接中的设置超过了 {MAX_SETTINGS} 项的上限。"),
            Self::TooManyDeviations => format!("链接中手动做出的选择（“do”）超过了 {MAX_DEVIATIONS} 个的上限。"),
            Self::Malformed { place, malformed } => {
                format!("{}：应为{}，实际是“{}”。", place.zh(), malformed.expected.zh(), malformed.came)
            }
            Self::OutOfOrder { at, previous } => {
                format!("“do”中，位置 {previous} 之后出现了 {at}，而后一个位置必须大于前一个。")
            }
        }
    }
}

/// A part of a link that an error speaks of.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Place {
    /// What stands between `#/` and `?`.
    Program,
    /// The name of a parameter.
    ParameterName,
    /// The value of the parameter of this name.
    Value(Shown),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Program => f.write_str("After “#/” in the link"),
            Self::ParameterName => f.write_str("Before “=” in the link"),
            Self::Value(parameter) => write!(f, "“{parameter}” in the link"),
        }
    }
}

impl Place {
    fn zh(&self) -> String {
        match self {
            Self::Program => "链接中“#/”之后".to_owned(),
            Self::ParameterName => "链接中“=”之前".to_owned(),
            Self::Value(parameter) => format!("链接中的“{parameter}”"),
        }
    }
}

/// A text that is not of the form that its type asks for.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("expected {expected}, found “{came}”")]
pub struct Malformed {
    /// The text.
    pub came: Shown,
    /// What was expected.
    pub expected: Expected,
}

impl Malformed {
    /// The same error, said of a part of a link.
    pub(crate) fn at(self, place: Place) -> LinkError {
        LinkError::Malformed { place, malformed: self }
    }
}

/// The forms that parts of a link can have.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expected {
    /// A [`ProgramId`](crate::ProgramId).
    ProgramId,
    /// A [`StrategyName`](crate::StrategyName).
    StrategyName,
    /// A [`SettingName`](crate::SettingName).
    SettingName,
    /// A [`Text`](crate::Text).
    Text,
    /// A [`Choice`](crate::Choice).
    Choice,
    /// A position and a [`Choice`](crate::Choice), joined by `:`.
    Deviation,
    /// A [`Digest`](crate::Digest).
    Digest,
    /// A number of events.
    Position,
    /// A [`Seed`](crate::Seed).
    Seed,
    /// A version of the format.
    Version,
}

impl fmt::Display for Expected {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ProgramId => write!(f, "a program's id (a–z, 0–9 and “-”, at most {MAX_NAME_BYTES})"),
            Self::StrategyName => write!(f, "a strategy's name (a–z, 0–9 and “-”, at most {MAX_NAME_BYTES})"),
            Self::SettingName => {
                write!(f, "a setting's name (letters and digits, at most {MAX_NAME_BYTES}, none of the link's own)")
            }
            Self::Text => {
                write!(f, "letters, digits and - . ~ @ : , ending in a letter or digit, 1 to {MAX_TEXT_BYTES}")
            }
            Self::Choice => {
                write!(f, "a choice such as 3-recv@1~5, ending in a letter or digit, at most {MAX_CHOICE_BYTES}")
            }
            Self::Deviation => f.write_str("a position and a choice such as 17:3-recv@1~5"),
            Self::Digest => write!(f, "a digest (a–z and 0–9, at most {MAX_DIGEST_BYTES})"),
            Self::Position => write!(f, "a whole number from 0 to {}", u32::MAX),
            Self::Seed => write!(f, "a whole number from 0 to {MAX_SEED}"),
            Self::Version => write!(f, "a whole number from 1 to {}", u32::MAX),
        }
    }
}

impl Expected {
    fn zh(self) -> String {
        match self {
            Self::ProgramId => format!("程序名（小写字母、数字和“-”，最多 {MAX_NAME_BYTES} 个字符）"),
            Self::StrategyName => format!("策略名（小写字母、数字和“-”，最多 {MAX_NAME_BYTES} 个字符）"),
            Self::SettingName => {
                format!("设置名（字母和数字，最多 {MAX_NAME_BYTES} 个字符，且不是链接自己的参数名）")
            }
            Self::Text => {
                format!("由字母、数字和 - . ~ @ : , 组成的值，以字母或数字结尾，长 1 到 {MAX_TEXT_BYTES} 个字符")
            }
            Self::Choice => {
                format!("形如 3-recv@1~5 的选择，以字母或数字结尾，最多 {MAX_CHOICE_BYTES} 个字符")
            }
            Self::Deviation => "形如 17:3-recv@1~5 的“位置:选择”".to_owned(),
            Self::Digest => format!("摘要（小写字母和数字，最多 {MAX_DIGEST_BYTES} 个字符）"),
            Self::Position => format!("从 0 到 {} 的整数", u32::MAX),
            Self::Seed => format!("从 0 到 {MAX_SEED} 的整数"),
            Self::Version => format!("从 1 到 {} 的整数", u32::MAX),
        }
    }
}

/// The beginning of somebody's input, fit to be repeated: at most [`MAX_SHOWN_CHARS`] characters and `…` where it went
/// on; control and invisible characters are escaped as Rust escapes them.
///
/// ```
/// use chanscope_link::Shown;
///
/// assert_eq!(Shown::of("a\u{202e}b").to_string(), "a\\u{202e}b");
/// assert_eq!(Shown::of(&"x".repeat(1_000)).to_string().chars().count(), 25);
/// ```
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Shown(String);

impl Shown {
    /// The beginning of `text`. Costs no more than what it keeps.
    #[must_use]
    pub fn of(text: &str) -> Self {
        let mut shown = String::new();
        let mut chars = 0;
        for c in text.chars() {
            let escaped: String = if c == '\'' || c == '"' { c.into() } else { c.escape_debug().collect() };
            chars += escaped.chars().count();
            if chars > MAX_SHOWN_CHARS {
                shown.push('…');
                break;
            }
            shown.push_str(&escaped);
        }
        Self(shown)
    }
}

impl fmt::Display for Shown {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use super::{Expected, LinkError, Malformed, Place, Shown};

    #[test]
    fn no_sentence_is_long_whatever_came() {
        let shown = || Shown::of(&"\u{10ffff}x".repeat(99));
        let expected = [
            Expected::ProgramId,
            Expected::StrategyName,
            Expected::SettingName,
            Expected::Text,
            Expected::Choice,
            Expected::Deviation,
            Expected::Digest,
            Expected::Position,
            Expected::Seed,
            Expected::Version,
        ];
        let malformed = expected.into_iter().flat_map(|expected| {
            [Place::Program, Place::ParameterName, Place::Value(shown())]
                .map(|place| Malformed { came: shown(), expected }.at(place))
        });
        let others = [
            LinkError::TooLong { bytes: usize::MAX },
            LinkError::BrokenEscape { at: usize::MAX, came: shown() },
            LinkError::Start { came: shown() },
            LinkError::Newer { came: u32::MAX, known: u32::MAX },
            LinkError::NoValue { parameter: shown() },
            LinkError::Twice { parameter: shown() },
            LinkError::TooManySettings,
            LinkError::TooManyDeviations,
            LinkError::OutOfOrder { at: u32::MAX, previous: u32::MAX },
        ];
        for error in others.into_iter().chain(malformed) {
            for sentence in [error.en(), error.zh()] {
                assert!(sentence.chars().count() <= 200, "{} characters: {sentence}", sentence.chars().count());
            }
        }
    }
}
