//! From a link to its one fragment.

use std::fmt::Write;

use crate::Link;
use crate::limits::COMFORTABLE_FRAGMENT_CHARS;
use crate::text::key;
use crate::upgrade::VERSION;

impl Link {
    /// The fragment, with its leading `#`: ASCII, in need of no escaping, ending in a letter or a digit.
    ///
    /// Each link has exactly one fragment. What is not there, and a cursor at 0, is left out. The digest and the cursor
    /// come first: a link that was cut off on the way then runs something whose digest differs, and the reader is told.
    ///
    /// ```
    /// use chanscope_link::{Digest, Link, LinkError, LinkParts, ProgramId, Seed, SettingName, StrategyName, Text};
    ///
    /// let link = Link::new(LinkParts {
    ///     settings: vec![(SettingName::new("producers")?, Text::new("3")?)],
    ///     strategy: Some(StrategyName::new("random")?),
    ///     seed: Seed::new(42),
    ///     at: 17,
    ///     digest: Some(Digest::new("1k3f9a")?),
    ///     ..LinkParts::new(ProgramId::new("many-to-many")?)
    /// })?;
    /// let fragment = link.encode();
    /// assert_eq!(fragment, "#/many-to-many?digest=1k3f9a&at=17&producers=3&strategy=random&seed=42");
    /// assert_eq!(Link::decode(&fragment)?, Some(link));
    /// # Ok::<(), Box<dyn std::error::Error>>(())
    /// ```
    #[must_use]
    pub fn encode(&self) -> String {
        encode_as(self, VERSION)
    }

    /// Whether the fragment is longer than [`COMFORTABLE_FRAGMENT_CHARS`], so that programs on the way may cut it off.
    #[must_use]
    pub fn is_long(&self) -> bool {
        self.encode().len() > COMFORTABLE_FRAGMENT_CHARS
    }
}

fn encode_as(link: &Link, version: u32) -> String {
    let parts = link.parts();
    let mut query = Query { fragment: format!("#/{}", parts.program), empty: true };
    if version > 1 {
        query.push(key::VERSION, version);
    }
    if let Some(digest) = &parts.digest {
        query.push(key::DIGEST, digest);
    }
    if parts.at > 0 {
        query.push(key::AT, parts.at);
    }
    for (name, value) in &parts.settings {
        query.push(name.as_str(), value);
    }
    if let Some(strategy) = &parts.strategy {
        query.push(key::STRATEGY, strategy);
    }
    if let Some(seed) = parts.seed {
        query.push(key::SEED, seed.get());
    }
    if !parts.deviations.is_empty() {
        let list: Vec<String> = parts.deviations.iter().map(|d| format!("{}:{}", d.at, d.choice)).collect();
        query.push(key::DEVIATIONS, list.join(","));
    }
    query.fragment
}

struct Query {
    fragment: String,
    empty: bool,
}

impl Query {
    fn push(&mut self, name: &str, value: impl std::fmt::Display) {
        let joint = if self.empty { '?' } else { '&' };
        self.empty = false;
        write!(self.fragment, "{joint}{name}={value}").expect("writing to a string does not fail");
    }
}

#[cfg(test)]
mod tests {
    use super::encode_as;
    use crate::{Link, LinkParts, ProgramId};

    #[test]
    fn versions_after_the_first_are_marked_before_all_else() {
        let program = ProgramId::new("pipe").expect("an id");
        let link = Link::new(LinkParts { at: 7, ..LinkParts::new(program) }).expect("a link");
        assert_eq!(encode_as(&link, 1), "#/pipe?at=7");
        assert_eq!(encode_as(&link, 2), "#/pipe?v=2&at=7");
    }
}
