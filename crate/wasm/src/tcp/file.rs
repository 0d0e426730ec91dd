//! A session as a file, which a link holds compressed: JSON with a format and a version.

use serde::{Deserialize, Serialize};

use super::entry::Entry;
use super::recording::MOST_EVENTS;
use crate::wire::Words;

const FORMAT: &str = "chanscope-tcp";
const VERSION: u32 = 1;

/// The longest file that is read, in bytes: an entry takes some hundred.
const MOST_BYTES: usize = 16 * 1024 * 1024;

#[derive(Serialize)]
struct Written<'a> {
    format: &'static str,
    version: u32,
    entries: &'a [Entry],
}

#[derive(Deserialize)]
struct Read {
    format: String,
    version: u32,
    entries: Vec<Entry>,
}

/// Why a text is no session.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum BadFile {
    /// It is longer than any.
    Large,
    /// It is not what was written, or not all of it.
    Damaged,
    /// It is of another version.
    Version(u32),
}

impl BadFile {
    /// For the reader.
    #[must_use]
    pub fn words(&self) -> Words {
        let (en, zh) = match self {
            Self::Large => {
                ("this is too large for a recorded session".to_owned(), "文件太大，不是录制的会话".to_owned())
            }
            Self::Damaged => (
                "this is no recorded session, or it was cut off".to_owned(),
                "这不是录制的会话，或者被截断了".to_owned(),
            ),
            Self::Version(version) => (
                format!("this session is of version {version}; version {VERSION} is known here"),
                format!("会话的版本是 {version}；这里只认识版本 {VERSION}"),
            ),
        };
        Words { en, zh }
    }
}

/// The text of a session.
#[must_use]
pub fn write(entries: &[Entry]) -> String {
    let written = Written { format: FORMAT, version: VERSION, entries };
    serde_json::to_string(&written).expect("entries have no keys that JSON cannot have")
}

/// Reads a session back. Times that go back are lifted to the one before.
///
/// # Errors
/// What is wrong with it.
pub fn read(text: &str) -> Result<Vec<Entry>, BadFile> {
    if text.len() > MOST_BYTES {
        return Err(BadFile::Large);
    }
    let Read { format, version, mut entries } = serde_json::from_str(text).map_err(|_| BadFile::Damaged)?;
    if format != FORMAT {
        return Err(BadFile::Damaged);
    }
    if version != VERSION {
        return Err(BadFile::Version(version));
    }
    if entries.len() > MOST_EVENTS {
        return Err(BadFile::Large);
    }
    let mut last = 0;
    for entry in &mut entries {
        entry.at_us = entry.at_us.max(last);
        last = entry.at_us;
    }
    Ok(entries)
}
