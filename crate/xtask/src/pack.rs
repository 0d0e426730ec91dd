//! Archives that come out byte for byte the same wherever and whenever the same files are packed: names in order, no
//! owners, no times.

use std::fs::{self, File};
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::{Compression, GzBuilder};
use tar::{Builder, HeaderMode};

/// Packs all files below a folder into a `.tar.gz`, below one folder of the archive's own name.
pub(crate) fn run(archive: &str, folder: &str) -> Result<()> {
    let (archive, folder) = (Path::new(archive), Path::new(folder));
    let name = archive.file_name().and_then(|name| name.to_str()).and_then(|name| name.strip_suffix(".tar.gz"));
    let name = name.with_context(|| format!("{} should end in .tar.gz", archive.display()))?;
    let out = File::create(archive).with_context(|| format!("cannot write {}", archive.display()))?;
    let mut tar = Builder::new(GzBuilder::new().mtime(0).write(out, Compression::best()));
    tar.mode(HeaderMode::Deterministic);
    for file in files(folder)? {
        let inside = Path::new(name).join(file.strip_prefix(folder)?);
        tar.append_path_with_name(&file, inside).with_context(|| format!("cannot pack {}", file.display()))?;
    }
    tar.into_inner()?.finish()?;
    Ok(())
}

/// The files below a folder, in the order of their names.
fn files(folder: &Path) -> Result<Vec<PathBuf>> {
    let mut files = Vec::new();
    let mut folders = vec![folder.to_owned()];
    while let Some(folder) = folders.pop() {
        let entries = fs::read_dir(&folder).with_context(|| format!("cannot read {}", folder.display()))?;
        for entry in entries {
            let path = entry?.path();
            if path.is_dir() { folders.push(path) } else { files.push(path) }
        }
    }
    files.sort();
    Ok(files)
}

#[cfg(test)]
mod tests {
    use std::time::{Duration, SystemTime};

    use flate2::read::GzDecoder;
    use tar::Archive;
    use tempfile::TempDir;

    use super::*;

    fn packed(into: &TempDir, folder: &Path) -> Vec<u8> {
        let archive = into.path().join("page-1.tar.gz");
        run(archive.to_str().unwrap(), folder.to_str().unwrap()).unwrap();
        fs::read(archive).unwrap()
    }

    fn folder(names: &[&str]) -> TempDir {
        let folder = TempDir::new().unwrap();
        fs::create_dir(folder.path().join("assets")).unwrap();
        for name in names {
            fs::write(folder.path().join(name), format!("this is {name}")).unwrap();
        }
        folder
    }

    #[test]
    fn the_same_files_give_the_same_bytes() {
        let out = TempDir::new().unwrap();
        let (one, other) = (folder(&["b", "a", "assets/c"]), folder(&["assets/c", "a", "b"]));
        let long_ago = SystemTime::UNIX_EPOCH + Duration::from_secs(1_000_000);
        File::options().write(true).open(other.path().join("a")).unwrap().set_modified(long_ago).unwrap();
        assert_eq!(packed(&out, one.path()), packed(&out, other.path()));
    }

    #[test]
    fn what_was_packed_is_there_when_unpacked() {
        let (out, back) = (TempDir::new().unwrap(), TempDir::new().unwrap());
        let bytes = packed(&out, folder(&["a", "assets/c"]).path());
        Archive::new(GzDecoder::new(&bytes[..])).unpack(back.path()).unwrap();
        for name in ["a", "assets/c"] {
            let file = back.path().join("page-1").join(name);
            assert_eq!(fs::read_to_string(file).unwrap(), format!("this is {name}"));
        }
    }

    #[test]
    fn another_kind_of_archive_is_refused() {
        let error = run("page.zip", ".").unwrap_err();
        assert!(error.to_string().contains(".tar.gz"), "{error}");
    }
}
