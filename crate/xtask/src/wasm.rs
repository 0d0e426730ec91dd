//! The core as the page loads it: a folder below `web/gen/` for each module, made from features of `chanscope-wasm`.
//!
//! Cargo decides whether the crate has to be compiled again. Whether its bindings do is decided by a hash of all that
//! they are made from, kept beside them. They are finished in a folder apart and then moved, so that what is in
//! `web/gen/` is always whole.

use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};
use std::process::Command;

use anyhow::{Context, Result, bail, ensure};
use cargo_metadata::MetadataCommand;
use wasm_bindgen_cli_support::Bindgen;

use crate::root;

const PACKAGE: &str = "chanscope-wasm";
const PROFILE: &str = "wasm-release";
const TRIPLE: &str = "wasm32-unknown-unknown";
/// The modules, each by the feature that it is made with. What is only needed later is not loaded at first.
const MODULES: [&str; 5] = ["core", "every", "explorer", "loop", "tcp"];
/// The module that runs beside the page, with its WebSockets.
const ON_THE_PAGE: &str = "tcp";
const BINARYEN: &str = "node_modules/binaryen";
const STAMP: &str = "stamp";

/// Brings `web/gen/` up to date.
pub(crate) fn run() -> Result<()> {
    MODULES.into_iter().try_for_each(make)
}

fn make(module: &str) -> Result<()> {
    let target = MetadataCommand::new().no_deps().exec()?.target_directory.into_std_path_buf();
    compile(module)?;
    let input = target.join(TRIPLE).join(PROFILE).join("examples").join(module).with_extension("wasm");
    let bytes = fs::read(&input).with_context(|| format!("cannot read {}", input.display()))?;

    let output = root().join("web/gen").join(module);
    let stamp = stamp(&bytes);
    if fs::read_to_string(output.join(STAMP)).is_ok_and(|last| last == stamp) {
        return Ok(());
    }
    let draft = target.join("xtask").join(module);
    remove(&draft)?;
    bind(module, &input, &draft)?;
    optimise(&draft.join(format!("{module}_bg.wasm")))?;
    fs::write(draft.join(STAMP), stamp)?;
    replace(&output, &draft)
}

fn compile(module: &str) -> Result<()> {
    let cargo = std::env::var("CARGO").unwrap_or_else(|_| "cargo".to_owned());
    let mut command = Command::new(cargo);
    command.args([
        "rustc",
        "--package",
        PACKAGE,
        "--example",
        module,
        "--no-default-features",
        "--features",
        module,
        "--target",
        TRIPLE,
        "--profile",
        PROFILE,
        "--config",
        &without_paths()?,
    ]);
    succeed(&mut command)
}

/// Has rustc write neither the folder of the project nor that of the crates into the module: it is the same wherever it
/// is built, and tells nobody where that was.
fn without_paths() -> Result<String> {
    let cargo = std::env::var_os("CARGO_HOME").map(PathBuf::from);
    let cargo = cargo.or_else(|| std::env::home_dir().map(|home| home.join(".cargo")));
    let folders = [(cargo.context("there is no home folder")?, "/cargo"), (root().canonicalize()?, "/chanscope")];
    let flags = folders.map(|(folder, name)| format!("--remap-path-prefix={}={name}", folder.display()));
    Ok(format!("target.{TRIPLE}.rustflags={flags:?}"))
}

/// All that the output is made from, the way it is made included. The version of wasm-bindgen is part of the module.
fn stamp(module: &[u8]) -> String {
    let mut hasher = DefaultHasher::new();
    module.hash(&mut hasher);
    include_str!("wasm.rs").hash(&mut hasher);
    fs::read(root().join(BINARYEN).join("package.json")).unwrap_or_default().hash(&mut hasher);
    format!("{:016x}", hasher.finish())
}

fn bind(module: &str, input: &Path, draft: &Path) -> Result<()> {
    Bindgen::new()
        // Others are begun again with their workers.
        .reset_state_function(module == ON_THE_PAGE)
        .input_path(input)
        .web(true)?
        .typescript(true)
        .omit_default_module_path(false)
        .generate(draft)
        .context("wasm-bindgen refused the module")
}

fn optimise(module: &Path) -> Result<()> {
    let program = root().join(BINARYEN).join("bin").join("wasm-opt");
    if !program.exists() {
        println!("npm packages are not installed: leaving the core as rustc made it, without wasm-opt");
        return Ok(());
    }
    let before = fs::metadata(module)?.len();
    succeed(Command::new("node").arg(program).arg("-O3").arg(module).arg("-o").arg(module))?;
    let (name, after) = (module.file_name().unwrap_or_default().display(), fs::metadata(module)?.len());
    println!("wrote {name}: {after} bytes, {before} before wasm-opt");
    Ok(())
}

fn replace(output: &Path, draft: &Path) -> Result<()> {
    remove(output)?;
    fs::create_dir_all(output)?;
    for entry in fs::read_dir(draft)? {
        let entry = entry?;
        ensure!(entry.file_type()?.is_file(), "wasm-bindgen made a folder, which the page does not expect");
        fs::copy(entry.path(), output.join(entry.file_name()))?;
    }
    Ok(())
}

fn remove(folder: &Path) -> Result<()> {
    match fs::remove_dir_all(folder) {
        Err(error) if error.kind() != std::io::ErrorKind::NotFound => {
            Err(error).with_context(|| format!("cannot remove {}", folder.display()))
        }
        _ => Ok(()),
    }
}

fn succeed(command: &mut Command) -> Result<()> {
    let status = command.current_dir(root()).status().with_context(|| format!("cannot run {command:?}"))?;
    if !status.success() {
        bail!("{command:?} failed: {status}");
    }
    Ok(())
}
