//! From text to test.

use std::collections::BTreeMap;

use crate::lexer::{At, Token, tokens};
use crate::test::{Condition, Instruction, Litmus, Operand, Place, Quantifier};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Threads, at most, and parentheses within parentheses.
const MAX_THREADS: usize = 16;
const MAX_DEPTH: usize = 64;
/// Instructions, at most, in all threads together.
const MAX_INSTRUCTIONS: usize = 256;

/// Why a text is no litmus test.
#[derive(Clone, PartialEq, Eq, Debug, thiserror::Error)]
#[error("line {line}, column {column}: expected {expected}, found {found}")]
pub struct ParseError {
    /// From 1.
    pub line: u32,
    /// From 1, in characters.
    pub column: u32,
    /// What could have stood there.
    pub expected: String,
    /// What stands there.
    pub found: String,
}

impl ParseError {
    pub(crate) fn new(at: At, expected: String, found: String) -> Self {
        Self { line: at.line, column: at.column, expected, found }
    }
}

/// Reads one test in the `X86` format.
///
/// # Errors
/// The first place where the text is no such test, and what was expected there.
pub fn parse(text: &str) -> Result<Litmus, ParseError> {
    if text.len() > MAX_BYTES {
        let found = "more".to_owned();
        return Err(ParseError::new(At { line: 1, column: 1 }, format!("at most {MAX_BYTES} bytes"), found));
    }
    let mut parser = Parser { tokens: tokens(text)?, next: 0, depth: 0 };
    let litmus = parser.litmus()?;
    parser.expect_end()?;
    Ok(litmus)
}

