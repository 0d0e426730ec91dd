//! Names of things within one run. Each is a dense index, so that tables are plain vectors.

use std::fmt;

use smallvec::SmallVec;

use crate::limits::MAX_PATH_BIRTHS;

macro_rules! id {
    ($(#[$doc:meta])* $name:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(pub u32);

        impl $name {
            /// The index as a subscript.
            #[must_use]
            pub fn index(self) -> usize {
                self.0 as usize
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, concat!(stringify!($name), "({})"), self.0)
            }
        }
    };
}

id! {
    /// A goroutine, by order of birth: main is 0. Differs between interleavings; a [`Path`] does not.
    GoroutineId
}
id! {
    /// An object that operations act on, by order of creation. 0 is the [runtime](crate::runtime_kind) itself.
    ObjectId
}
id! {
    /// A gate: a place where operations wait until an object lets them through.
    GateId
}
id! {
    /// A place in the source, interned.
    SiteId
}

impl GoroutineId {
    /// The main goroutine.
    pub const MAIN: Self = Self(0);
}

impl ObjectId {
    /// The runtime: what goroutines do that concerns no object of the program's own.
    pub const RUNTIME: Self = Self(0);
}

/// A number of events: position `k` is the moment after the first `k` events of a run.
pub type Position = u32;

/// A goroutine named by its births: `0` is main, `3` main's third child, `3.1` the first child of that one.
///
/// Unlike a [`GoroutineId`] it names the same goroutine in every interleaving.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Path(SmallVec<[u32; 2]>);

impl Path {
    /// The path of main.
    #[must_use]
    pub fn main() -> Self {
        Self(SmallVec::new())
    }

    /// The path of this goroutine's `ordinal`-th child, counted from 1.
    #[must_use]
    pub fn child(&self, ordinal: u32) -> Self {
        let mut births = SmallVec::from_slice(&self.0);
        births.push(ordinal);
        Self(births)
    }

    /// How many births it has.
    pub(crate) fn births(&self) -> usize {
        self.0.len()
    }

    /// Reads what `Display` writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        if text == "0" {
            return Some(Self::main());
        }
        let mut births = SmallVec::new();
        for part in text.split('.') {
            let canonical = !part.starts_with('0') && part.bytes().all(|b| b.is_ascii_digit());
            if !canonical || births.len() == MAX_PATH_BIRTHS {
                return None;
            }
            births.push(part.parse().ok()?);
        }
        Some(Self(births))
    }
}

impl fmt::Display for Path {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        if self.0.is_empty() {
            return f.write_str("0");
        }
        for (i, birth) in self.0.iter().enumerate() {
            if i > 0 {
                f.write_str(".")?;
            }
            write!(f, "{birth}")?;
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::Path;

    #[test]
    fn a_path_reads_as_it_is_written() {
        for text in ["0", "1", "3.1", "12.7.1"] {
            assert_eq!(Path::parse(text).expect(text).to_string(), text);
        }
        for text in ["", "00", "01", "1.", ".1", "1..2", "-1", "1.0", "99999999999", "a"] {
            assert_eq!(Path::parse(text), None, "{text:?}");
        }
        assert_eq!(Path::parse(&vec!["1"; 65].join(".")), None);
    }
}
