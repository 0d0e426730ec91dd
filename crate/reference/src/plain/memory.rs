//! A plain variable and a plain map. To write to a map takes from its beginning to its end, and whoever comes upon that
//! ends the program.

use super::{State, Todo};
use crate::program::Op;

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Memory {
    variable: u8,
    /// Keys and values, ascending.
    map: Vec<(u8, u8)>,
    /// Somebody writes to the map.
    pub(super) writing: bool,
}

impl<'a> State<'a> {
    /// Goroutine `g` does something to memory.
    ///
    /// # Errors
    /// Go's fatal error.
    pub(super) fn at_memory(&mut self, g: usize, op: &'a Op) -> Result<(), &'static str> {
        let Memory { map, writing, .. } = &mut self.memory;
        match op {
            Op::Get(_) if *writing => return Err("concurrent map read and map write"),
            Op::Set(..) | Op::Delete(_) if *writing => return Err("concurrent map writes"),
            Op::Get(key) => {
                let got = map.iter().find(|(known, _)| known == key).map(|(_, value)| *value);
                self.says(g, got.map_or_else(|| "get nothing".to_owned(), |value| format!("get {value}")));
            }
            // There is nothing to write.
            Op::Delete(_) if map.is_empty() => {}
            Op::Set(key, _) | Op::Delete(key) => {
                map.retain(|(known, _)| known != key);
                if let Op::Set(_, value) = op {
                    map.push((*key, *value));
                    map.sort_unstable();
                }
                *writing = true;
                self.goroutines[g].todo.push(Todo::Written);
            }
            Op::Write(value) => self.memory.variable = *value,
            _ => self.says(g, format!("read {}", self.memory.variable)),
        }
        Ok(())
    }
}
