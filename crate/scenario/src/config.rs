//! Settings of a scenario: what there is to set, and checking what somebody has set.
//!
//! A scenario's fields are the only place where ranges stand: the page's form, links and the command line are checked
//! against them, and the scenario reads values that cannot be wrong any more.

use std::collections::BTreeMap;
use std::fmt;

use chanscope_kernel::words::Words;

/// One setting.
#[derive(Clone, Debug)]
pub struct Field {
    /// The name in links: letters and digits.
    pub name: &'static str,
    /// Its label.
    pub label: Words,
    /// One sentence on what it does.
    pub help: Words,
    /// What values it takes.
    pub domain: Domain,
    /// The value when nothing is said.
    pub default: Setting<&'static str>,
}

impl Field {
    /// A whole number, both ends included.
    pub(crate) const fn number(name: &'static str, label: Words, help: Words, range: (u32, u32), default: f64) -> Self {
        let (min, max) = range;
        Self { name, label, help, domain: Domain::Number { min, max }, default: Setting::Number(default) }
    }

    /// Yes or no.
    pub(crate) const fn flag(name: &'static str, label: Words, help: Words, default: bool) -> Self {
        Self { name, label, help, domain: Domain::Flag, default: Setting::Flag(default) }
    }

    /// One of a few, the first of which is the default.
    pub(crate) const fn choice(
        name: &'static str,
        label: Words,
        help: Words,
        options: &'static [ChoiceOption],
    ) -> Self {
        Self { name, label, help, domain: Domain::Choice(options), default: Setting::Text(options[0].value) }
    }

    /// How many goroutines send.
    pub(crate) const fn producers(default: f64) -> Self {
        let label = Words::fixed("Producers", "生产者");
        let help = Words::fixed("How many goroutines send values.", "发送数据的 goroutine 个数。");
        Self::number("producers", label, help, (1, 100), default)
    }

    /// How many goroutines receive.
    pub(crate) const fn consumers(default: f64) -> Self {
        let label = Words::fixed("Consumers", "消费者");
        let help = Words::fixed("How many goroutines receive values.", "接收数据的 goroutine 个数。");
        Self::number("consumers", label, help, (1, 100), default)
    }

    /// How much the data channel holds.
    pub(crate) const fn data_capacity(default: f64) -> Self {
        let label = Words::fixed("Capacity of dataCh", "dataCh 容量");
        let help = Words::fixed("Values the data channel can hold.", "数据 channel 能缓存多少个值。");
        Self::number("capacity", label, help, (0, 1000), default)
    }
}

/// The values that a setting can have.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Domain {
    /// A whole number, both ends included.
    Number {
        /// Smallest.
        min: u32,
        /// Largest.
        max: u32,
    },
    /// Yes or no.
    Flag,
    /// One of a few.
    Choice(&'static [ChoiceOption]),
}

/// One of the values of a [`Domain::Choice`].
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct ChoiceOption {
    /// The value in links.
    pub value: &'static str,
    /// Its label.
    pub label: Words,
}

impl ChoiceOption {
    pub(crate) const fn new(value: &'static str, label: Words) -> Self {
        Self { value, label }
    }
}

/// The value of a setting. Numbers are kept as they came, so that an error can name `2.5`.
#[derive(Clone, Copy, PartialEq, Debug)]
pub enum Setting<T = String> {
    /// A number.
    Number(f64),
    /// Yes or no.
    Flag(bool),
    /// One of a few.
    Text(T),
}

/// Settings by name, as somebody gave them.
pub type Settings = BTreeMap<String, Setting>;

/// A map of what comes one by one. Collecting would sort it first, with code of its own for every place that collects, and
/// that is much for the page to load and little for a few settings to gain.
#[must_use]
pub fn by_name<K: Ord, V>(given: impl Iterator<Item = (K, V)>) -> BTreeMap<K, V> {
    let mut map = BTreeMap::new();
    map.extend(given);
    map
}

impl Setting<&'static str> {
    /// The same with a text of its own.
    #[must_use]
    pub fn owned(&self) -> Setting {
        match *self {
            Self::Number(n) => Setting::Number(n),
            Self::Flag(flag) => Setting::Flag(flag),
            Self::Text(text) => Setting::Text(text.to_owned()),
        }
    }
}

impl<T: fmt::Display> fmt::Display for Setting<T> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Number(n) => write!(f, "{n}"),
            Self::Flag(true) => f.write_str("yes"),
            Self::Flag(false) => f.write_str("no"),
            Self::Text(text) => text.fmt(f),
        }
    }
}

/// Settings that fit their fields: every field has a value, and every value is in its domain.
#[derive(Clone, PartialEq, Debug)]
pub struct Checked {
    values: BTreeMap<&'static str, Setting>,
}

/// A setting that cannot be.
#[derive(Clone, PartialEq, Debug, thiserror::Error)]
#[error("{}", .words.en)]
pub struct ConfigError {
    /// The setting's name, as it was given.
    pub field: String,
    /// What was wrong, and what was expected.
    pub words: Words,
}

