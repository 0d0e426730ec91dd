//! A litmus test's text, cut into what it is made of, each with its place.

use crate::parse::ParseError;

/// Line and column, from 1, in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    Name(String),
    Number(i64),
    /// One of the signs `{ } [ ] ( ) = ; , | : $ ~` or `/\` or `\/`.
    Sign(&'static str),
    End,
}

impl Token {
    /// As an error message shows it.
    pub(crate) fn shown(&self) -> String {
        match self {
            Self::Name(name) => format!("{name:?}"),
            Self::Number(number) => number.to_string(),
            Self::Sign(sign) => format!("{sign:?}"),
            Self::End => "the end".to_owned(),
        }
    }
}

const SIGNS: [&str; 15] = ["/\\", "\\/", "{", "}", "[", "]", "(", ")", "=", ";", ",", "|", ":", "$", "~"];

/// All tokens, the last of which is the end. Comments are `(* … *)`, and texts in quotes are descriptions.
pub(crate) fn tokens(text: &str) -> Result<Vec<(At, Token)>, ParseError> {
    let mut lexer = Lexer { rest: text, at: At { line: 1, column: 1 } };
    let mut tokens = Vec::new();
    loop {
        lexer.skip_unread()?;
        let at = lexer.at;
        let token = lexer.token()?;
        let end = token == Token::End;
        tokens.push((at, token));
        if end {
            return Ok(tokens);
        }
    }
}

struct Lexer<'a> {
    rest: &'a str,
    at: At,
}

impl<'a> Lexer<'a> {
    fn advance(&mut self, bytes: usize) -> &'a str {
        let (read, rest) = self.rest.split_at(bytes);
        for character in read.chars() {
            if character == '\n' {
                self.at = At { line: self.at.line + 1, column: 1 };
            } else {
                self.at.column += 1;
            }
        }
        self.rest = rest;
        read
    }

    fn skip_unread(&mut self) -> Result<(), ParseError> {
        loop {
            let at = self.at;
            let closing = match self.rest.chars().next() {
                Some(c) if c.is_whitespace() => {
                    self.advance(c.len_utf8());
                    continue;
                }
                Some('"') => "\"",
                _ if self.rest.starts_with("(*") => "*)",
                _ => return Ok(()),
            };
            let opening = closing.len();
            let Some(end) = self.rest[opening..].find(closing) else {
                return Err(ParseError::new(at, format!("{closing} to end what begins here"), "the end".to_owned()));
            };
            self.advance(opening + end + closing.len());
        }
    }

    fn token(&mut self) -> Result<Token, ParseError> {
        let at = self.at;
        let Some(first) = self.rest.chars().next() else { return Ok(Token::End) };
        if let Some(sign) = SIGNS.into_iter().find(|sign| self.rest.starts_with(sign)) {
            self.advance(sign.len());
            return Ok(Token::Sign(sign));
        }
        let of_word = |c: char| c.is_ascii_alphanumeric() || "_.+-".contains(c);
        let word = |rest: &str| rest.find(|c: char| !of_word(c)).unwrap_or(rest.len());
        if first.is_ascii_digit() || first == '-' {
            let sign = usize::from(first == '-');
            let text = self.advance(sign + word(&self.rest[sign..]));
            if text[sign..].bytes().any(|byte| !byte.is_ascii_digit()) {
                return Ok(Token::Name(text.to_owned()));
            }
            return match text.parse() {
                Ok(number) => Ok(Token::Number(number)),
                Err(_) => Err(ParseError::new(at, "a whole number of 64 bits".to_owned(), format!("{text:?}"))),
            };
        }
        if of_word(first) {
            let length = word(self.rest);
            return Ok(Token::Name(self.advance(length).to_owned()));
        }
        Err(ParseError::new(at, "a name, a number or a sign".to_owned(), format!("{first:?}")))
    }
}
