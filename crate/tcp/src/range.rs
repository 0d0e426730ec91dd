//! A number that is out of its range.

use std::ops::RangeInclusive;

/// A setting that is not within its range.
#[derive(Debug, PartialEq, Eq, thiserror::Error)]
#[error("{field} is {value}; it must be from {} to {}", .range.start(), .range.end())]
pub struct OutOfRange {
    /// The setting's name, as in JSON.
    pub field: &'static str,
    /// What was asked for.
    pub value: u32,
    /// What could be.
    pub range: RangeInclusive<u32>,
}
