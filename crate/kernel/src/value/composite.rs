//! Values with parts: structs, slices, maps, pointers, errors.
//!
//! Whatever a program makes, what a trace keeps of it is bounded: so many bytes, so many levels. What is left out is
//! counted in its place (`… 3 more`), or told to be there (`…` for what lies too deep).

use std::fmt::Write;
use std::sync::Arc;

use super::{Value, shortened};
use crate::limits::{MAX_NESTING, MAX_VALUE_BYTES};

/// A value that has parts, or that is named rather than counted.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Composite {
    form: Form,
    /// The length of [`Composite::line`].
    bytes: usize,
    /// Levels, this one included.
    nesting: usize,
}

/// The most characters of a value in a sentence.
pub const MAX_SHORT_CHARS: usize = 32;

/// The most parts of each level in a sentence.
const SHORT_PARTS: usize = 3;

/// The longest line of a value in full, in characters, before its parts get lines of their own.
const FULL_LINE_CHARS: usize = 60;

#[derive(Clone, PartialEq, Eq, Debug)]
enum Form {
    /// A name, or a number that is no `i64`: what it is reads as it is printed.
    Word(Box<str>),
    Nil,
    /// An error, by its message.
    Error(Box<str>),
    Pointer(Value),
    Struct {
        name: &'static str,
        fields: Box<[(&'static str, Value)]>,
        more: usize,
    },
    Slice {
        items: Box<[Value]>,
        more: usize,
    },
    Map {
        entries: Box<[(Value, Value)]>,
        more: usize,
    },
    /// Something that lies too deep.
    Deeper,
}

/// Constructors, for [`Show`](super::Show).
impl Value {
    /// A name, such as that of a channel, or a number that is no `i64`: told as it is, without quotes.
    #[must_use]
    pub fn word(word: &str) -> Self {
        Self::composed(Form::Word(shortened(word)))
    }

    /// `nil`.
    #[must_use]
    pub fn nil() -> Self {
        Self::composed(Form::Nil)
    }

    /// An error.
    #[must_use]
    pub fn error(message: &str) -> Self {
        Self::composed(Form::Error(shortened(message)))
    }

    /// A pointer to something.
    #[must_use]
    pub fn pointer(to: Self) -> Self {
        Self::composed(Form::Pointer(not_too_deep(to)))
    }

    /// A struct of that type's name. Fields are taken while there is room, the rest is counted.
    #[must_use]
    pub fn structure(name: &'static str, fields: impl ExactSizeIterator<Item = (&'static str, Self)>) -> Self {
        let all = fields.len();
        let fields = fitting(fields.map(|(name, value)| (name, not_too_deep(value))), |(name, value)| {
            name.len() + ": ".len() + value.line().len()
        });
        let more = all - fields.len();
        Self::composed(Form::Struct { name, fields, more })
    }

    /// A slice or an array. Items are taken while there is room, the rest is counted and not looked at.
    #[must_use]
    pub fn slice(items: impl ExactSizeIterator<Item = Self>) -> Self {
        let all = items.len();
        let items = fitting(items.map(not_too_deep), |value| value.line().len());
        let more = all - items.len();
        Self::composed(Form::Slice { items, more })
    }

    /// A map, in the order given. Entries are taken while there is room, the rest is counted and not looked at.
    #[must_use]
    pub fn map(entries: impl ExactSizeIterator<Item = (Self, Self)>) -> Self {
        let all = entries.len();
        let entries = fitting(entries.map(|(key, value)| (not_too_deep(key), not_too_deep(value))), |(key, value)| {
            key.line().len() + ": ".len() + value.line().len()
        });
        let more = all - entries.len();
        Self::composed(Form::Map { entries, more })
    }

    /// In place of what lies deeper than [`MAX_NESTING`].
    #[must_use]
    pub fn deeper() -> Self {
        Self::composed(Form::Deeper)
    }

    /// The type that Go prints before the address of a value that `panic` was called with: of structs and pointers to
    /// them, of which the name is known.
    pub(crate) fn go_type(&self) -> Option<String> {
        match self {
            Self::Unit => Some("struct {}".to_owned()),
            Self::Composite(composite) => match &composite.form {
                Form::Struct { name, .. } => Some(format!("main.{name}")),
                Form::Pointer(to) => to.go_type().map(|name| format!("*{name}")),
                _ => None,
            },
            Self::Int(_) | Self::Bool(_) | Self::Text(_) => None,
        }
    }

    pub(super) fn is_pointer(&self) -> bool {
        matches!(self, Self::Composite(composite) if matches!(composite.form, Form::Pointer(_)))
    }

    fn composed(form: Form) -> Self {
        let nesting = 1 + match &form {
            Form::Word(_) | Form::Nil | Form::Error(_) | Form::Deeper => 0,
            Form::Pointer(to) => to.nesting(),
            Form::Struct { fields, .. } => deepest(fields.iter().map(|(_, value)| value)),
            Form::Slice { items, .. } => deepest(items.iter()),
            Form::Map { entries, .. } => deepest(entries.iter().flat_map(|(key, value)| [key, value])),
        };
        let mut composite = Composite { form, bytes: 0, nesting };
        composite.bytes = composite.line().len();
        Self::Composite(Arc::new(composite))
    }

    fn nesting(&self) -> usize {
        match self {
            Self::Composite(composite) => composite.nesting,
            Self::Unit | Self::Int(_) | Self::Bool(_) | Self::Text(_) => 0,
        }
    }

    /// In Go's notation on one line.
    pub(crate) fn line(&self) -> String {
        match self {
            Self::Composite(composite) => composite.line(),
            plain => plain.full(),
        }
    }
}

fn deepest<'a>(values: impl Iterator<Item = &'a Value>) -> usize {
    values.map(Value::nesting).max().unwrap_or(0)
}

