//! The notices: who made what is shipped, and the texts under which they let us.

use std::collections::BTreeMap;
use std::fs;

use anyhow::{Context, Result};
use spdx::{Expression, ParseMode};

use super::packages::Package;

const HEADER: &str = "\
Chanscope is under the MIT licence. It contains work of others, under the licences below.
Made by `cargo run -p chanscope-xtask -- licences`.

WebAssembly and the companion also contain parts of Rust's standard library, by the Rust Project's contributors, under
MIT OR Apache-2.0: https://github.com/rust-lang/rust
";
const RULE: &str = "--------------------------------------------------------------------------------";

/// How the names of files begin in which packages say their terms, in lower case.
const BEGINNINGS: [&str; 5] = ["licen", "copying", "copyright", "notice", "unlicense"];

/// All packages, then each text once, with those whose it is.
pub(super) fn text(packages: impl Iterator<Item = Package>) -> Result<String> {
    let mut index = BTreeMap::new();
    let mut texts: BTreeMap<String, Vec<String>> = BTreeMap::new();
    for package in packages {
        let name = format!("{} {}", package.name, package.version);
        for text in terms(&package)? {
            texts.entry(text).or_default().push(name.clone());
        }
        index.insert(name, package.licence);
    }
    let mut notices = HEADER.to_owned();
    notices.push('\n');
    for (name, licence) in &index {
        notices += &format!("{name}: {licence}\n");
    }
    let mut texts: Vec<_> = texts.into_iter().map(|(text, names)| (names, text)).collect();
    texts.sort();
    for (mut names, text) in texts {
        names.sort();
        names.dedup();
        notices += &format!("\n{RULE}\n{}\n\n{text}\n", names.join(", "));
    }
    Ok(notices)
}

/// The texts that a package comes with. Where MIT is a choice it is taken, and the others' texts are left out.
fn terms(package: &Package) -> Result<Vec<String>> {
    let folder = &package.folder;
    let entries = fs::read_dir(folder).with_context(|| format!("{}: its files are not there", package.name))?;
    let mut files: Vec<_> = entries.map(|entry| Ok(entry?.path())).collect::<Result<_>>()?;
    files.sort();
    let lower = |file: &std::path::PathBuf| {
        file.file_name().map(|name| name.to_string_lossy().to_ascii_lowercase()).unwrap_or_default()
    };
    files.retain(|file| {
        let name = lower(file);
        file.is_file() && BEGINNINGS.iter().any(|beginning| name.starts_with(beginning))
    });
    let choice = package.licence.contains(" OR ") || package.licence.contains('/');
    let is_mit = |name: &str| name.contains("mit");
    if choice && !package.licence.contains(" AND ") && files.iter().any(|file| is_mit(&lower(file))) {
        files.retain(|file| is_mit(&lower(file)) || lower(file).starts_with("notice"));
    }
    let mut texts = Vec::new();
    for file in files {
        let text = fs::read_to_string(&file).with_context(|| format!("cannot read {}", file.display()))?;
        texts.push(tidy(&text));
    }
    if texts.is_empty() {
        texts.push(standard(package)?);
    }
    Ok(texts)
}

/// With line ends of one kind and nothing at their ends, so that texts that say the same are the same.
fn tidy(text: &str) -> String {
    let lines: Vec<_> = text.trim_start_matches('\u{feff}').lines().map(str::trim_end).collect();
    lines.join("\n").trim_matches('\n').to_owned()
}

/// For a package that only names its licence: the text that the name stands for.
fn standard(package: &Package) -> Result<String> {
    let expression = Expression::parse_mode(&package.licence, ParseMode::LAX)?;
    let mut ids: Vec<_> = expression.requirements().filter_map(|wanted| wanted.req.license.id()).collect();
    ids.sort_by_key(|id| id.name != "MIT");
    let id = ids.first().with_context(|| format!("{}: {} is no known licence", package.name, package.licence))?;
    Ok(format!("(It comes without a text. This is that of {}.)\n\n{}", id.name, tidy(id.text())))
}

#[cfg(test)]
mod tests {
    use std::path::Path;

    use super::*;

    fn package(folder: &Path, name: &str, licence: &str) -> Package {
        let (name, version) = (name.to_owned(), "1.0.0".to_owned());
        Package { name, version, licence: licence.to_owned(), folder: folder.to_owned(), shipped: true }
    }

    #[test]
    fn a_text_stands_once_with_all_whose_it_is() {
        let folder = tempfile::TempDir::new().unwrap();
        for (name, text) in [("LICENSE-MIT", "as you like\r\n"), ("LICENSE-APACHE", "at length"), ("lib.rs", "code")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let both = ["b", "a"].map(|name| package(folder.path(), name, "MIT OR Apache-2.0"));
        let text = text(both.into_iter()).unwrap();
        assert!(text.contains("\na 1.0.0: MIT OR Apache-2.0\nb 1.0.0"), "{text}");
        assert!(text.ends_with(&format!("{RULE}\na 1.0.0, b 1.0.0\n\nas you like\n")), "{text}");
        assert!(!text.contains("at length") && !text.contains("code"), "{text}");
    }

    #[test]
    fn what_has_to_be_obeyed_together_is_kept_together() {
        let folder = tempfile::TempDir::new().unwrap();
        for (name, text) in [("LICENSE-MIT", "as you like"), ("LICENSE-UNICODE", "the tables")] {
            fs::write(folder.path().join(name), text).unwrap();
        }
        let text = text([package(folder.path(), "a", "(MIT OR Apache-2.0) AND Unicode-3.0")].into_iter()).unwrap();
        assert!(text.contains("as you like") && text.contains("the tables"), "{text}");
    }

    #[test]
    fn a_package_without_a_text_gets_that_of_its_licence() {
        let folder = tempfile::TempDir::new().unwrap();
        let text = text([package(folder.path(), "a", "MIT")].into_iter()).unwrap();
        assert!(text.contains("It comes without a text") && text.contains("Permission is hereby granted"), "{text}");
    }
}
