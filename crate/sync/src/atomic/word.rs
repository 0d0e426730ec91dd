//! What fits into an atomic value.

use std::rc::Rc;

use chanscope_kernel::{Show, Value};

/// How the numbers of an atomic value add up.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
#[repr(u32)]
#[expect(missing_docs, reason = "the names are the types'")]
pub enum Number {
    None = 0,
    Int32 = 1,
    Int64 = 2,
    Uint32 = 3,
}

impl Number {
    /// The sum of two such numbers, wrapped around.
    pub(super) fn sum(self, a: i64, b: i64) -> i64 {
        let sum = a.wrapping_add(b);
        match self {
            Self::Int64 | Self::None => sum,
            Self::Int32 => i64::from(sum as i32),
            Self::Uint32 => i64::from(sum as u32),
        }
    }

    pub(super) fn of(size: u32) -> Self {
        [Self::Int32, Self::Int64, Self::Uint32].into_iter().find(|number| *number as u32 == size).unwrap_or(Self::None)
    }
}

/// What fits into an atomic value.
pub trait Word: Show + Clone + PartialEq {
    /// What kind of number it is.
    const NUMBER: Number;

    /// The sum, wrapped around; for what is no number, itself.
    #[must_use]
    fn plus(&self, _: &Self) -> Self {
        self.clone()
    }
}

/// Words that are numbers.
pub trait Adds {}

impl Word for bool {
    const NUMBER: Number = Number::None;
}

macro_rules! number {
    ($($int:ty, $number:ident);*) => {$(
        impl Word for $int {
            const NUMBER: Number = Number::$number;

            fn plus(&self, other: &Self) -> Self {
                self.wrapping_add(*other)
            }
        }

        impl Adds for $int {}
    )*};
}

number!(i32, Int32; i64, Int64; u32, Uint32);

/// A pointer: nil, or to something that several pointers can share. Equal is what points to the same.
#[derive(Debug)]
pub struct Ptr<T>(Option<Rc<T>>);

impl<T> Ptr<T> {
    /// `nil`.
    #[must_use]
    pub const fn nil() -> Self {
        Self(None)
    }

    /// `&value`: different from every other pointer, also from one to an equal value.
    #[must_use]
    pub fn to(value: T) -> Self {
        Self(Some(Rc::new(value)))
    }

    /// `*p`; `None` for nil.
    #[must_use]
    pub fn get(&self) -> Option<&T> {
        self.0.as_deref()
    }
}

impl<T> Clone for Ptr<T> {
    fn clone(&self) -> Self {
        Self(self.0.clone())
    }
}

impl<T> PartialEq for Ptr<T> {
    fn eq(&self, other: &Self) -> bool {
        match (&self.0, &other.0) {
            (Some(one), Some(other)) => Rc::ptr_eq(one, other),
            (None, None) => true,
            _ => false,
        }
    }
}

impl<T> Eq for Ptr<T> {}

impl<T: Show> Word for Ptr<T> {
    const NUMBER: Number = Number::None;
}

/// As what it points to: an address would differ from run to run.
impl<T: Show> Show for Ptr<T> {
    fn show(&self) -> Value {
        match self.get() {
            Some(value) => Value::pointer(value.show()),
            None => Value::nil(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{Number, Ptr, Word};

    /// The trace and the program count alike, also over the edge.
    #[test]
    fn sums_wrap_around() {
        assert_eq!(Number::of(<i32 as Word>::NUMBER as u32).sum(i64::from(i32::MAX), 1), i64::from(i32::MAX.plus(&1)));
        assert_eq!(Number::of(<u32 as Word>::NUMBER as u32).sum(0, i64::from(u32::MAX)), i64::from(0.plus(&u32::MAX)));
        assert_eq!(Number::of(<u32 as Word>::NUMBER as u32).sum(i64::from(u32::MAX), 1), i64::from(u32::MAX.plus(&1)));
        assert_eq!(Number::of(<i64 as Word>::NUMBER as u32).sum(i64::MAX, 1), i64::MAX.plus(&1));
    }

    #[test]
    fn pointers_are_equal_when_they_point_to_the_same() {
        let one = Ptr::to(1);
        assert!(one == one.clone() && one != Ptr::to(1) && one != Ptr::nil() && Ptr::<i32>::nil() == Ptr::nil());
    }
}
