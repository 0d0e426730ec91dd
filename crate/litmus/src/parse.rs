//! From text to test.

mod condition;

use std::collections::BTreeMap;
use std::str;

use crate::lexer::{At, Token, tokens};
use crate::test::{Condition, Instruction, Litmus, Operand, Place, Quantifier};

/// The longest text that is read, in bytes.
pub const MAX_BYTES: usize = 64 * 1024;

/// Threads, at most, and conditions within conditions.
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

/// What is a register wherever it stands.
const REGISTERS: [&str; 16] =
    ["EAX", "EBX", "ECX", "EDX", "ESI", "EDI", "EBP", "ESP", "RAX", "RBX", "RCX", "RDX", "RSI", "RDI", "RBP", "RSP"];

const INSTRUCTIONS: &str = "MOV, MFENCE or XCHG";
const QUESTIONS: &str = "\"exists\", \"~exists\" or \"forall\"";

/// Reads one test in the `X86` format.
///
/// # Errors
/// The first place where the text is no such test, and what was expected there.
pub fn parse(text: impl AsRef<[u8]>) -> Result<Litmus, ParseError> {
    let bytes = text.as_ref();
    if bytes.len() > MAX_BYTES {
        return Err(ParseError::new(At::default(), format!("at most {MAX_BYTES} bytes"), "more".to_owned()));
    }
    let text = readable(bytes)?;
    // Editors put a byte order mark before a text; it is nothing to read.
    let tokens = tokens(text.strip_prefix('\u{feff}').unwrap_or(text))?;
    let mut parser = Parser { tokens, ..Parser::default() };
    let litmus = parser.litmus()?;
    parser.take_if(";");
    parser.expect_end()?;
    Ok(litmus)
}

fn readable(bytes: &[u8]) -> Result<&str, ParseError> {
    str::from_utf8(bytes).map_err(|error| {
        let (before, after) = bytes.split_at(error.valid_up_to());
        let before = str::from_utf8(before).expect("so far it is valid");
        ParseError::new(At::default().after(before), "text in UTF-8".to_owned(), format!("the byte 0x{:02x}", after[0]))
    })
}

#[derive(Default)]
struct Parser {
    tokens: Vec<(At, Token)>,
    next: usize,
    depth: usize,
    /// Registers that hold a word's address from the start, by thread.
    addresses: BTreeMap<(usize, String), String>,
    /// Threads of which registers are spoken of, and where.
    spoken_of: Vec<(At, usize)>,
}

impl Parser {
    fn peek(&self) -> &Token {
        &self.tokens[self.next.min(self.tokens.len() - 1)].1
    }

    fn at(&self) -> At {
        self.tokens[self.next.min(self.tokens.len() - 1)].0
    }

    fn is_name(&self, names: &[&str]) -> bool {
        matches!(self.peek(), Token::Name(name) if names.contains(&name.as_str()))
    }

    fn take_if_name(&mut self, name: &str) -> bool {
        let is = self.is_name(&[name]);
        self.next += usize::from(is);
        is
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
        let locations = self.locations()?;
        let filter = if self.take_if_name("filter") { self.either()? } else { Condition::True };
        let (quantifier, condition) = self.question()?;
        self.check_threads(threads.len())?;
        if name.is_empty() {
            "unnamed".clone_into(&mut name);
        }
        Ok(Litmus { name, initial, threads, locations, filter, quantifier, condition })
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
        let mut given: BTreeMap<Place, At> = BTreeMap::new();
        self.expect("{")?;
        while !self.take_if("}") {
            if self.take_if(";") {
                continue;
            }
            self.skip_type();
            let (at, found) = (self.at(), self.peek().shown());
            let place = self.place()?;
            if let Some(first) = given.insert(place.clone(), at) {
                let expected = format!("one initial value of {place}, which has one from {first}");
                return Err(ParseError::new(at, expected, found));
            }
            // Without a value it is 0.
            if self.take_if("=") {
                match (&place, self.peek().clone()) {
                    (Place::Register(thread, register), Token::Name(word)) => {
                        self.addresses.insert((*thread, register.clone()), word);
                        self.next += 1;
                    }
                    _ => drop(initial.insert(place, self.number()?)),
                }
            }
            if !self.is("}") {
                self.expect(";")?;
            }
        }
        Ok(initial)
    }

    /// `int x`, `_Atomic uint64_t x`, `int64_t 0:EAX`: widths play no part.
    fn skip_type(&mut self) {
        self.take_if_name("_Atomic");
        let named = matches!(self.peek(), Token::Name(_));
        let after = self.tokens.get(self.next + 1).map(|(_, token)| token);
        self.next += usize::from(named && matches!(after, Some(Token::Name(_) | Token::Number(_) | Token::Sign("["))));
    }

    /// `x`, `[x]`, `0:EAX` or `P0:EAX`.
    fn place(&mut self) -> Result<Place, ParseError> {
        if self.take_if("[") {
            let word = Place::Word(self.name("the name of a word")?);
            self.expect("]")?;
            return Ok(word);
        }
        let at = self.at();
        let thread = match self.peek() {
            Token::Number(thread) => Some(usize::try_from(*thread).ok()),
            Token::Name(name) => name.strip_prefix('P').and_then(|thread| thread.parse().ok()).map(Some),
            _ => None,
        };
        let is_register = self.tokens.get(self.next + 1).is_some_and(|(_, token)| *token == Token::Sign(":"));
        match thread {
            Some(None) => self.fail("a thread's number"),
            Some(Some(thread)) if is_register || matches!(self.peek(), Token::Number(_)) => {
                self.next += 1;
                self.expect(":")?;
                self.spoken_of.push((at, thread));
                Ok(Place::Register(thread, self.register()?))
            }
            _ => Ok(Place::Word(self.name("a word such as x, or a register such as 0:EAX")?)),
        }
    }

