//! From a fragment to a link. Every fragment gives a link, nothing (it is empty) or one error; none panics.

use std::borrow::Cow;

use crate::error::{Expected, LinkError, Malformed, Place, Shown};
use crate::limits::{MAX_DEVIATIONS, MAX_FRAGMENT_BYTES, MAX_SEED, MAX_SETTINGS};
use crate::text::{Choice, Digest, ProgramId, Seed, SettingName, StrategyName, Text, key, whole_number};
use crate::upgrade::{Raw, UPGRADERS, Upgrader, upgraders_from};
use crate::{Deviation, Link, LinkParts};

impl Link {
    /// Reads a fragment, with or without the leading `#`, as the browser's `location.hash` gives it.
    ///
    /// `None` when there is nothing in it (empty, `#` or `#/`): the page then opens what it opens by default.
    ///
    /// What the page adds of how it shows the run (`lens`, `lanes`, `only`, `fold`, `steps`, `view`, and `with` to the
    /// end) is passed over. Parameters may stand in any order; [`Link::encode`] gives the one order. Characters that some
    /// program on the way has escaped (`%40` for `@`) are taken back, once. Links of all older versions are read.
    ///
    /// # Errors
    ///
    /// [`LinkError`], the first thing that is wrong. A link of a newer version is always [`LinkError::Newer`].
    ///
    /// # Cost
    ///
    /// Linear in the fragment's length, of which at most [`MAX_FRAGMENT_BYTES`] are read.
    ///
    /// ```
    /// use chanscope_link::{Link, LinkError};
    ///
    /// let link = Link::decode("#/many-to-many?do=17%3A3-recv%401%7E5")?.expect("not empty");
    /// assert_eq!(link.parts().deviations[0].choice.as_str(), "3-recv@1~5");
    ///
    /// assert_eq!(Link::decode("#")?, None);
    /// assert!(matches!(Link::decode("#/many-to-many?v=7"), Err(LinkError::Newer { came: 7, known: 1 })));
    /// # Ok::<(), LinkError>(())
    /// ```
    pub fn decode(fragment: &str) -> Result<Option<Self>, LinkError> {
        decode_with(fragment, &UPGRADERS)
    }
}

/// [`Link::decode`] for the version that `upgraders` lead to.
pub(crate) fn decode_with(fragment: &str, upgraders: &[Upgrader]) -> Result<Option<Link>, LinkError> {
    if fragment.len() > MAX_FRAGMENT_BYTES {
        return Err(LinkError::TooLong { bytes: fragment.len() });
    }
    let fragment = unescape(before_other(fragment.strip_prefix('#').unwrap_or(fragment)))?;
    if matches!(&*fragment, "" | "/") {
        return Ok(None);
    }
    let Some(body) = fragment.strip_prefix('/') else {
        return Err(LinkError::Start { came: Shown::of(&fragment) });
    };
    let (program, query) = match body.split_once('?') {
        Some((program, query)) => (program, Some(query)),
        None => (body, None),
    };
    // The version comes before all else, so that a newer link is not reproached with what only it can know.
    let upgraders = upgraders_from(version(query)?, upgraders)?;
    let raw = Raw { program: program.to_owned(), parameters: parameters(query)? };
    read(&upgraders.iter().fold(raw, |raw, upgrade| upgrade(raw))).map(Some)
}

/// The fragment without a run to compare with, which goes on to the end.
fn before_other(fragment: &str) -> &str {
    let mark = |(at, c): (usize, char)| {
        let rest = fragment[at + c.len_utf8()..].strip_prefix(key::WITH);
        (matches!(c, '?' | '&') && rest.is_some_and(|rest| rest.starts_with('='))).then_some(at)
    };
    fragment.char_indices().find_map(mark).map_or(fragment, |at| &fragment[..at])
}

/// Takes back percent escapes, once. Bytes that are not UTF-8 become U+FFFD, which nothing in a link may contain.
fn unescape(text: &str) -> Result<Cow<'_, str>, LinkError> {
    let Some(first) = text.find('%') else {
        return Ok(Cow::Borrowed(text));
    };
    let mut bytes = text.as_bytes()[..first].to_vec();
    let mut rest = &text[first..];
    while let Some(c) = rest.chars().next() {
        if c != '%' {
            bytes.extend_from_slice(&rest.as_bytes()[..c.len_utf8()]);
            rest = &rest[c.len_utf8()..];
            continue;
        }
        let hex = rest.get(1..3).filter(|hex| hex.bytes().all(|b| b.is_ascii_hexdigit()));
        let Some(byte) = hex.and_then(|hex| u8::from_str_radix(hex, 16).ok()) else {
            let at = text[..text.len() - rest.len()].chars().count() + 1;
            let came: String = rest.chars().take(3).collect();
            return Err(LinkError::BrokenEscape { at, came: Shown::of(&came) });
        };
        bytes.push(byte);
        rest = &rest[3..];
    }
    Ok(Cow::Owned(String::from_utf8_lossy(&bytes).into_owned()))
}

