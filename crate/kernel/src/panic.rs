//! Go's panics, as values.

use std::fmt;

use crate::value::{MAX_TEXT_BYTES, Value};

/// A Go panic on its way up: an operation returns it, `?` unwinds with it, a deferred call may recover it.
///
/// Not a Rust panic: that would be a bug of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panic {
    message: Box<str>,
}

impl Panic {
    /// A panic with Go's own text, such as `send on closed channel`. Cut at [`MAX_TEXT_BYTES`].
    #[must_use]
    pub fn new(message: &str) -> Self {
        const _: () = assert!(MAX_TEXT_BYTES >= 64, "Go's own texts fit");
        let Value::Text(message) = Value::text(message) else { unreachable!("a text stays a text") };
        Self { message }
    }

    /// What Go prints after `panic: `.
    #[must_use]
    pub fn message(&self) -> &str {
        &self.message
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "panic: {}", self.message)
    }
}

impl std::error::Error for Panic {}
