//! Values as a trace shows them: small, and the same on every machine.
//!
//! A value is data, not memory: it has no address, and what it points to is in it. It is told in three ways: as Go
//! would print it ([`Value::printed`]), short for a sentence (`Display`), and in full ([`Value::full`]).

mod composite;
mod show;

use std::fmt;
use std::sync::Arc;

pub use composite::{Composite, MAX_SHORT_CHARS};
pub use show::Show;

use crate::limits::MAX_TEXT_BYTES;

/// A value that travelled, was stored, drawn or printed.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Value {
    /// No value: `struct{}{}`.
    Unit,
    /// A whole number.
    Int(i64),
    /// Yes or no.
    Bool(bool),
    /// A text, at most [`MAX_TEXT_BYTES`] long.
    Text(Box<str>),
    /// Anything that has parts, and what has a name only; at most [`MAX_VALUE_BYTES`](crate::MAX_VALUE_BYTES) long and
    /// [`MAX_NESTING`](crate::MAX_NESTING) deep.
    Composite(Arc<Composite>),
}

impl Value {
    /// A text value, shortened at a character's boundary where it is too long.
    #[must_use]
    pub fn text(text: &str) -> Self {
        Self::Text(shortened(text))
    }

    /// The value as `fmt.Println` would print it, but for addresses: a pointer is printed as `&` and what it points to.
    #[must_use]
    pub fn printed(&self) -> String {
        match self {
            Self::Unit => "{}".to_owned(),
            Self::Int(n) => n.to_string(),
            Self::Bool(b) => b.to_string(),
            Self::Text(text) => text.to_string(),
            Self::Composite(composite) => composite.printed(),
        }
    }

    /// The whole value in Go's notation, over several lines where one would be too long: for an inspector.
    #[must_use]
    pub fn full(&self) -> String {
        match self {
            Self::Composite(composite) => composite.full(),
            Self::Text(text) => format!("{text:?}"),
            other => other.printed(),
        }
    }

    /// Bytes that it takes beside its own place in a table.
    pub(crate) fn heap_bytes(&self) -> usize {
        match self {
            Self::Unit | Self::Int(_) | Self::Bool(_) => 0,
            Self::Text(text) => text.len(),
            Self::Composite(composite) => composite.heap_bytes(),
        }
    }
}

/// The value as a reader sees it beside a name: texts in quotes, and at most [`MAX_SHORT_CHARS`] characters.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => f.write_str(&composite::cut(format!("{text:?}"))),
            Self::Composite(composite) => f.write_str(&composite.short()),
            other => f.write_str(&other.printed()),
        }
    }
}

/// At most [`MAX_TEXT_BYTES`] of a text, cut at a character's boundary.
fn shortened(text: &str) -> Box<str> {
    if text.len() <= MAX_TEXT_BYTES {
        return text.into();
    }
    let end = text.floor_char_boundary(MAX_TEXT_BYTES - '…'.len_utf8());
    format!("{}…", &text[..end]).into()
}

#[cfg(test)]
mod tests {
    use super::{MAX_SHORT_CHARS, Value};
    use crate::limits::MAX_TEXT_BYTES;

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let Value::Text(text) = Value::text(&"é".repeat(MAX_TEXT_BYTES)) else { panic!("a text") };
        assert!(text.len() <= MAX_TEXT_BYTES && text.ends_with("é…"));
        let whole = "x".repeat(MAX_TEXT_BYTES);
        assert_eq!(Value::text(&whole), Value::Text(whole.clone().into()), "exactly as long as is kept");
        assert_eq!(Value::text(&(whole + "x")).printed(), "x".repeat(MAX_TEXT_BYTES - 3) + "…");
    }

    #[test]
    fn a_text_is_short_in_a_sentence_and_whole_in_full() {
        let fits = "x".repeat(MAX_SHORT_CHARS - 2);
        assert_eq!(Value::text(&fits).to_string(), format!("\"{fits}\""));
        let longer = fits + "xy";
        let value = Value::text(&longer);
        assert_eq!(value.to_string(), format!("\"{}…", "x".repeat(MAX_SHORT_CHARS - 2)));
        assert_eq!((value.full(), value.printed()), (format!("\"{longer}\""), longer));
    }
}
