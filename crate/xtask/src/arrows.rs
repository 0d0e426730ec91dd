//! The dependency arrows of ARCHITECTURE.md, held against what is there.
//!
//! Three kinds: which crate may use which (`crates`), what the core and the companion's bridge may not name
//! (`sources`), and which part of the page may import which (`imports`). Each is a table and a function from facts to
//! complaints, so that its tests need no bad checkout.

mod crates;
mod imports;
mod sources;

use std::fs;
use std::path::Path;

use anyhow::{Context, Result, bail};

use crate::root;

/// Fails with every arrow that points the wrong way.
pub(crate) fn check() -> Result<()> {
    let root = root().canonicalize()?;
    let mut complaints = crates::complaints(&crates::read()?);
    for room in sources::CORE {
        for (path, text) in texts(&root, &format!("crate/{room}/src"), &["rs"])? {
            complaints.extend(sources::complaints(&path, &text, sources::IMPURE));
        }
    }
    let (companion, commands) = sources::COMPANION;
    for (path, text) in texts(&root, &format!("crate/{companion}/src"), &["rs"])? {
        if !path.starts_with(commands) {
            complaints.extend(sources::complaints(&path, &text, sources::PROGRAMS));
        }
    }
    for (path, text) in texts(&root, "web/src", &["ts", "tsx"])? {
        complaints.extend(imports::complaints(&path, &text));
    }
    if !complaints.is_empty() {
        bail!("arrows that ARCHITECTURE.md does not allow:\n  {}", complaints.join("\n  "));
    }
    Ok(())
}

/// Files with one of these endings below a folder, in order: their paths from the root, with `/`, and their text.
fn texts(root: &Path, folder: &str, endings: &[&str]) -> Result<Vec<(String, String)>> {
    let mut found = Vec::new();
    let mut folders = vec![root.join(folder)];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ending| endings.iter().any(|wanted| ending == *wanted)) {
                let text = fs::read_to_string(&path).with_context(|| format!("cannot read {}", path.display()))?;
                let name = path.strip_prefix(root)?.to_string_lossy().replace('\\', "/");
                found.push((name, text));
            }
        }
    }
    found.sort();
    Ok(found)
}
