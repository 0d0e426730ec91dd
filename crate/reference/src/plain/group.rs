//! An errgroup: goroutines that are waited for together, so many at a time, with the first error of any.

use super::{State, Todo};
use crate::program::{MEMBERS, Op};

#[derive(Clone, PartialEq, Eq, Hash, Default)]
pub(super) struct Group {
    /// How many there is no room for beside.
    room_taken: u8,
    /// How many are waited for. Who has got room is not, until it is started.
    members: u8,
    error: Option<String>,
}

impl Group {
    pub(super) fn is_full(&self) -> bool {
        self.room_taken == MEMBERS
    }

    pub(super) fn is_over(&self) -> bool {
        self.members == 0
    }
}

impl<'a> State<'a> {
    /// Goroutine `g` starts another one in the group, for which there is room, or tries to; or it waits no longer.
    pub(super) fn at_group(&mut self, g: usize, op: &'a Op) {
        match op {
            Op::Member(body, fails) => self.takes_room(g, body, *fails),
            // The path is taken whether or not anybody is started.
            Op::TryMember(..) if self.group.is_full() => {
                self.child_of(g);
                self.says(g, "try go false".to_owned());
            }
            Op::TryMember(body, fails) => {
                self.says(g, "try go true".to_owned());
                self.takes_room(g, body, *fails);
            }
            Op::WaitMembers => {
                let error = self.group.error.as_deref().unwrap_or("<nil>");
                self.says(g, format!("group {error}"));
            }
            _ => unreachable!("it is of no group"),
        }
    }

    fn takes_room(&mut self, g: usize, body: &'a [Op], fails: bool) {
        self.group.room_taken += 1;
        let path = self.child_of(g);
        self.goroutines[g].todo.push(Todo::Join(path, body, fails));
    }

    /// What remains of a start, or of a goroutine of the group.
    pub(super) fn goes_on_in_group(&mut self, g: usize, todo: &Todo<'a>) {
        match todo {
            Todo::Join(path, body, fails) => {
                self.group.members += 1;
                let last = [Todo::LeaveGroup, Todo::MakeRoom].into_iter().chain(fails.then_some(Todo::Fail));
                self.spawn(path.clone(), self.goroutines[g].now, last, None, body);
            }
            Todo::Fail => {
                let path = &self.goroutines[g].path;
                self.group.error.get_or_insert_with(|| path.clone());
            }
            Todo::MakeRoom => self.group.room_taken -= 1,
            Todo::LeaveGroup => self.group.members -= 1,
            _ => unreachable!("it is of no group"),
        }
    }
}
