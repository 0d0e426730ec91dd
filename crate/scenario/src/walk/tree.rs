//! The tree that is walked: virtual, so that every machine walks the same one.

/// A directory, named by the way to it.
#[derive(Clone)]
pub(super) struct Directory {
    pub(super) path: String,
    levels_below: u32,
}

impl Directory {
    pub(super) fn root(depth: u32) -> Self {
        Self { path: "/".to_owned(), levels_below: depth }
    }

    /// The directories in it.
    pub(super) fn directories(&self, branches: u32) -> Vec<Self> {
        let branches = if self.levels_below == 0 { 0 } else { branches };
        let below = |number| Self { path: format!("{}{number}/", self.path), levels_below: self.levels_below - 1 };
        (1..=branches).map(below).collect()
    }

    /// The size of the one file in it, in bytes.
    pub(super) fn file(&self) -> u32 {
        100 + self.levels_below
    }
}
