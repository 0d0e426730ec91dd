//! Go's panics, as values.

use std::fmt;

use crate::limits::MAX_TEXT_BYTES;
use crate::value::Value;

/// A Go panic on its way up: an operation returns it, `?` unwinds with it, a deferred call may recover it. Or the end
/// of a goroutine by `runtime.Goexit`, which unwinds alike and which nothing recovers.
///
/// Not a Rust panic: that would be a bug of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panic {
    /// `None`: only the goroutine ends.
    message: Option<Box<str>>,
    /// It came while the goroutine was ending by `runtime.Goexit`: whoever recovers it lets that go on.
    pub(crate) on_goexit: bool,
}

impl Panic {
    /// A panic with Go's own text, such as `send on closed channel`. Cut at [`MAX_TEXT_BYTES`].
    #[must_use]
    pub fn new(message: &str) -> Self {
        const _: () = assert!(MAX_TEXT_BYTES >= 64, "Go's own texts fit");
        let Value::Text(message) = Value::text(message) else { unreachable!("a text stays a text") };
        Self { message: Some(message), on_goexit: false }
    }

    /// `runtime.Goexit()`: return it, and the goroutine ends after its deferred calls, wherever it is.
    #[must_use]
    pub fn goexit() -> Self {
        Self { message: None, on_goexit: true }
    }

    /// Whether it is the end of the goroutine and no panic.
    #[must_use]
    pub fn is_goexit(&self) -> bool {
        self.message.is_none()
    }

    /// What Go prints after `panic: `.
    #[must_use]
    pub fn message(&self) -> &str {
        self.message.as_deref().unwrap_or("")
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.message {
            Some(message) => write!(f, "panic: {message}"),
            None => f.write_str("runtime.Goexit"),
        }
    }
}

impl std::error::Error for Panic {}
