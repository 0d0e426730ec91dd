//! What a program's values have to do to be shown.

use std::collections::BTreeMap;
use std::rc::Rc;

use super::Value;
use crate::limits::MAX_NESTING;
use crate::panic::Panic;

/// What can travel through channels and be stored in variables: anything that a trace can show.
///
/// For a struct of your own say which fields a reader sees, by [`show_struct!`](crate::show_struct).
pub trait Show: 'static {
    /// The value for the trace. Two values that a reader must tell apart show differently.
    fn show(&self) -> Value;

    /// The same with so many levels left: for what has parts, which then shows them with one level less, and
    /// [`Value::deeper`] in its own place when there is none. So a list that is linked into a ring comes to an end.
    fn show_within(&self, levels: usize) -> Value {
        let _ = levels;
        self.show()
    }
}

/// Has a struct shown by some of its fields, in the order given.
///
/// ```
/// use chanscope_kernel::{Show, show_struct};
///
/// struct Request {
///     key: &'static str,
///     tries: Vec<u32>,
/// }
/// show_struct!(Request { key, tries });
///
/// let request = Request { key: "a", tries: vec![1, 2] };
/// assert_eq!(request.show().to_string(), r#"Request{key: "a", tries: [1 2]}"#);
/// assert_eq!(request.show().printed(), "{a [1 2]}");
/// ```
#[macro_export]
macro_rules! show_struct {
    ($name:ident { $($field:ident),* $(,)? }) => {
        impl $crate::Show for $name {
            fn show(&self) -> $crate::Value {
                self.show_within($crate::MAX_NESTING)
            }

            fn show_within(&self, levels: usize) -> $crate::Value {
                let Some(levels) = levels.checked_sub(1) else { return $crate::Value::deeper() };
                let fields = [$((stringify!($field), $crate::Show::show_within(&self.$field, levels))),*];
                $crate::Value::structure(stringify!($name), fields.into_iter())
            }
        }
    };
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

/// As what it was raised with.
impl Show for Panic {
    fn show(&self) -> Value {
        self.shown()
    }
}

macro_rules! show_int {
    ($($int:ty),*) => {$(
        impl Show for $int {
            fn show(&self) -> Value {
                i64::try_from(*self).map_or_else(|_| Value::word(&self.to_string()), Value::Int)
            }
        }
    )*};
}

show_int!(u8, u16, u32, u64, usize, i8, i16, i32, i64, isize);

/// As `fmt.Println` prints it: with an exponent below 1e-4 and from 1e21 on.
impl Show for f64 {
    fn show(&self) -> Value {
        let size = self.abs();
        Value::word(&match self {
            _ if self.is_nan() => "NaN".to_owned(),
            _ if self.is_infinite() => if *self > 0.0 { "+Inf" } else { "-Inf" }.to_owned(),
            _ if size == 0.0 || (1e-4..1e21).contains(&size) => self.to_string(),
            _ => {
                let text = format!("{self:e}");
                let (digits, exponent) = text.split_once('e').expect("it has an exponent");
                let (sign, exponent) = exponent.strip_prefix('-').map_or(('+', exponent), |rest| ('-', rest));
                format!("{digits}e{sign}{exponent:0>2}")
            }
        })
    }
}

macro_rules! show_parts {
    ($([$($generics:tt)*] $type:ty, $self:ident, $levels:ident => $show:expr;)*) => {$(
        impl<$($generics)*> Show for $type {
            fn show(&self) -> Value {
                self.show_within(MAX_NESTING)
            }

            fn show_within(&$self, levels: usize) -> Value {
                let Some($levels) = levels.checked_sub(1) else { return Value::deeper() };
                $show
            }
        }
    )*};
}

show_parts! {
    [T: Show] Vec<T>, self, levels => Value::slice(self.iter().map(|item| item.show_within(levels)));
    [T: Show, const N: usize] [T; N], self, levels => Value::slice(self.iter().map(|item| item.show_within(levels)));
    [K: Show + Ord, V: Show] BTreeMap<K, V>, self, levels =>
        Value::map(self.iter().map(|(key, value)| (key.show_within(levels), value.show_within(levels))));
    [T: Show] Rc<T>, self, levels => Value::pointer((**self).show_within(levels));
    [T: Show] Box<T>, self, levels => Value::pointer((**self).show_within(levels));
    // A pointer that can be nil: what is in it may be one already.
    [T: Show] Option<T>, self, levels => match self.as_ref().map(|value| value.show_within(levels)) {
        Some(pointer) if pointer.is_pointer() => pointer,
        Some(value) => Value::pointer(value),
        None => Value::nil(),
    };
}

/// An error, or none.
impl<E: Show> Show for Result<(), E> {
    fn show(&self) -> Value {
        match self {
            Ok(()) => Value::nil(),
            Err(error) => error.show(),
        }
    }
}
