//! The share link: a run and a moment of it, in a fragment that a person can read.
//!
//! ```text
//! #/many-to-many?digest=1k3f9a&at=17&producers=3&stopCapacity=0&strategy=random&seed=42&do=17:3-recv@1~5,22:1-park
//!   program      what trace    cursor settings                  what answers choices    choices made by hand
//! ```
//!
//! A link speaks of a program's id, settings as text, a strategy, a seed, deviations, a cursor and a digest, and knows
//! what none of them means: whether there is such a program, and whether a setting is in its range, is for whoever runs
//! it to say. What equals its default is left out by whoever makes the link; a link of a default run is its id.
//!
//! - **Nothing leaves the reader's machine**: it is all in the fragment, which browsers do not send.
//! - **Nothing needs escaping**: besides letters and digits there are `# / ? & = - . , : @ ~` alone, and the last
//!   character is a letter or a digit, so that chat programs and Markdown find where it ends. What they escape on the
//!   way all the same is taken back.
//! - **Each link has one fragment**: equal links encode equally, and [`Link::decode`] takes back what
//!   [`Link::encode`] gives.
//! - **Old links open for ever**: see `upgrade.rs` for the chain of versions, and `tests/links/published.txt` for the
//!   links that bind.
//! - **Anything else is one clear sentence** in two languages, [`LinkError::en`] and [`LinkError::zh`].
//!
//! Deviations are written one by one with their positions as they are, so that each can be read and edited alone: a
//! hundred take about 1 500 characters in a small run, 1 900 in one of a hundred goroutines and 100 000 events, and
//! just over 2 000 when spread over a million.
//!
//! A moment of the first program's default run, `#/many-to-many?at=17`, has 20 characters, and 53 with the digest that the
//! page shares it with: that takes 33, and two more each time that a run is twice as long. The page's address comes on
//! top, `http://127.0.0.1:8080/` makes it 75; what is short is the fragment.
//!
//! The page adds how it shows the run, behind all that: `lens=order`, `lanes=object`, `only=prod`, `fold=producer`,
//! `steps=all`, `view=120-480` (the stretch in view, in events), and `with=` another run. Here these are passed over, and no
//! setting can have such a name.
//!
//! A link that is cut off may still be a link; it is the digest, which [`Link::encode`] writes first, that tells.
//! Nothing is compressed, encrypted or signed: who changes a link by hand gets what it then says.

mod decode;
mod encode;
mod error;
mod limits;
mod text;
mod upgrade;

use std::collections::HashSet;

pub use error::{Expected, LinkError, Malformed, Place, Shown};
pub use limits::{
    COMFORTABLE_FRAGMENT_CHARS, MAX_CHOICE_BYTES, MAX_DEVIATIONS, MAX_DIGEST_BYTES, MAX_FRAGMENT_BYTES, MAX_NAME_BYTES,
    MAX_SEED, MAX_SETTINGS, MAX_SHOWN_CHARS, MAX_TEXT_BYTES,
};
pub use text::{Choice, Digest, ProgramId, Seed, SettingName, StrategyName, Text};

/// What a link says.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct LinkParts {
    /// Which program runs.
    pub program: ProgramId,
    /// Its settings, in their own order, each name once.
    pub settings: Vec<(SettingName, Text)>,
    /// What answers choices, where it is not the default.
    pub strategy: Option<StrategyName>,
    /// The seed of every draw, where it is not the default.
    pub seed: Option<Seed>,
    /// Where the run leaves what the strategy would have done; positions ascend.
    pub deviations: Vec<Deviation>,
    /// The cursor: the moment after so many events.
    pub at: u32,
    /// The digest of the trace that was shared.
    pub digest: Option<Digest>,
}

impl LinkParts {
    /// The default run of `program`, at its beginning.
    #[must_use]
    pub fn new(program: ProgramId) -> Self {
        Self { program, settings: Vec::new(), strategy: None, seed: None, deviations: Vec::new(), at: 0, digest: None }
    }
}

/// One choice that the strategy would not have made.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Deviation {
    /// The position at which it was made, in events.
    pub at: u32,
    /// The choice.
    pub choice: Choice,
}

/// A link: parts that fit together, and fit into a fragment.
///
/// ```
/// use chanscope_link::{Link, LinkError};
///
/// let link = Link::decode("#/many-to-many?producers=3&seed=42&at=17")?.expect("not empty");
/// assert_eq!(link.parts().program.as_str(), "many-to-many");
/// assert_eq!(link.parts().at, 17);
/// assert_eq!(link.encode(), "#/many-to-many?at=17&producers=3&seed=42");
/// assert!(!link.is_long());
/// # Ok::<(), LinkError>(())
/// ```
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub struct Link {
    parts: LinkParts,
}

impl Link {
    /// Makes a link of its parts. See [`Link::encode`] for an example.
    ///
    /// # Errors
    ///
    /// - [`LinkError::TooManySettings`], [`LinkError::TooManyDeviations`], [`LinkError::TooLong`]: over a limit;
    /// - [`LinkError::Twice`]: two settings of the same name;
    /// - [`LinkError::OutOfOrder`]: deviations whose positions do not ascend.
    pub fn new(parts: LinkParts) -> Result<Self, LinkError> {
        if parts.settings.len() > MAX_SETTINGS {
            return Err(LinkError::TooManySettings);
        }
        if parts.deviations.len() > MAX_DEVIATIONS {
            return Err(LinkError::TooManyDeviations);
        }
        let mut names = HashSet::new();
        if let Some((name, _)) = parts.settings.iter().find(|(name, _)| !names.insert(name)) {
            return Err(LinkError::Twice { parameter: Shown::of(name.as_str()) });
        }
        if let Some(pair) = parts.deviations.windows(2).find(|pair| pair[0].at >= pair[1].at) {
            return Err(LinkError::OutOfOrder { at: pair[1].at, previous: pair[0].at });
        }
        let link = Self { parts };
        let bytes = link.encode().len();
        if bytes > MAX_FRAGMENT_BYTES {
            return Err(LinkError::TooLong { bytes });
        }
        Ok(link)
    }

    /// What it says.
    #[must_use]
    pub fn parts(&self) -> &LinkParts {
        &self.parts
    }

    /// What it says, to take apart.
    #[must_use]
    pub fn into_parts(self) -> LinkParts {
        self.parts
    }
}
