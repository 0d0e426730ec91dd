//! Go's panics, as values.

use std::fmt::{self, Write as _};

/// A Go panic on its way up: an operation returns it, `?` unwinds with it, a deferred call may recover it. Or the end
/// of a goroutine by `runtime.Goexit`, which unwinds alike and which nothing recovers.
///
/// Not a Rust panic: that would be a bug of ours.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Panic {
    /// The panics that deferred calls have raised one upon the other, this one last. Empty: only the goroutine ends.
    chain: Vec<Raised>,
    /// It came while the goroutine was ending by `runtime.Goexit`: whoever recovers it lets that go on.
    pub(crate) on_goexit: bool,
}

#[derive(Clone, PartialEq, Eq, Debug)]
struct Raised {
    message: Box<str>,
    recovered: bool,
    /// The call that recovered it, or ran because of it, has panicked with the same: Go prints it once.
    again: bool,
}

impl Panic {
    /// A panic with Go's own text, such as `send on closed channel`.
    #[must_use]
    pub fn new(message: &str) -> Self {
        let raised = Raised { message: message.into(), recovered: false, again: false };
        Self { chain: vec![raised], on_goexit: false }
    }

    /// `panic(nil)`, which Go makes a `*runtime.PanicNilError` of.
    #[must_use]
    pub fn nil() -> Self {
        Self::new("runtime error: panic called with nil argument")
    }

    /// `runtime.Goexit()`: return it, and the goroutine ends after its deferred calls, wherever it is.
    #[must_use]
    pub fn goexit() -> Self {
        Self { chain: Vec::new(), on_goexit: true }
    }

    /// Whether it is the end of the goroutine and no panic.
    #[must_use]
    pub fn is_goexit(&self) -> bool {
        self.chain.is_empty()
    }

    /// Its own text: what a call that recovers it gets.
    #[must_use]
    pub fn message(&self) -> &str {
        self.chain.last().map_or("", |raised| &raised.message)
    }

    /// What Go prints after the first `panic: ` where nobody recovers it. Panics upon which it came stand before it, a
    /// line for each.
    ///
    /// Source: Go's `runtime/panic.go`, `printpanics`.
    #[must_use]
    pub fn printed(&self) -> String {
        let mut text = String::new();
        for (nth, Raised { message, recovered, again }) in self.chain.iter().enumerate() {
            let before = if nth == 0 { "" } else { "\n\tpanic: " };
            let after = match (recovered, again) {
                (true, true) => " [recovered, repanicked]",
                (true, false) => " [recovered]",
                _ => "",
            };
            write!(text, "{before}{message}{after}").expect("a text takes what is written");
        }
        text
    }

    /// What a call gets that recovers it.
    pub(crate) fn recovered(&self) -> Self {
        Self::new(self.message())
    }

    /// This panic, which a deferred call has raised, upon the one for which that call ran.
    pub(crate) fn upon(mut self, older: &Self, recovered: bool) -> Self {
        let mut chain = older.chain.clone();
        if let (Some(last), Some(first)) = (chain.last_mut(), self.chain.first()) {
            last.recovered |= recovered;
            if last.message == first.message {
                last.again = true;
                self.chain.remove(0);
            }
        }
        chain.append(&mut self.chain);
        Self { chain, on_goexit: self.on_goexit }
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_goexit() { f.write_str("runtime.Goexit") } else { write!(f, "panic: {}", self.printed()) }
    }
}

impl std::error::Error for Panic {}
