//! Go's panics, as values.

use std::any::Any;
use std::fmt::{self, Write as _};
use std::rc::Rc;

use crate::value::{Show, Value};

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
    argument: Argument,
    recovered: bool,
    /// The call that recovered it, or ran because of it, has panicked with the same: Go prints it once.
    again: bool,
}

/// What `panic` was called with.
#[derive(Clone)]
struct Argument {
    /// As a trace keeps it.
    shown: Value,
    /// As `fmt.Println` prints it, however long.
    text: Rc<str>,
    /// The value itself.
    given: Rc<dyn Any>,
}

/// An error of which only the text matters.
struct ErrorText;
/// An error that Go raises.
struct RuntimeError;

impl Panic {
    /// `panic("…")`, or a panic of a package with a text.
    #[must_use]
    pub fn new(text: &str) -> Self {
        Self::raised(Value::text(text), text, Rc::new(text.to_owned()))
    }

    /// `panic(errors.New("…"))`.
    #[must_use]
    pub fn error(text: &str) -> Self {
        Self::raised(Value::error(text), text, Rc::new(ErrorText))
    }

    /// An error that Go itself raises, such as `send on closed channel`.
    #[must_use]
    pub fn runtime_error(text: &str) -> Self {
        Self::raised(Value::error(text), text, Rc::new(RuntimeError))
    }

    /// `panic(value)`, with a value of any type. Whoever recovers it finds it again by [`Panic::value`].
    #[must_use]
    pub fn with<T: Show>(value: T) -> Self {
        let shown = value.show();
        let text = shown.printed();
        Self::raised(shown, &text, Rc::new(value))
    }

    fn raised(shown: Value, text: &str, given: Rc<dyn Any>) -> Self {
        Self::of(Argument { shown, text: text.into(), given })
    }

    fn of(argument: Argument) -> Self {
        Self { chain: vec![Raised { argument, recovered: false, again: false }], on_goexit: false }
    }

    /// `panic(nil)`, which Go makes a `*runtime.PanicNilError` of.
    #[must_use]
    pub fn nil() -> Self {
        Self::runtime_error("runtime error: panic called with nil argument")
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

    /// What it was raised with, as `fmt.Println` prints it.
    #[must_use]
    pub fn message(&self) -> &str {
        self.chain.last().map_or("", |raised| &raised.argument.text)
    }

    /// What it was raised with, if that is a `T`: Go's `v, ok := recover().(T)`. A text is a [`String`].
    #[must_use]
    pub fn value<T: 'static>(&self) -> Option<&T> {
        self.chain.last()?.argument.given.downcast_ref()
    }

    pub(crate) fn shown(&self) -> Value {
        self.chain.last().map_or_else(Value::nil, |raised| raised.argument.shown.clone())
    }

    /// What Go prints after the first `panic: ` where nobody recovers it. Panics upon which it came stand before it, a
    /// line for each. Where Go prints a type and an address, the value stands in place of the address.
    ///
    /// Source: Go's `runtime/panic.go`, `printpanics`; `runtime/error.go`, `printpanicval`.
    #[must_use]
    pub fn printed(&self) -> String {
        let mut text = String::new();
        for (nth, Raised { argument, recovered, again }) in self.chain.iter().enumerate() {
            let before = if nth == 0 { "" } else { "\n\tpanic: " };
            let after = match (recovered, again) {
                (true, true) => " [recovered, repanicked]",
                (true, false) => " [recovered]",
                _ => "",
            };
            let value = argument.printed();
            write!(text, "{before}{value}{after}").expect("a text takes what is written");
        }
        text
    }

    /// What a call gets that recovers it.
    pub(crate) fn recovered(&self) -> Self {
        self.chain.last().map_or_else(Self::goexit, |last| Self::of(last.argument.clone()))
    }

    /// This panic, which a deferred call has raised, upon the one for which that call ran.
    pub(crate) fn upon(mut self, older: &Self, recovered: bool) -> Self {
        let mut chain = older.chain.clone();
        if let (Some(last), Some(first)) = (chain.last_mut(), self.chain.first()) {
            last.recovered |= recovered;
            if last.argument == first.argument {
                last.again = true;
                self.chain.remove(0);
            }
        }
        chain.append(&mut self.chain);
        Self { chain, on_goexit: self.on_goexit }
    }
}

impl Argument {
    /// As Go prints it at the end of a program.
    fn printed(&self) -> String {
        let typed = self.shown.go_type().map(|name| format!("({name}) ")).unwrap_or_default();
        typed + &self.text.replace('\n', "\n\t")
    }
}

/// Whether it is the very same value. Go compares where it lies; equal constants lie in one place.
impl PartialEq for Argument {
    fn eq(&self, other: &Self) -> bool {
        let constant =
            self.given.is::<RuntimeError>() || matches!(self.shown, Value::Text(_) | Value::Int(_) | Value::Bool(_));
        let same_type = (*self.given).type_id() == (*other.given).type_id();
        Rc::ptr_eq(&self.given, &other.given) || constant && same_type && self.text == other.text
    }
}

impl Eq for Argument {}

impl fmt::Debug for Argument {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        self.shown.fmt(f)
    }
}

impl fmt::Display for Panic {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.is_goexit() { f.write_str("runtime.Goexit") } else { write!(f, "panic: {}", self.printed()) }
    }
}

impl std::error::Error for Panic {}
