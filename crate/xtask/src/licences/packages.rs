//! Other people's packages: all that cargo and npm may fetch for the project, on any platform.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use cargo_metadata::{DependencyKind, Metadata, MetadataCommand, PackageId};
use serde::Deserialize;

/// What readers get: the page's core and the companion.
const SHIPPED: [&str; 2] = ["chanscope-companion", "chanscope-wasm"];

/// A package of somebody else's.
#[derive(Debug)]
pub(super) struct Package {
    pub(super) name: String,
    pub(super) version: String,
    /// An SPDX expression, or what older packages write for one.
    pub(super) licence: String,
    /// Where its files are.
    pub(super) folder: PathBuf,
    /// Whether some of it is in what readers get. What only builds or checks it is not.
    pub(super) shipped: bool,
}

/// The crates, of every platform and for tests too.
pub(super) fn crates() -> Result<Vec<Package>> {
    let metadata = MetadataCommand::new().exec()?;
    let shipped = shipped(&metadata)?;
    let theirs = metadata.packages.iter().filter(|package| package.source.is_some());
    theirs
        .map(|package| {
            let licence = package.license.clone();
            let folder = package.manifest_path.parent().context("a manifest is in a folder")?;
            Ok(Package {
                name: package.name.to_string(),
                version: package.version.to_string(),
                licence: licence.with_context(|| format!("{} declares no licence", package.name))?,
                folder: folder.as_std_path().to_owned(),
                shipped: shipped.contains(&package.id),
            })
        })
        .collect()
}

/// What the shipped crates depend on other than for their tests and builds, however indirectly.
fn shipped(metadata: &Metadata) -> Result<BTreeSet<PackageId>> {
    let graph = metadata.resolve.as_ref().context("cargo resolved nothing")?;
    let needs: BTreeMap<_, _> = graph.nodes.iter().map(|node| (&node.id, &node.deps)).collect();
    let ours = metadata.workspace_packages().into_iter().filter(|package| SHIPPED.contains(&package.name.as_str()));
    let mut found = BTreeSet::new();
    let mut ahead: Vec<_> = ours.map(|package| package.id.clone()).collect();
    while let Some(id) = ahead.pop() {
        if !found.insert(id.clone()) {
            continue;
        }
        let linked = needs[&id]
            .iter()
            .filter(|dependency| dependency.dep_kinds.iter().any(|kind| kind.kind == DependencyKind::Normal));
        ahead.extend(linked.map(|dependency| dependency.pkg.clone()));
    }
    Ok(found)
}

/// The part of `package-lock.json` that says what there is.
#[derive(Deserialize)]
struct Lock {
    packages: BTreeMap<String, Locked>,
}

#[derive(Deserialize)]
struct Locked {
    version: Option<String>,
    license: Option<String>,
    #[serde(default)]
    dev: bool,
}

/// The packages of npm's lock file, in which those that are only for tools are marked.
pub(super) fn npm(root: &Path) -> Result<Vec<Package>> {
    let text = fs::read_to_string(root.join("package-lock.json")).context("cannot read package-lock.json")?;
    let lock: Lock = serde_json::from_str(&text).context("package-lock.json is not one of npm's")?;
    // The first is the project itself.
    let theirs = lock.packages.into_iter().filter(|(place, _)| !place.is_empty());
    theirs
        .map(|(place, locked)| {
            let name = place.rsplit("node_modules/").next().unwrap_or(&place).to_owned();
            Ok(Package {
                licence: locked.license.with_context(|| format!("{name} declares no licence"))?,
                version: locked.version.with_context(|| format!("{name} has no version"))?,
                folder: root.join(place),
                shipped: !locked.dev,
                name,
            })
        })
        .collect()
}
