//! The licences of everything that is used, and the notices that go with what is shipped.
//!
//! What may be used is said once, in `deny.toml`, which cargo-deny reads too: here it holds for npm's packages as well,
//! and without a network. The notices are a file of the page, so that they are wherever the page is: on static hosts,
//! inside the companion and in each archive.

mod allowed;
mod notices;
mod packages;

use std::fs;

use anyhow::{Context, Result, bail, ensure};

use crate::root;

const NOTICES: &str = "web/public/third-party.txt";

/// Writes the notices.
pub(crate) fn write() -> Result<()> {
    let fresh = generate()?;
    let path = root().join(NOTICES);
    if fs::read_to_string(&path).is_ok_and(|current| current == fresh) {
        return Ok(());
    }
    fs::write(&path, fresh).with_context(|| format!("cannot write {NOTICES}"))?;
    println!("wrote {NOTICES}");
    Ok(())
}

/// Fails when the notices are not those of what is shipped now.
pub(crate) fn check() -> Result<()> {
    let current = fs::read_to_string(root().join(NOTICES)).with_context(|| format!("cannot read {NOTICES}"))?;
    ensure!(
        current == generate()?,
        "{NOTICES} is not what is shipped; run `cargo run -p chanscope-xtask -- licences` and commit the result"
    );
    Ok(())
}

/// The notices, when every licence is one that is allowed.
fn generate() -> Result<String> {
    let mut packages = packages::crates()?;
    packages.extend(packages::npm(&root())?);
    let allowed = fs::read_to_string(root().join("deny.toml")).context("cannot read deny.toml")?;
    let complaints = allowed::complaints(&packages, &allowed::read(&allowed)?);
    if !complaints.is_empty() {
        bail!("licences that deny.toml does not allow:\n  {}", complaints.join("\n  "));
    }
    notices::text(packages.into_iter().filter(|package| package.shipped))
}