/// The value, if there is a level left for it.
fn not_too_deep(value: Value) -> Value {
    if value.nesting() < MAX_NESTING { value } else { Value::deeper() }
}

/// Parts from the first on, as long as they fit.
fn fitting<T>(parts: impl Iterator<Item = T>, bytes: impl Fn(&T) -> usize) -> Box<[T]> {
    /// For the type's name, brackets, and the count of what is left out.
    const AROUND: usize = 128;
    let mut left = MAX_VALUE_BYTES - AROUND;
    let fits = parts.map_while(|part| {
        left = left.checked_sub(bytes(&part) + ", ".len())?;
        Some(part)
    });
    fits.collect()
}

/// How a value is told.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Manner {
    /// On one line, with all that is kept.
    Line,
    /// On one line, some parts of each level.
    Short,
    /// As `fmt.Println` does.
    Printed,
}

impl Composite {
    fn line(&self) -> String {
        let mut text = String::new();
        self.tell(&mut text, Manner::Line);
        text
    }

    pub(super) fn short(&self) -> String {
        let mut text = String::new();
        self.tell(&mut text, Manner::Short);
        cut(text)
    }

    pub(super) fn printed(&self) -> String {
        let mut text = String::new();
        self.tell(&mut text, Manner::Printed);
        text
    }

    pub(super) fn full(&self) -> String {
        let mut text = String::new();
        self.spread(&mut text, 0);
        text
    }

    pub(super) fn heap_bytes(&self) -> usize {
        // A part takes its notation and its place in a table: an estimate that errs upwards for all but tiny parts.
        size_of::<Self>() + 4 * self.bytes
    }

