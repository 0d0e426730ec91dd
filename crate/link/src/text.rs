//! The texts of a link, one type for each kind, so that a character which would break a link cannot get into one.
//!
//! All are ASCII, never empty and end in a letter or a digit: whichever of them stands last, nothing that follows a
//! link in a sentence can be taken for a part of it, and nothing of the link for punctuation. What they may hold
//! besides is neither escaped by browsers nor given a meaning by what finds links in chat and Markdown: `-` `.` `~` `@`
//! `:` `,`. `_` and `*` are left out because emphasis eats them, brackets and quotes because links are put between
//! them.
//!
//! What a text means is not known here: `3-recv@1~5` is a choice by its characters only.

use std::fmt;

use crate::error::{Expected, Malformed, Shown};
use crate::limits::{MAX_CHOICE_BYTES, MAX_DIGEST_BYTES, MAX_NAME_BYTES, MAX_SEED, MAX_TEXT_BYTES};

/// The link's own parameters, in the order in which they are written. No setting can have one of these names.
pub(crate) mod key {
    /// The version of the format.
    pub(crate) const VERSION: &str = "v";
    /// The digest of the trace.
    pub(crate) const DIGEST: &str = "digest";
    /// The cursor.
    pub(crate) const AT: &str = "at";
    /// The strategy.
    pub(crate) const STRATEGY: &str = "strategy";
    /// The seed.
    pub(crate) const SEED: &str = "seed";
    /// The deviations.
    pub(crate) const DEVIATIONS: &str = "do";

    /// All of them.
    pub(crate) const RESERVED: [&str; 6] = [VERSION, DIGEST, AT, STRATEGY, SEED, DEVIATIONS];

    /// What the page says of how it shows the run: the lens, what lanes stand for, which of them, roles that share one,
    /// small steps, and the stretch in view. The run is the same without.
    pub(crate) const VIEW: [&str; 6] = ["lens", "lanes", "only", "fold", "steps", "view"];
    /// A run to compare with: the rest of the fragment is its own. Older links have it escaped.
    pub(crate) const WITH: &str = "with";

    /// Whether no setting can have the name.
    pub(crate) fn is_taken(name: &str) -> bool {
        RESERVED.contains(&name) || VIEW.contains(&name) || name == WITH
    }
}

fn check(text: &str, max_bytes: usize, allowed: impl Fn(u8) -> bool, expected: Expected) -> Result<String, Malformed> {
    let ends_well = text.bytes().next_back().is_some_and(|last| last.is_ascii_alphanumeric());
    if text.len() <= max_bytes && ends_well && text.bytes().all(allowed) {
        Ok(text.to_owned())
    } else {
        Err(Malformed { came: Shown::of(text), expected })
    }
}

