//! The page's types, made from `crate/wasm/src/wire` and the types of `crate/tcp`.
//!
//! One file for all of them, in the order of the Rust sources, so that a diff of one reads like a diff of the other.
//! A public type that no root reaches is refused rather than left out: it would be a type that the page cannot have.

use std::collections::BTreeMap;
use std::fs;
use std::path::PathBuf;

use anyhow::{Context, Result, bail, ensure};
use chanscope_tcp::{bridge, clock};
use chanscope_wasm::{tcp, wire};
use ts_rs::{Config, TS, TypeVisitor};

use crate::root;

const SOURCES: [&str; 7] = [
    "crate/wasm/src/wire/run.rs",
    "crate/wasm/src/wire/moment.rs",
    "crate/wasm/src/wire/timeline.rs",
    "crate/wasm/src/wire/outcomes.rs",
    "crate/wasm/src/tcp/wire.rs",
    "crate/tcp/src/bridge.rs",
    "crate/tcp/src/clock.rs",
];
const TARGET: &str = "web/src/core/wire.ts";
const HEADER: &str = "\
// Made from crate/wasm/src/wire and crate/tcp/src by `cargo run -p chanscope-xtask -- bindings`. Change them there.
";

/// Writes the types.
pub(crate) fn write() -> Result<()> {
    let path = target();
    let fresh = generate()?;
    if fs::read_to_string(&path).is_ok_and(|current| current == fresh) {
        return Ok(());
    }
    fs::create_dir_all(path.parent().context("the target has a folder")?)?;
    fs::write(&path, fresh).with_context(|| format!("cannot write {}", path.display()))?;
    println!("wrote {TARGET}");
    Ok(())
}

/// Fails when the types on disk are not those of the source.
pub(crate) fn check() -> Result<()> {
    let current = fs::read_to_string(target()).with_context(|| format!("cannot read {TARGET}"))?;
    ensure!(
        current == generate()?,
        "{TARGET} is not what its sources say; run `cargo run -p chanscope-xtask -- bindings` and commit the result"
    );
    Ok(())
}

fn target() -> PathBuf {
    root().join(TARGET)
}

fn generate() -> Result<String> {
    let mut source = String::new();
    for path in SOURCES {
        source += &fs::read_to_string(root().join(path)).with_context(|| format!("cannot read {path}"))?;
    }
    let mut types = Types::default();
    types.visit_roots();
    in_source_order(&source, types.declarations)
}

/// Declarations by name, gathered from the roots downwards.
#[derive(Default)]
struct Types {
    config: Config,
    declarations: BTreeMap<String, String>,
}

impl Types {
    /// What crosses the boundary by itself. Everything else is part of one of these.
    fn visit_roots(&mut self) {
        self.visit::<wire::Language>();
        self.visit::<wire::ScenarioInfo>();
        self.visit::<wire::RunSpec>();
        self.visit::<wire::Progress>();
        self.visit::<wire::RunSummary>();
        self.visit::<wire::Moment>();
        self.visit::<wire::SearchQuery>();
        self.visit::<wire::WindowQuery>();
        self.visit::<wire::WindowData>();
        self.visit::<wire::Around>();
        self.visit::<wire::Comparison>();
        self.visit::<wire::Moves>();
        self.visit::<wire::Place>();
        self.visit::<wire::ExploreSpec>();
        self.visit::<wire::ExploreProgress>();
        self.visit::<wire::ExploreReport>();
        self.visit::<wire::PartFound>();
        self.visit::<wire::Refusal>();
        self.visit::<tcp::wire::TcpSummary>();
        self.visit::<bridge::FromPage>();
        self.visit::<bridge::ToPage>();
        self.visit::<clock::ClockNow>();
        self.visit::<clock::News>();
        // Flattened into the event: named for who makes one.
        self.visit::<clock::ClockAct>();
    }
}

impl TypeVisitor for Types {
    fn visit<T: TS + 'static + ?Sized>(&mut self) {
        if T::output_path().is_none() {
            return;
        }
        let docs = T::docs().unwrap_or_default();
        let declaration = format!("{docs}export {}\n", T::decl(&self.config));
        if self.declarations.insert(T::ident(&self.config), declaration).is_none() {
            T::visit_dependencies(self);
        }
    }
}

fn in_source_order(source: &str, mut declarations: BTreeMap<String, String>) -> Result<String> {
    let mut text = HEADER.to_owned();
    for name in public_types(source) {
        let Some(declaration) = declarations.remove(name) else {
            bail!("there is a type {name} that no root reaches: add it to the roots in crate/xtask/src/bindings.rs");
        };
        text.push('\n');
        text.push_str(&declaration);
    }
    ensure!(
        declarations.is_empty(),
        "types from elsewhere than {SOURCES:?} cross the boundary: {:?}",
        declarations.keys().collect::<Vec<_>>()
    );
    Ok(text)
}

fn public_types(source: &str) -> impl Iterator<Item = &str> {
    source.lines().filter_map(|line| {
        let rest = line.strip_prefix("pub struct ").or_else(|| line.strip_prefix("pub enum "))?;
        rest.split([' ', '(', '<', ';']).next()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn declared(names: &[&str]) -> BTreeMap<String, String> {
        names.iter().map(|name| (name.to_string(), format!("export type {name};\n"))).collect()
    }

    #[test]
    fn types_come_in_the_order_of_the_source() {
        let text = in_source_order("pub struct Zebra {\n}\npub enum Ant {\n}\n", declared(&["Ant", "Zebra"])).unwrap();
        assert_eq!(text, format!("{HEADER}\nexport type Zebra;\n\nexport type Ant;\n"));
    }

    #[test]
    fn a_type_that_no_root_reaches_is_refused() {
        let refusal = in_source_order("pub struct Lost;\n", declared(&[])).unwrap_err();
        assert!(refusal.to_string().contains("a type Lost that no root reaches"), "{refusal}");
    }

    #[test]
    fn a_type_from_elsewhere_is_refused() {
        let refusal = in_source_order("", declared(&["Stray"])).unwrap_err();
        assert!(refusal.to_string().contains("Stray"), "{refusal}");
    }
}