fn version(query: Option<&str>) -> Result<u32, LinkError> {
    let mark = query.into_iter().flat_map(|query| query.split('&')).find_map(|parameter| {
        let (name, value) = parameter.split_once('=')?;
        (name == key::VERSION).then_some(value)
    });
    let Some(mark) = mark else {
        return Ok(1);
    };
    match whole_number(mark, u32::MAX.into(), Expected::Version) {
        Ok(number @ 1..) => Ok(number as u32),
        Ok(0) => Err(Malformed { came: Shown::of(mark), expected: Expected::Version }.at(value_of(key::VERSION))),
        Err(malformed) => Err(malformed.at(value_of(key::VERSION))),
    }
}

/// Names and values in order, each name once, without the version and what is the page's own.
fn parameters(query: Option<&str>) -> Result<Vec<(String, String)>, LinkError> {
    let mut parameters: Vec<(String, String)> = Vec::new();
    let mut versioned = false;
    for parameter in query.into_iter().flat_map(|query| query.split('&')) {
        if key::VIEW.contains(&parameter.split('=').next().unwrap_or(parameter)) {
            continue;
        }
        let Some((name, value)) = parameter.split_once('=') else {
            return Err(LinkError::NoValue { parameter: Shown::of(parameter) });
        };
        let is_version = name == key::VERSION;
        if (is_version && versioned) || parameters.iter().any(|(earlier, _)| earlier == name) {
            return Err(LinkError::Twice { parameter: Shown::of(name) });
        }
        if is_version {
            versioned = true;
        } else if parameters.len() < MAX_SETTINGS + key::RESERVED.len() {
            parameters.push((name.to_owned(), value.to_owned()));
        } else {
            return Err(LinkError::TooManySettings);
        }
    }
    Ok(parameters)
}

/// Reads a link of the current version.
fn read(raw: &Raw) -> Result<Link, LinkError> {
    let program = ProgramId::new(&raw.program).map_err(|malformed| malformed.at(Place::Program))?;
    let mut parts = LinkParts::new(program);
    for (name, value) in &raw.parameters {
        let misplaced = |malformed: Malformed| malformed.at(value_of(name));
        match name.as_str() {
            key::DIGEST => parts.digest = Some(Digest::new(value).map_err(misplaced)?),
            key::AT => parts.at = position(value, Expected::Position).map_err(misplaced)?,
            key::STRATEGY => parts.strategy = Some(StrategyName::new(value).map_err(misplaced)?),
            key::SEED => parts.seed = Seed::new(whole_number(value, MAX_SEED, Expected::Seed).map_err(misplaced)?),
            key::DEVIATIONS => parts.deviations = deviations(value)?,
            _ => {
                let name = SettingName::new(name).map_err(|malformed| malformed.at(Place::ParameterName))?;
                parts.settings.push((name, Text::new(value).map_err(misplaced)?));
            }
        }
    }
    Link::new(parts)
}

fn deviations(list: &str) -> Result<Vec<Deviation>, LinkError> {
    if list.split(',').nth(MAX_DEVIATIONS).is_some() {
        return Err(LinkError::TooManyDeviations);
    }
    let read = |item: &str| {
        let (at, choice) =
            item.split_once(':').ok_or_else(|| Malformed { came: Shown::of(item), expected: Expected::Deviation })?;
        Ok(Deviation { at: position(at, Expected::Deviation)?, choice: Choice::new(choice)? })
    };
    list.split(',')
        .map(|item| read(item).map_err(|malformed: Malformed| malformed.at(value_of(key::DEVIATIONS))))
        .collect()
}

fn position(text: &str, expected: Expected) -> Result<u32, Malformed> {
    Ok(whole_number(text, u32::MAX.into(), expected)? as u32)
}

fn value_of(parameter: &str) -> Place {
    Place::Value(Shown::of(parameter))
}