struct Parser {
    tokens: Vec<(At, Token)>,
    next: usize,
    depth: usize,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)].1
    }

    fn is(&self, sign: &'static str) -> bool {
        *self.peek() == Token::Sign(sign)
    }

    fn fail<T>(&self, expected: impl Into<String>) -> Result<T, ParseError> {
        let (at, token) = &self.tokens[self.next.min(self.tokens.len() - 1)];
        Err(ParseError::new(*at, expected.into(), token.shown()))
    }

    fn take_if(&mut self, sign: &'static str) -> bool {
        let is = self.is(sign);
        self.next += usize::from(is);
        is
    }

    fn expect(&mut self, sign: &'static str) -> Result<(), ParseError> {
        if self.take_if(sign) { Ok(()) } else { self.fail(format!("{sign:?}")) }
    }

    fn expect_end(&self) -> Result<(), ParseError> {
        if *self.peek() == Token::End { Ok(()) } else { self.fail("the end") }
    }

    fn name(&mut self, what: &str) -> Result<String, ParseError> {
        let Token::Name(name) = self.peek() else { return self.fail(what) };
        let name = name.clone();
        self.next += 1;
        Ok(name)
    }

    fn number(&mut self) -> Result<i64, ParseError> {
        let Token::Number(number) = *self.peek() else { return self.fail("a whole number") };
        self.next += 1;
        Ok(number)
    }

    fn litmus(&mut self) -> Result<Litmus, ParseError> {
        if !matches!(self.peek(), Token::Name(name) if name == "X86") {
            return self.fail("\"X86\", the architecture of the test");
        }
        self.next += 1;
        let mut name = self.test_name()?;
        // A description without quotes, such as `Cycle=…`, is skipped.
        while !self.is("{") {
            if *self.peek() == Token::End {
                return self.fail("\"{\", the initial state");
            }
            self.next += 1;
        }
        let initial = self.initial()?;
        let threads = self.threads()?;
        let (quantifier, condition) = self.question()?;
        if name.is_empty() {
            "unnamed".clone_into(&mut name);
        }
        Ok(Litmus { name, initial, threads, quantifier, condition })
    }

    /// Names may contain what is a sign elsewhere: everything up to the initial state's line, without spaces.
    fn test_name(&mut self) -> Result<String, ParseError> {
        let line = self.tokens[self.next.saturating_sub(1)].0.line;
        let mut name = String::new();
        while !self.is("{") && self.tokens[self.next.min(self.tokens.len() - 1)].0.line == line {
            match self.peek() {
                Token::Name(part) => name.push_str(part),
                Token::Number(number) => name.push_str(&number.to_string()),
                Token::Sign(sign) => name.push_str(sign),
                Token::End => return self.fail("a name for the test"),
            }
            self.next += 1;
        }
        Ok(name)
    }

    fn initial(&mut self) -> Result<BTreeMap<Place, i64>, ParseError> {
        let mut initial = BTreeMap::new();
        self.expect("{")?;
        while !self.take_if("}") {
            let place = self.place()?;
            self.expect("=")?;
            let value = self.number()?;
            initial.insert(place, value);
            if !self.is("}") {
                self.expect(";")?;
            }
        }
        Ok(initial)
    }

    /// `x`, `[x]` or `0:EAX`.
    fn place(&mut self) -> Result<Place, ParseError> {
        if self.take_if("[") {
            let word = Place::Word(self.name("the name of a word")?);
            self.expect("]")?;
            return Ok(word);
        }
        if let Token::Number(thread) = *self.peek() {
            let Ok(thread) = usize::try_from(thread) else { return self.fail("a thread's number") };
            self.next += 1;
            self.expect(":")?;
            return Ok(Place::Register(thread, self.register()?));
        }
        Ok(Place::Word(self.name("a word such as x, or a register such as 0:EAX")?))
    }

    fn register(&mut self) -> Result<String, ParseError> {
        self.name("a register").map(|name| name.to_ascii_uppercase())
    }

    fn threads(&mut self) -> Result<Vec<Vec<Instruction>>, ParseError> {
        let mut count = 0;
        loop {
            let header = format!("P{count}");
            if !matches!(self.peek(), Token::Name(name) if *name == header) {
                return self.fail(format!("\"{header}\", the head of a thread's column"));
            }
            if count == MAX_THREADS {
                return self.fail(format!("at most {MAX_THREADS} threads"));
            }
            self.next += 1;
            count += 1;
            if !self.take_if("|") {
                break;
            }
        }
        self.expect(";")?;
        let mut threads = vec![Vec::new(); count];
        let mut instructions = 0;
        while !self.at_question() {
            for (nth, thread) in threads.iter_mut().enumerate() {
                if nth > 0 {
                    self.expect("|")?;
                }
                if !matches!(self.peek(), Token::Sign("|" | ";")) {
                    instructions += 1;
                    if instructions > MAX_INSTRUCTIONS {
                        return self.fail(format!("at most {MAX_INSTRUCTIONS} instructions"));
                    }
                    thread.push(self.instruction()?);
                }
            }
            self.expect(";")?;
        }
        Ok(threads)
    }

    fn at_question(&self) -> bool {
        self.is("~")
            || matches!(self.peek(), Token::Name(name) if ["exists", "forall", "locations", "filter"].contains(&name.as_str()))
    }

    fn instruction(&mut self) -> Result<Instruction, ParseError> {
        let known = "MOV, MFENCE or XCHG";
        let at = self.next;
        let name = self.name(known)?.to_ascii_uppercase();
        match name.as_str() {
            "MFENCE" => Ok(Instruction::Fence),
            "MOV" | "MOVL" | "MOVQ" => self.operands(),
            "XCHG" | "XCHGL" => {
                let (word, register) = if self.is("[") {
                    let word = self.word()?;
                    self.expect(",")?;
                    (word, self.register()?)
                } else {
                    let register = self.register()?;
                    self.expect(",")?;
                    (self.word()?, register)
                };
                Ok(Instruction::Exchange(word, register))
            }
            _ => {
                self.next = at;
                self.fail(known)
            }
        }
    }

    fn operands(&mut self) -> Result<Instruction, ParseError> {
        if self.is("[") {
            let word = self.word()?;
            self.expect(",")?;
            return Ok(Instruction::Store(word, self.operand()?));
        }
        let register = self.register()?;
        self.expect(",")?;
        if self.is("[") {
            return Ok(Instruction::Load(register, self.word()?));
        }
        Ok(Instruction::Move(register, self.operand()?))
    }

    fn word(&mut self) -> Result<String, ParseError> {
        self.expect("[")?;
        let word = self.name("the name of a word")?;
        self.expect("]")?;
        Ok(word)
    }

    fn operand(&mut self) -> Result<Operand, ParseError> {
        if self.take_if("$") {
            return self.number().map(Operand::Constant);
        }
        self.register().map(Operand::Register)
    }

    fn question(&mut self) -> Result<(Quantifier, Condition), ParseError> {
        let negated = self.take_if("~");
        let what = "\"exists\", \"~exists\" or \"forall\"";
        let at = self.next;
        let quantifier = match (negated, self.name(what)?.as_str()) {
            (false, "exists") => Quantifier::Exists,
            (true, "exists") => Quantifier::NotExists,
            (false, "forall") => Quantifier::ForAll,
            _ => {
                self.next = at;
                return self.fail(what);
            }
        };
        Ok((quantifier, self.either()?))
    }

    fn either(&mut self) -> Result<Condition, ParseError> {
        self.joined("\\/", Self::both, Condition::Any)
    }

    fn both(&mut self) -> Result<Condition, ParseError> {
        self.joined("/\\", Self::statement, Condition::All)
    }

    /// One or several, with this sign between them.
    fn joined(
        &mut self,
        sign: &'static str,
        one: fn(&mut Self) -> Result<Condition, ParseError>,
        join: fn(Vec<Condition>) -> Condition,
    ) -> Result<Condition, ParseError> {
        let first = one(self)?;
        let mut conditions = vec![first];
        while self.take_if(sign) {
            conditions.push(one(self)?);
        }
        Ok(if conditions.len() == 1 { conditions.remove(0) } else { join(conditions) })
    }

    fn statement(&mut self) -> Result<Condition, ParseError> {
        if self.depth == MAX_DEPTH {
            return self.fail(format!("at most {MAX_DEPTH} parentheses and ~ within each other"));
        }
        self.depth += 1;
        let statement = if self.take_if("~") {
            Condition::Not(Box::new(self.statement()?))
        } else if self.take_if("(") {
            let condition = self.either()?;
            self.expect(")")?;
            condition
        } else if matches!(self.peek(), Token::Name(name) if name == "true") {
            self.next += 1;
            Condition::True
        } else {
            let place = self.place()?;
            self.expect("=")?;
            Condition::Is(place, self.number()?)
        };
        self.depth -= 1;
        Ok(statement)
    }
}
