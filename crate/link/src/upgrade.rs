//! Old links work for ever: a chain of upgraders, one for each older version of the format.
//!
//! A link is first taken apart without judging any of its parts ([`Raw`]), then raised version by version to the
//! current one, and only then read. Each upgrader knows two neighbouring versions and is never changed once released.
//!
//! The current version is [`VERSION`]. Version 1 carries no mark; later ones say `v=2` and so on. What this fixes for
//! all versions to come is no more than the shape `#/id?name=value&name=value` and the parameter `v`: a link of a newer
//! version is recognised as such whatever else is in it.
//!
//! # When a program's settings change
//!
//! A setting that is renamed, split or turned round is a new version of the format as well: the upgrader sees the
//! program's id and touches that program's parameters alone. There is deliberately no second table for programs, since
//! two chains that are numbered apart would have an order between them that no link records. Settings that are added
//! need no upgrader: links say only what differs from the defaults.
//!
//! # How to add a version
//!
//! Write `fn from_1_to_2(raw: Raw) -> Raw`, raise [`VERSION`], append the function to [`UPGRADERS`] (the length of the
//! array is checked by the compiler), and leave the golden of `tests/links/published.txt` as it is.

use crate::error::LinkError;

/// The version of the format that is written.
pub(crate) const VERSION: u32 = 1;

/// Raises a link's parts by one version. It never fails: a part that makes no sense is left for the reader to refuse.
pub(crate) type Upgrader = fn(Raw) -> Raw;

/// `UPGRADERS[n]` raises version `n + 1` to version `n + 2`.
pub(crate) const UPGRADERS: [Upgrader; VERSION as usize - 1] = [];

/// A link taken apart, nothing of it judged yet. Its size is bounded by that of the fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Raw {
    /// What stands between `#/` and `?`.
    pub(crate) program: String,
    /// Names and values in order, without the version.
    pub(crate) parameters: Vec<(String, String)>,
}

/// The upgraders that a link of `version` (1 or more) still has to go through.
pub(crate) fn upgraders_from(version: u32, upgraders: &[Upgrader]) -> Result<&[Upgrader], LinkError> {
    upgraders.get(version as usize - 1..).ok_or(LinkError::Newer { came: version, known: upgraders.len() as u32 + 1 })
}

#[cfg(test)]
mod tests {
    use super::{Raw, Upgrader};
    use crate::decode::decode_with;
    use crate::error::LinkError;

    // A history that never was. Version 2 renamed a setting of one program, version 3 the cursor of all.
    const HISTORY: [Upgrader; 2] = [from_1_to_2, from_2_to_3];

    fn from_1_to_2(mut raw: Raw) -> Raw {
        if raw.program == "pipe" {
            rename(&mut raw, "size", "capacity");
        }
        raw
    }

    fn from_2_to_3(mut raw: Raw) -> Raw {
        rename(&mut raw, "moment", "at");
        raw
    }

    fn rename(raw: &mut Raw, old: &str, new: &str) {
        for (name, _) in &mut raw.parameters {
            if name == old {
                *name = new.to_owned();
            }
        }
    }

    fn reads_as(fragment: &str, expected: &str) {
        let link = decode_with(fragment, &HISTORY).expect(fragment).expect(fragment);
        assert_eq!(link.encode(), expected, "{fragment}");
    }

    #[test]
    fn a_link_goes_through_the_upgraders_from_its_own_version_on() {
        reads_as("#/pipe?size=2&moment=7", "#/pipe?at=7&capacity=2");
        reads_as("#/pipe?v=1&size=2&moment=7", "#/pipe?at=7&capacity=2");
        reads_as("#/fan?size=2&moment=7", "#/fan?at=7&size=2");
        reads_as("#/pipe?v=2&size=2&moment=7", "#/pipe?at=7&size=2");
        reads_as("#/pipe?v=3&size=2&moment=7", "#/pipe?size=2&moment=7");
    }

    #[test]
    fn a_newer_link_is_refused_as_such_whatever_it_contains() {
        for fragment in ["#/pipe?v=4", "#/Ünknown?size&v=4&v=4&do=(…)", "#/pipe?v%3D4"] {
            let error = decode_with(fragment, &HISTORY).expect_err(fragment);
            assert_eq!(error, LinkError::Newer { came: 4, known: 3 }, "{fragment}");
        }
    }
}