impl Checked {
    pub(crate) fn new(fields: &'static [Field], given: &Settings) -> Result<Self, ConfigError> {
        if let Some(unknown) = given.keys().find(|name| fields.iter().all(|field| field.name != name.as_str())) {
            return Err(unknown_setting(fields, unknown));
        }
        let mut values = BTreeMap::new();
        for field in fields {
            let value = match given.get(field.name) {
                None => field.default.owned(),
                Some(setting) => field.check(setting)?,
            };
            values.insert(field.name, value);
        }
        Ok(Self { values })
    }

    /// All values by name.
    #[must_use]
    pub fn values(&self) -> &BTreeMap<&'static str, Setting> {
        &self.values
    }

    /// A number's value.
    pub(crate) fn number(&self, name: &str) -> u32 {
        match self.values.get(name) {
            #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "checked against its field")]
            Some(Setting::Number(n)) => *n as u32,
            other => unreachable!("{name} is a number, not {other:?}"),
        }
    }

    /// A flag's value.
    pub(crate) fn flag(&self, name: &str) -> bool {
        match self.values.get(name) {
            Some(Setting::Flag(flag)) => *flag,
            other => unreachable!("{name} is a flag, not {other:?}"),
        }
    }

    /// The value of a choice.
    pub(crate) fn choice(&self, name: &str) -> &str {
        match self.values.get(name) {
            Some(Setting::Text(text)) => text,
            other => unreachable!("{name} is a choice, not {other:?}"),
        }
    }
}

impl Field {
    /// Reads the text of a link or a command line as this field's kind of value. What does not go stays as it was
    /// written, so that a refusal can name it.
    #[must_use]
    pub fn read(&self, text: &str) -> Setting {
        match (&self.domain, text) {
            (Domain::Flag, "yes") => Setting::Flag(true),
            (Domain::Flag, "no") => Setting::Flag(false),
            (Domain::Number { .. }, text) => {
                let number = text.parse().ok().map(Setting::Number).filter(|number| self.check(number).is_ok());
                number.unwrap_or_else(|| Setting::Text(text.to_owned()))
            }
            (_, text) => Setting::Text(text.to_owned()),
        }
    }

    fn check(&self, setting: &Setting) -> Result<Setting, ConfigError> {
        let fits = match (&self.domain, setting) {
            (Domain::Number { min, max }, Setting::Number(n)) => {
                n.fract() == 0.0 && (f64::from(*min)..=f64::from(*max)).contains(n)
            }
            (Domain::Flag, Setting::Flag(_)) => true,
            (Domain::Choice(options), Setting::Text(text)) => options.iter().any(|option| option.value == text),
            _ => false,
        };
        fits.then(|| setting.clone()).ok_or_else(|| ConfigError {
            field: self.name.to_owned(),
            words: not_taken(self.name, &self.expected(), &setting.to_string()),
        })
    }

    fn expected(&self) -> Words {
        match &self.domain {
            Domain::Number { min, max } => expected_number((*min).into(), (*max).into()),
            Domain::Flag => Words::fixed("yes or no", "yes 或 no"),
            Domain::Choice(options) => expected_choice(&options.iter().map(|option| option.value).collect::<Vec<_>>()),
        }
    }
}

/// That something which can be set takes what is expected, and not what came.
#[must_use]
pub fn not_taken(name: &str, expected: &Words, came: &str) -> Words {
    let (Words { en, zh }, came) = (expected, shortened(came));
    Words::made(format!("{name} takes {en}, not “{came}”"), format!("{name} 应为 {zh}，而不是“{came}”"))
}

/// A whole number in a range.
#[must_use]
pub fn expected_number(min: u64, max: u64) -> Words {
    Words::made(format!("a whole number from {min} to {max}"), format!("{min} 到 {max} 之间的整数"))
}

/// One of a few names, of which there are at least two.
#[must_use]
pub fn expected_choice(names: &[&str]) -> Words {
    let [first @ .., last] = names else { return Words::fixed("nothing", "空") };
    Words::made(format!("{} or {last}", first.join(", ")), format!("{} 或 {last}", first.join("、")))
}

fn unknown_setting(fields: &[Field], name: &str) -> ConfigError {
    let known: Vec<_> = fields.iter().map(|field| field.name).collect();
    let got = shortened(name);
    ConfigError {
        field: got.clone(),
        words: Words::made(
            format!("there is no setting “{got}” here; there {}", there_are(&known)),
            format!("这里没有名为“{got}”的设置；有 {}", known.join("、")),
        ),
    }
}

/// "are" and the names that there are, or "is" and the only one.
#[must_use]
pub fn there_are(names: &[&str]) -> String {
    format!("{} {}", if names.len() == 1 { "is" } else { "are" }, names.join(", "))
}

/// What somebody sent, fit to be repeated in an error: short, and nothing invisible in it.
#[must_use]
pub fn shortened(text: &str) -> String {
    const MAX_CHARS: usize = 40;
    let mut shown: String = text.chars().take(MAX_CHARS).flat_map(char::escape_debug).collect();
    if text.chars().count() > MAX_CHARS {
        shown.push('…');
    }
    shown
}
