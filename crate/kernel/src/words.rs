//! Sentences for readers, in two languages, from templates.
//!
//! A template names its slots in braces: `{who}`, `{object}`, `{value}`, `{partner}`. Kinds give templates; what
//! fills the slots comes from the trace. The result is a list of pieces, so that names can be marked without parsing.

use std::borrow::Cow;

use crate::ids::{GoroutineId, ObjectId};

/// The languages that sentences come in.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Language {
    /// English.
    English,
    /// 简体中文.
    Chinese,
}

/// A text, or a template, in both languages.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Words {
    /// English.
    pub en: Cow<'static, str>,
    /// 简体中文.
    pub zh: Cow<'static, str>,
}

impl Words {
    /// Fixed words.
    #[must_use]
    pub const fn fixed(en: &'static str, zh: &'static str) -> Self {
        Self { en: Cow::Borrowed(en), zh: Cow::Borrowed(zh) }
    }

    /// Words made on the spot.
    #[must_use]
    pub fn made(en: String, zh: String) -> Self {
        Self { en: Cow::Owned(en), zh: Cow::Owned(zh) }
    }

    /// The words in one language.
    #[must_use]
    pub fn get(&self, language: Language) -> &str {
        match language {
            Language::English => &self.en,
            Language::Chinese => &self.zh,
        }
    }
}

/// A piece of a sentence.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Piece {
    /// Plain words.
    Text(String),
    /// A goroutine's name.
    Goroutine(GoroutineId),
    /// An object's name.
    Object(ObjectId),
    /// A value as a reader sees it.
    Value(String),
}

/// Fills a template. `slot` answers for each name in braces; a slot it knows nothing for is left out.
#[must_use]
pub fn fill(template: &str, mut slot: impl FnMut(&str) -> Option<Piece>) -> Vec<Piece> {
    let mut pieces = Vec::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, after)) = after.split_once('}') else { break };
        push_text(&mut pieces, before);
        match slot(name) {
            Some(Piece::Text(text)) => push_text(&mut pieces, &text),
            Some(piece) => pieces.push(piece),
            None => {}
        }
        rest = after;
    }
    push_text(&mut pieces, rest);
    pieces
}

fn push_text(pieces: &mut Vec<Piece>, text: &str) {
    if text.is_empty() {
        return;
    }
    match pieces.last_mut() {
        Some(Piece::Text(last)) => last.push_str(text),
        _ => pieces.push(Piece::Text(text.to_owned())),
    }
}

#[cfg(test)]
mod tests {
    use super::{Piece, fill};

    #[test]
    fn slots_are_filled_in_place() {
        let pieces = fill("{who} sends {value}{nothing}!", |name| match name {
            "who" => Some(Piece::Text("main".to_owned())),
            "value" => Some(Piece::Value("3".to_owned())),
            _ => None,
        });
        let expected =
            [Piece::Text("main sends ".to_owned()), Piece::Value("3".to_owned()), Piece::Text("!".to_owned())];
        assert_eq!(pieces, expected);
    }
}