macro_rules! text {
    ($(#[$doc:meta])* $name:ident, $parse:expr) => {
        $(#[$doc])*
        #[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(String);

        impl $name {
            /// Takes `text` if it has the form that the type's description gives.
            ///
            /// # Errors
            ///
            /// [`Malformed`], saying what came and what was expected.
            pub fn new(text: &str) -> Result<Self, Malformed> {
                let parse: fn(&str) -> Result<String, Malformed> = $parse;
                parse(text).map(Self)
            }

            /// The text.
            #[must_use]
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({:?})"), self.0)
            }
        }
    };
}

fn is_kebab(text: &str, expected: Expected) -> Result<String, Malformed> {
    let text = check(text, MAX_NAME_BYTES, |b| b.is_ascii_lowercase() || b.is_ascii_digit() || b == b'-', expected)?;
    if text.starts_with(|c: char| c.is_ascii_lowercase()) {
        Ok(text)
    } else {
        Err(Malformed { came: Shown::of(&text), expected })
    }
}

text! {
    /// Which program runs, such as `many-to-many`: a lower-case letter, then lower-case letters, digits and `-`;
    /// at most [`MAX_NAME_BYTES`].
    ///
    /// ```
    /// use chanscope_link::ProgramId;
    ///
    /// assert!(ProgramId::new("many-to-many").is_ok());
    /// assert!(ProgramId::new("Many to many").is_err());
    /// ```
    ProgramId, |text| is_kebab(text, Expected::ProgramId)
}

text! {
    /// A strategy, such as `first-come` or `random`. Formed like a [`ProgramId`].
    StrategyName, |text| is_kebab(text, Expected::StrategyName)
}

text! {
    /// A setting of a program, such as `stopCapacity`: a letter, then letters and digits; at most [`MAX_NAME_BYTES`].
    ///
    /// The link's own parameters are no settings: `v`, `digest`, `at`, `strategy`, `seed`, `do`.
    ///
    /// ```
    /// use chanscope_link::SettingName;
    ///
    /// assert!(SettingName::new("stopCapacity").is_ok());
    /// assert!(SettingName::new("seed").is_err());
    /// ```
    SettingName, |text| {
        let expected = Expected::SettingName;
        let text = check(text, MAX_NAME_BYTES, |b| b.is_ascii_alphanumeric(), expected)?;
        if text.starts_with(|c: char| c.is_ascii_alphabetic()) && !key::is_taken(&text) {
            Ok(text)
        } else {
            Err(Malformed { came: Shown::of(&text), expected })
        }
    }
}

text! {
    /// The value of a setting: letters, digits and `-` `.` `~` `@` `:` `,`, ending in a letter or a digit;
    /// at most [`MAX_TEXT_BYTES`]. By custom a flag is `yes` or `no`, and a number has no leading zeros.
    ///
    /// ```
    /// use chanscope_link::Text;
    ///
    /// assert!(Text::new("-1.5").is_ok());
    /// assert!(Text::new("two words").is_err());
    /// ```
    Text, |text| {
        check(text, MAX_TEXT_BYTES, |b| b.is_ascii_alphanumeric() || b"-.~@:,".contains(&b), Expected::Text)
    }
}

text! {
    /// A choice by its name, such as `3.1-send@1~5` or `0-draw:71`: letters, digits and `-` `.` `~` `@` `:`, ending in
    /// a letter or a digit; at most [`MAX_CHOICE_BYTES`].
    ///
    /// ```
    /// use chanscope_link::Choice;
    ///
    /// assert!(Choice::new("3.1-send@1~5").is_ok());
    /// assert!(Choice::new("3-recv@").is_err());
    /// ```
    Choice, |text| {
        check(text, MAX_CHOICE_BYTES, |b| b.is_ascii_alphanumeric() || b"-.~@:".contains(&b), Expected::Choice)
    }
}

text! {
    /// The digest of a trace: lower-case letters and digits; at most [`MAX_DIGEST_BYTES`].
    ///
    /// ```
    /// use chanscope_link::Digest;
    ///
    /// assert!(Digest::new("1k3f9a").is_ok());
    /// assert!(Digest::new("1K3F9A").is_err());
    /// ```
    Digest, |text| {
        check(text, MAX_DIGEST_BYTES, |b| b.is_ascii_lowercase() || b.is_ascii_digit(), Expected::Digest)
    }
}

/// A seed: a whole number up to [`MAX_SEED`].
///
/// ```
/// use chanscope_link::Seed;
///
/// assert_eq!(Seed::new(42).map(Seed::get), Some(42));
/// assert_eq!(Seed::new(u64::MAX), None);
/// ```
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Seed(u64);

impl Seed {
    /// The seed `number`; `None` above [`MAX_SEED`].
    #[must_use]
    pub fn new(number: u64) -> Option<Self> {
        (number <= MAX_SEED).then_some(Self(number))
    }

    /// The number.
    #[must_use]
    pub fn get(self) -> u64 {
        self.0
    }
}

/// Reads a whole number up to `max` as links write it: digits alone, without leading zeros.
pub(crate) fn whole_number(text: &str, max: u64, expected: Expected) -> Result<u64, Malformed> {
    let canonical = text == "0" || !text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|&number| canonical && number <= max)
        .ok_or_else(|| Malformed { came: Shown::of(text), expected })
}
