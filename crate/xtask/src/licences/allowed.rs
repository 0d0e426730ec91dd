//! Which licences may be used.

use std::collections::BTreeSet;

use anyhow::{Context, Result};
use serde::Deserialize;
use spdx::{Expression, ParseMode};

use super::packages::Package;

/// Beside those of `deny.toml`, for npm's packages that only build or check and of which nothing is shipped.
const TOOLS_ALSO: [&str; 4] = ["0BSD", "BlueOak-1.0.0", "ISC", "MPL-2.0"];

/// The part of cargo-deny's configuration that lists them.
#[derive(Deserialize)]
struct Deny {
    licenses: Licenses,
}

#[derive(Deserialize)]
struct Licenses {
    allow: BTreeSet<String>,
}

/// The names of those that `deny.toml`, given as text, allows.
pub(super) fn read(text: &str) -> Result<BTreeSet<String>> {
    let deny: Deny = toml::from_str(text).context("deny.toml lists no licences.allow")?;
    Ok(deny.licenses.allow)
}

/// A line for each package that cannot be had under what is allowed.
pub(super) fn complaints(packages: &[Package], allowed: &BTreeSet<String>) -> Vec<String> {
    let refused = packages.iter().filter(|package| !is_fine(package, allowed));
    refused.map(|package| format!("{} {}: {}", package.name, package.version, package.licence)).collect()
}

fn is_fine(package: &Package, allowed: &BTreeSet<String>) -> bool {
    let Ok(expression) = Expression::parse_mode(&package.licence, ParseMode::LAX) else { return false };
    expression.evaluate(|wanted| {
        let name = wanted.to_string();
        allowed.contains(&name) || (!package.shipped && TOOLS_ALSO.contains(&name.as_str()))
    })
}

#[cfg(test)]
mod tests {
    use std::path::PathBuf;

    use super::*;

    #[track_caller]
    fn check(licence: &str, shipped: bool, expected: bool) {
        let allowed = read("[licenses]\nallow = [\"MIT\", \"BSD-3-Clause\"]").unwrap();
        let (name, version) = ("example".to_owned(), "1.0.0".to_owned());
        let package = Package { name, version, licence: licence.to_owned(), folder: PathBuf::new(), shipped };
        assert_eq!(complaints(&[package], &allowed).is_empty(), expected, "{licence}");
    }

    #[test]
    fn one_of_several_is_enough_where_they_are_a_choice() {
        check("MIT", true, true);
        check("MIT OR GPL-3.0-only", true, true);
        check("GPL-3.0-only/MIT", true, true);
        check("MIT AND BSD-3-Clause", true, true);
    }

    #[test]
    fn what_is_not_listed_is_refused() {
        check("GPL-3.0-only", true, false);
        check("MIT AND GPL-3.0-only", true, false);
        check("MIT WITH Classpath-exception-2.0", true, false);
        check("SEE LICENSE IN FILE", true, false);
        check("", true, false);
    }

    #[test]
    fn some_are_for_tools_alone() {
        check("MPL-2.0", false, true);
        check("MPL-2.0", true, false);
        check("GPL-3.0-only", false, false);
    }
}