    /// A place whose value is a number.
    fn asked_place(&mut self) -> Result<Place, ParseError> {
        let (at, found) = (self.at(), self.peek().shown());
        let place = self.place()?;
        match &place {
            Place::Register(thread, name) if self.addresses.contains_key(&(*thread, name.clone())) => {
                Err(ParseError::new(at, format!("a place that holds no address, as {place} does"), found))
            }
            _ => Ok(place),
        }
    }

    fn check_threads(&self, threads: usize) -> Result<(), ParseError> {
        let Some((at, missing)) = self.spoken_of.iter().find(|(_, thread)| *thread >= threads) else { return Ok(()) };
        let expected = match threads {
            1 => "thread 0, the only one there is".to_owned(),
            _ => format!("a thread from 0 to {}, as there are {threads} threads", threads - 1),
        };
        Err(ParseError::new(*at, expected, missing.to_string()))
    }

    fn register(&mut self) -> Result<String, ParseError> {
        self.name("a register").map(|name| name.to_ascii_uppercase())
    }

    /// A register that an instruction reads or writes as a number.
    fn number_register(&mut self, thread: usize) -> Result<String, ParseError> {
        let at = self.next;
        let register = self.register()?;
        if self.addresses.contains_key(&(thread, register.clone())) {
            self.next = at;
            return self.fail("a register without an address; one that holds an address is read here as [RBX] only");
        }
        Ok(register)
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
                    thread.push(self.instruction(nth)?);
                }
            }
            self.expect(";")?;
        }
        Ok(threads)
    }

    fn at_question(&self) -> bool {
        self.is("~") || self.is_name(&["exists", "forall", "not", "locations", "filter"])
    }

    fn instruction(&mut self, thread: usize) -> Result<Instruction, ParseError> {
        // A row begins with the first thread's, and after the last row comes the question.
        let known = match thread {
            0 => format!("{INSTRUCTIONS}, or the condition after {QUESTIONS}"),
            _ => INSTRUCTIONS.to_owned(),
        };
        let at = self.next;
        let name = self.name(&known)?.to_ascii_uppercase();
        match name.as_str() {
            "MFENCE" => Ok(Instruction::Fence),
            "MOV" | "MOVL" | "MOVQ" => self.operands(thread),
            "XCHG" | "XCHGL" => self.exchanged(thread),
            _ => {
                self.next = at;
                self.fail(known)
            }
        }
    }

    fn exchanged(&mut self, thread: usize) -> Result<Instruction, ParseError> {
        if self.is("[") {
            let word = self.word(thread)?;
            self.expect(",")?;
            return Ok(Instruction::Exchange(word, self.number_register(thread)?));
        }
        let register = self.number_register(thread)?;
        self.expect(",")?;
        if self.is("[") {
            return Ok(Instruction::Exchange(self.word(thread)?, register));
        }
        Ok(Instruction::Swap(register, self.number_register(thread)?))
    }

    fn operands(&mut self, thread: usize) -> Result<Instruction, ParseError> {
        if self.is("[") {
            let word = self.word(thread)?;
            self.expect(",")?;
            return Ok(Instruction::Store(word, self.operand(thread)?));
        }
        let register = self.number_register(thread)?;
        self.expect(",")?;
        if self.is("[") {
            return Ok(Instruction::Load(register, self.word(thread)?));
        }
        Ok(Instruction::Move(register, self.operand(thread)?))
    }

    /// `[x]`, or `[RBX]` where that register holds the address of a word.
    fn word(&mut self, thread: usize) -> Result<String, ParseError> {
        self.expect("[")?;
        let at = self.next;
        let name = self.name("the name of a word")?;
        let register = name.to_ascii_uppercase();
        let is_register = REGISTERS.contains(&register.as_str());
        let word = match self.addresses.get(&(thread, register)) {
            Some(word) => word.clone(),
            None if is_register => {
                self.next = at;
                return self.fail("a word, or a register to which the initial state gives the address of one");
            }
            None => name,
        };
        self.expect("]")?;
        Ok(word)
    }

    fn operand(&mut self, thread: usize) -> Result<Operand, ParseError> {
        if self.take_if("$") || matches!(self.peek(), Token::Number(_)) {
            return self.number().map(Operand::Constant);
        }
        self.number_register(thread).map(Operand::Register)
    }

    fn question(&mut self) -> Result<(Quantifier, Condition), ParseError> {
        let negated = self.take_if("~") || self.take_if_name("not");
        let at = self.next;
        let quantifier = match (negated, self.name(QUESTIONS)?.as_str()) {
            (false, "exists") => Quantifier::Exists,
            (true, "exists") => Quantifier::NotExists,
            (false, "forall") => Quantifier::ForAll,
            _ => {
                self.next = at;
                return self.fail(QUESTIONS);
            }
        };
        Ok((quantifier, self.either()?))
    }
}