    fn tell(&self, out: &mut String, manner: Manner) {
        let printed = manner == Manner::Printed;
        let gap = if printed { " " } else { ", " };
        match &self.form {
            Form::Word(word) => out.push_str(word),
            Form::Nil => out.push_str(if printed { "<nil>" } else { "nil" }),
            Form::Error(message) if printed => out.push_str(message),
            Form::Error(message) => write!(out, "error({message:?})").expect("a string has room"),
            Form::Deeper => out.push('…'),
            Form::Pointer(to) => {
                out.push('&');
                to.tell(out, manner);
            }
            Form::Struct { name, fields, more } => {
                out.push_str(if printed { "" } else { name });
                list(out, ["{", gap, "}"], manner, fields, *more, |out, (name, value)| {
                    if !printed {
                        out.push_str(name);
                        out.push_str(": ");
                    }
                    value.tell(out, manner);
                });
            }
            Form::Slice { items, more } => {
                list(out, ["[", " ", "]"], manner, items, *more, |out, value| value.tell(out, manner));
            }
            Form::Map { entries, more } => {
                list(out, ["map[", gap, "]"], manner, entries, *more, |out, (key, value)| {
                    key.tell(out, manner);
                    out.push_str(if printed { ":" } else { ": " });
                    value.tell(out, manner);
                });
            }
        }
    }

    /// On several lines, where one would be too long.
    fn spread(&self, out: &mut String, indent: usize) {
        let line = self.line();
        if line.chars().count() <= FULL_LINE_CHARS {
            out.push_str(&line);
            return;
        }
        let next_line = |out: &mut String, indent: usize| {
            out.push('\n');
            (0..indent).for_each(|_| out.push_str("    "));
        };
        let left_out = |out: &mut String, more: usize| {
            if more > 0 {
                next_line(out, indent + 1);
                write!(out, "… {more} more").expect("a string has room");
            }
            next_line(out, indent);
        };
        match &self.form {
            Form::Word(_) | Form::Nil | Form::Error(_) | Form::Deeper => out.push_str(&line),
            Form::Pointer(to) => {
                out.push('&');
                to.spread(out, indent);
            }
            Form::Struct { name, fields, more } => {
                out.push_str(name);
                out.push('{');
                for (name, value) in fields {
                    next_line(out, indent + 1);
                    out.push_str(name);
                    out.push_str(": ");
                    value.spread(out, indent + 1);
                    out.push(',');
                }
                left_out(out, *more);
                out.push('}');
            }
            Form::Slice { items, more } => {
                out.push('[');
                for value in items {
                    next_line(out, indent + 1);
                    value.spread(out, indent + 1);
                    out.push(',');
                }
                left_out(out, *more);
                out.push(']');
            }
            Form::Map { entries, more } => {
                out.push_str("map[");
                for (key, value) in entries {
                    next_line(out, indent + 1);
                    key.spread(out, indent + 1);
                    out.push_str(": ");
                    value.spread(out, indent + 1);
                    out.push(',');
                }
                left_out(out, *more);
                out.push(']');
            }
        }
    }
}

impl Value {
    fn tell(&self, out: &mut String, manner: Manner) {
        match self {
            Self::Composite(composite) => composite.tell(out, manner),
            Self::Text(text) if manner != Manner::Printed => write!(out, "{text:?}").expect("a string has room"),
            plain => out.push_str(&plain.printed()),
        }
    }

    fn spread(&self, out: &mut String, indent: usize) {
        match self {
            Self::Composite(composite) => composite.spread(out, indent),
            plain => plain.tell(out, Manner::Line),
        }
    }
}

fn list<T>(
    out: &mut String,
    [open, gap, close]: [&str; 3],
    manner: Manner,
    parts: &[T],
    more: usize,
    tell: impl Fn(&mut String, &T),
) {
    let told = if manner == Manner::Short { parts.len().min(SHORT_PARTS) } else { parts.len() };
    out.push_str(open);
    for (nth, part) in parts[..told].iter().enumerate() {
        out.push_str(if nth == 0 { "" } else { gap });
        tell(out, part);
    }
    let more = more + parts.len() - told;
    if more > 0 {
        let space = if told == 0 { "" } else { " " };
        write!(out, "{space}… {more} more").expect("a string has room");
    }
    out.push_str(close);
}

/// At most [`MAX_SHORT_CHARS`] of a text, the last of them an ellipsis where there was more.
pub(super) fn cut(mut text: String) -> String {
    if let Some((end, _)) = text.char_indices().nth(MAX_SHORT_CHARS) {
        let last = text[..end].char_indices().next_back().map_or(0, |(at, _)| at);
        text.truncate(last);
        text.push('…');
    }
    text
}
