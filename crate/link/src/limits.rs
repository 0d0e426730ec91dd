//! Bounds on a link. Every one is checked before memory is taken, so hostile bytes cost at most their own length.

/// The longest fragment that is read or made, in bytes. Escaped characters count as the three bytes they take.
pub const MAX_FRAGMENT_BYTES: usize = 64 * 1024;

/// The longest fragment that chat programs, mail and issue trackers carry without harm, in characters.
///
/// Longer links still open; [`Link::is_long`](crate::Link::is_long) lets the page warn.
pub const COMFORTABLE_FRAGMENT_CHARS: usize = 2_000;

/// The most settings of one link.
pub const MAX_SETTINGS: usize = 64;

/// The most deviations of one link.
pub const MAX_DEVIATIONS: usize = 4_096;

/// The longest id or name, in bytes.
pub const MAX_NAME_BYTES: usize = 64;

/// The longest value of a setting, in bytes.
pub const MAX_TEXT_BYTES: usize = 256;

/// The longest name of a choice, in bytes. Paths of births make it long: two goroutines 50 births deep take 200.
pub const MAX_CHOICE_BYTES: usize = 256;

/// The longest digest, in bytes.
pub const MAX_DIGEST_BYTES: usize = 64;

/// The largest seed: the largest whole number that JavaScript holds exactly together with all smaller ones.
pub const MAX_SEED: u64 = (1 << 53) - 1;

/// How much of somebody's input an error repeats, in characters after escaping.
pub const MAX_SHOWN_CHARS: usize = 24;
