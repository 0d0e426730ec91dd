//! Statements about final states, and places that are told beside them.

use std::collections::BTreeSet;

use super::{MAX_DEPTH, ParseError, Parser};
use crate::lexer::Token;
use crate::test::{Condition, Place};

impl Parser {
    /// `locations [x; 0:EAX;]`
    pub(super) fn locations(&mut self) -> Result<BTreeSet<Place>, ParseError> {
        let mut locations = BTreeSet::new();
        if self.take_if_name("locations") {
            self.expect("[")?;
            while !self.take_if("]") {
                locations.insert(self.asked_place()?);
                // Its type.
                self.next += usize::from(matches!(self.peek(), Token::Name(_)));
                if !self.is("]") {
                    self.expect(";")?;
                }
            }
        }
        Ok(locations)
    }

    pub(super) fn either(&mut self) -> Result<Condition, ParseError> {
        self.joined("\\/", Self::both, Condition::Any)
    }

    fn both(&mut self) -> Result<Condition, ParseError> {
        self.joined("/\\", Self::implied, Condition::All)
    }

    /// It binds closer than `/\`, and from the right, as herd has it.
    fn implied(&mut self) -> Result<Condition, ParseError> {
        let one = self.statement()?;
        if !self.is("=>") {
            return Ok(one);
        }
        self.deeper(|parser| {
            parser.next += 1;
            Ok(Condition::Implies(Box::new(one), Box::new(parser.implied()?)))
        })
    }

    fn deeper(
        &mut self,
        read: impl FnOnce(&mut Self) -> Result<Condition, ParseError>,
    ) -> Result<Condition, ParseError> {
        if self.depth == MAX_DEPTH {
            return self.fail(format!("at most {MAX_DEPTH} parentheses, ~ and => within each other"));
        }
        self.depth += 1;
        let condition = read(self)?;
        self.depth -= 1;
        Ok(condition)
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
        self.deeper(|parser| {
            if parser.take_if("~") || parser.take_if_name("not") {
                return Ok(Condition::Not(Box::new(parser.statement()?)));
            }
            if parser.take_if("(") {
                let condition = parser.either()?;
                parser.expect(")")?;
                return Ok(condition);
            }
            if parser.take_if_name("true") {
                return Ok(Condition::True);
            }
            if parser.take_if_name("false") {
                return Ok(Condition::False);
            }
            let place = parser.asked_place()?;
            if parser.take_if("!=") || parser.take_if("<>") {
                return Ok(Condition::Not(Box::new(Condition::Is(place, parser.number()?))));
            }
            if !parser.take_if("==") {
                parser.expect("=")?;
            }
            Ok(Condition::Is(place, parser.number()?))
        })
    }
}
