//! A litmus test's text, cut into what it is made of, each with its place.

use std::fmt;

use crate::parse::ParseError;

/// Line and column, from 1, in characters.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct At {
    pub(crate) line: u32,
    pub(crate) column: u32,
}

impl Default for At {
    /// Where a text begins.
    fn default() -> Self {
        Self { line: 1, column: 1 }
    }
}

impl At {
    /// The place after this text, which begins here.
    pub(crate) fn after(self, text: &str) -> Self {
        let next = |at: Self, character| match character {
            '\n' => Self { line: at.line + 1, column: 1 },
            _ => Self { column: at.column + 1, ..at },
        };
        text.chars().fold(self, next)
    }
}

impl fmt::Display for At {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "line {}, column {}", self.line, self.column)
    }
}

#[derive(Clone, PartialEq, Eq, Debug)]
pub(crate) enum Token {
    Name(String),
    Number(i64),
    /// One of [`SIGNS`].
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

/// What begins with another sign comes before it.
const SIGNS: [&str; 19] =
    ["/\\", "\\/", "=>", "==", "!=", "<>", "{", "}", "[", "]", "(", ")", "=", ";", ",", "|", ":", "$", "~"];

/// All tokens, the last of which is the end. Comments are `(* … *)`, also within each other, and texts in quotes are
/// descriptions.
pub(crate) fn tokens(text: &str) -> Result<Vec<(At, Token)>, ParseError> {
    let mut lexer = Lexer { rest: text, at: At::default() };
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
        self.at = self.at.after(read);
        self.rest = rest;
        read
    }

    fn skip_unread(&mut self) -> Result<(), ParseError> {
        while let Some(first) = self.rest.chars().next() {
            if first.is_whitespace() {
                self.advance(first.len_utf8());
            } else if first == '"' {
                let end = self.rest[1..].find('"').map(|end| end + 2);
                self.skip("\"", end)?;
            } else if self.rest.starts_with("(*") {
                self.skip("*)", end_of_comment(self.rest))?;
            } else {
                break;
            }
        }
        Ok(())
    }

    /// Skips what ends there.
    fn skip(&mut self, closing: &str, end: Option<usize>) -> Result<(), ParseError> {
        let unclosed = || ParseError::new(self.at, format!("{closing} to end what begins here"), "the end".to_owned());
        let end = end.ok_or_else(unclosed)?;
        self.advance(end);
        Ok(())
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
            let hexadecimal = text.strip_prefix("0x").or_else(|| text.strip_prefix("0X"));
            let number = match hexadecimal {
                Some(digits) if digits.bytes().all(|byte| byte.is_ascii_hexdigit()) && !digits.is_empty() => {
                    i64::from_str_radix(digits, 16)
                }
                _ if text[sign..].bytes().all(|byte| byte.is_ascii_digit()) => text.parse(),
                _ => return Ok(Token::Name(text.to_owned())),
            };
            return match number {
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

/// Where the comment ends that the text begins with; those within it end before.
fn end_of_comment(text: &str) -> Option<usize> {
    let mut depth = 0_usize;
    let mut at = 0;
    while at < text.len() {
        let rest = &text.as_bytes()[at..];
        if rest.starts_with(b"(*") {
            (depth, at) = (depth + 1, at + 2);
        } else if rest.starts_with(b"*)") {
            (depth, at) = (depth - 1, at + 2);
            if depth == 0 {
                return Some(at);
            }
        } else {
            at += 1;
        }
    }
    None
}
