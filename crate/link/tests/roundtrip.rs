//! For any link and any bytes: what is encoded is decoded, what is decoded has one form, nothing panics.
//!
//! `PROPTEST_CASES=100000 cargo test -p chanscope-link --release --test roundtrip` is the long form.

use std::collections::HashSet;

use chanscope_link::{
    Choice, Deviation, Digest, Link, LinkError, LinkParts, MAX_FRAGMENT_BYTES, MAX_SEED, ProgramId, Seed, SettingName,
    StrategyName, Text,
};
use proptest::collection::{btree_map, vec};
use proptest::option;
use proptest::prelude::*;
use proptest::sample::Index;

/// Everything that a link may consist of.
const ALPHABET: &str = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789#/?&=-.,:@~";

/// Bytes that mean something to the decoder, or nearly.
const TEMPTING: &[u8] = b"#/?&=%:,@~-.+_ 0123459abcdefv\x00\x7f\x80\xff";

fn setting_name() -> impl Strategy<Value = SettingName> {
    "[a-zA-Z][a-zA-Z0-9]{0,12}".prop_filter_map("one of the link's own", |name| SettingName::new(&name).ok())
}

prop_compose! {
    fn links()(
        program in "[a-z]([a-z0-9-]{0,20}[a-z0-9])?",
        settings in vec((setting_name(), "[a-zA-Z0-9.~@:,-]{0,12}[a-zA-Z0-9]"), 0..8),
        strategy in option::of("[a-z]([a-z0-9-]{0,9}[a-z0-9])?"),
        seed in option::of(0..=MAX_SEED),
        deviations in btree_map(any::<u32>(), "[a-zA-Z0-9.~@:-]{0,20}[a-zA-Z0-9]", 0..20),
        at in any::<u32>(),
        digest in option::of("[a-z0-9]{1,64}"),
    ) -> Link {
        let mut names = HashSet::new();
        let parts = LinkParts {
            program: ProgramId::new(&program).expect(&program),
            settings: settings
                .into_iter()
                .filter(|(name, _)| names.insert(name.clone()))
                .map(|(name, value)| (name, Text::new(&value).expect(&value)))
                .collect(),
            strategy: strategy.map(|name| StrategyName::new(&name).expect(&name)),
            seed: seed.and_then(Seed::new),
            deviations: deviations
                .into_iter()
                .map(|(at, choice)| Deviation { at, choice: Choice::new(&choice).expect(&choice) })
                .collect(),
            at,
            digest: digest.map(|digest| Digest::new(&digest).expect(&digest)),
        };
        Link::new(parts).expect("the parts fit together")
    }
}

/// A link, nothing, or an error in whose sentences a reader can find their way.
fn gives_an_answer(fragment: &str) -> Result<(), TestCaseError> {
    match Link::decode(fragment) {
        Ok(Some(link)) => {
            let encoded = link.encode();
            prop_assert_eq!(Link::decode(&encoded), Ok(Some(link)), "{} by {}", encoded, fragment);
        }
        Ok(None) => {}
        Err(error) => sentences_are_fit(&error)?,
    }
    Ok(())
}

fn sentences_are_fit(error: &LinkError) -> Result<(), TestCaseError> {
    for sentence in [error.en(), error.zh()] {
        prop_assert!(sentence.chars().count() <= 200, "{}", sentence);
        prop_assert!(!sentence.chars().any(char::is_control), "{}", sentence);
    }
    Ok(())
}

fn escape_all(fragment: &str) -> String {
    let escaped: String = fragment[1..].bytes().map(|byte| format!("%{byte:02x}")).collect();
    format!("#{escaped}")
}

proptest! {
    #[test]
    fn what_is_encoded_is_decoded(link in links()) {
        prop_assert_eq!(Link::decode(&link.encode()), Ok(Some(link)));
    }

    #[test]
    fn what_is_encoded_needs_no_escaping_and_no_character_is_lost_at_its_end(link in links()) {
        let fragment = link.encode();
        prop_assert!(fragment.chars().all(|c| ALPHABET.contains(c)), "{}", fragment);
        prop_assert!(fragment.ends_with(|c: char| c.is_ascii_alphanumeric()), "{}", fragment);
        prop_assert_eq!(fragment.rfind('#'), Some(0));
    }

    #[test]
    fn what_the_page_adds_is_passed_over(link in links(), from in any::<u32>(), to in any::<u32>()) {
        let fragment = link.encode();
        let joint = if fragment.contains('?') { '&' } else { '?' };
        let shown = format!("{fragment}{joint}view={from}-{to}&with={}", &fragment[2..]);
        prop_assert_eq!(Link::decode(&shown), Ok(Some(link)));
    }

    #[test]
    fn escaping_is_taken_back_once(link in links()) {
        let once = escape_all(&link.encode());
        prop_assert_eq!(Link::decode(&once), Ok(Some(link)));
        let twice = Link::decode(&escape_all(&once));
        prop_assert!(matches!(twice, Err(LinkError::Start { .. })), "{:?}", twice);
    }

    #[test]
    fn a_damaged_link_gives_an_answer(
        link in links(),
        damage in vec((any::<Index>(), 0..4_u8, proptest::sample::select(TEMPTING)), 1..6),
    ) {
        let mut bytes = link.encode().into_bytes();
        for (place, kind, byte) in damage {
            let place = place.index(bytes.len() + 1);
            match kind {
                0 => bytes.insert(place, byte),
                1 => bytes.truncate(place),
                _ if place == bytes.len() => {}
                2 => bytes[place] = byte,
                _ => _ = bytes.remove(place),
            }
        }
        gives_an_answer(&String::from_utf8_lossy(&bytes))?;
    }

    #[test]
    fn any_bytes_give_an_answer(bytes in vec(any::<u8>(), 0..200)) {
        let text = String::from_utf8_lossy(&bytes);
        gives_an_answer(&text)?;
        gives_an_answer(&format!("#/{text}"))?;
        gives_an_answer(&format!("#/many-to-many?{text}"))?;
        gives_an_answer(&format!("#/many-to-many?producers={text}"))?;
        gives_an_answer(&format!("#/many-to-many?do={text}"))?;
    }

    #[test]
    fn any_text_is_refused_in_words_that_can_be_shown(text in any::<String>()) {
        for fragment in [format!("#{text}"), format!("#/a?{text}=1"), format!("#/a?{text}"), format!("#/a?b={text}")] {
            gives_an_answer(&fragment)?;
        }
    }

    #[test]
    fn long_fragments_are_refused_before_they_are_read(text in "[%?&=,a]{1,9}") {
        let fragment = text.repeat(MAX_FRAGMENT_BYTES + 1);
        let bytes = fragment.len();
        prop_assert_eq!(Link::decode(&fragment), Err(LinkError::TooLong { bytes }));
    }
}
