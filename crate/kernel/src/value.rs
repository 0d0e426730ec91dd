//! Values as a trace shows them: small, and the same on every machine.

use std::fmt;

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
}

/// Texts are kept up to this many bytes in a trace; what is longer ends in an ellipsis.
pub const MAX_TEXT_BYTES: usize = 256;

impl Value {
    /// A text value, shortened at a character's boundary where it is too long.
    #[must_use]
    pub fn text(text: &str) -> Self {
        if text.len() <= MAX_TEXT_BYTES {
            return Self::Text(text.into());
        }
        let end = text.floor_char_boundary(MAX_TEXT_BYTES - '…'.len_utf8());
        Self::Text(format!("{}…", &text[..end]).into())
    }

    /// The value as `fmt.Println` would print it.
    #[must_use]
    pub fn printed(&self) -> String {
        match self {
            Self::Unit => "{}".to_owned(),
            Self::Int(n) => n.to_string(),
            Self::Bool(b) => b.to_string(),
            Self::Text(text) => text.to_string(),
        }
    }
}

/// The value as a reader sees it beside a name: texts in quotes.
impl fmt::Display for Value {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Text(text) => write!(f, "{text:?}"),
            other => f.write_str(&other.printed()),
        }
    }
}

/// What can travel through channels and be stored in variables: anything that a trace can show.
pub trait Show: 'static {
    /// The value for the trace. Two values that a reader must tell apart show differently.
    fn show(&self) -> Value;
}

impl Show for () {
    fn show(&self) -> Value {
        Value::Unit
    }
}

impl Show for bool {
    fn show(&self) -> Value {
        Value::Bool(*self)
    }
}

impl Show for String {
    fn show(&self) -> Value {
        Value::text(self)
    }
}

impl Show for &'static str {
    fn show(&self) -> Value {
        Value::text(self)
    }
}

macro_rules! show_int {
    ($($int:ty),*) => {$(
        impl Show for $int {
            fn show(&self) -> Value {
                Value::Int(i64::from(*self))
            }
        }
    )*};
}

show_int!(u8, u16, u32, i8, i16, i32, i64);

#[cfg(test)]
mod tests {
    use super::{MAX_TEXT_BYTES, Value};

    #[test]
    fn long_texts_are_cut_at_a_character() {
        let Value::Text(text) = Value::text(&"é".repeat(MAX_TEXT_BYTES)) else { panic!("a text") };
        assert!(text.len() <= MAX_TEXT_BYTES && text.ends_with("é…"));
        assert_eq!(Value::text("short"), Value::Text("short".into()));
    }
}
