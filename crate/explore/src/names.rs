//! Names for goroutines, objects and the places that steps touch, the same in every execution of one program.
//!
//! Within a run they are numbered in the order in which they came to be, which differs between interleavings. Grows
//! with the program, not with the executions: a goroutine is its path of births, an object is who made it and the
//! how-manieth of his it is.

use std::collections::BTreeMap;

use chanscope_kernel::Path;

/// A goroutine, in every execution.
pub(crate) type Who = u32;
/// An object, in every execution.
pub(crate) type Thing = u32;
/// A part of an object that can be touched independently of its other parts.
pub(crate) type Place = u32;

#[derive(Default)]
pub(crate) struct Names {
    /// By [`Who`]: the number that belongs to its path, and the path.
    goroutines: Vec<(u64, Path)>,
    things: BTreeMap<(Option<Who>, u32), Thing>,
    places: BTreeMap<(Thing, u8, u32), Place>,
}

impl Names {
    /// The name of a goroutine. Looks near `hint` first: goroutines tend to be born in the same order.
    pub(crate) fn goroutine(&mut self, hint: usize, number: u64, path: &Path) -> Who {
        let known = self.goroutines.get(hint).filter(|known| known.0 == number).map(|_| hint);
        let known = known.or_else(|| self.goroutines.iter().position(|known| known.0 == number));
        let index = known.unwrap_or_else(|| {
            self.goroutines.push((number, path.clone()));
            self.goroutines.len() - 1
        });
        Who::try_from(index).expect("goroutines are limited")
    }

    pub(crate) fn is_main(&self, who: Who) -> bool {
        self.goroutines[who as usize].1 == Path::main()
    }

    pub(crate) fn thing(&mut self, maker: Option<Who>, nth: u32) -> Thing {
        let next = Thing::try_from(self.things.len()).expect("objects are limited");
        *self.things.entry((maker, nth)).or_insert(next)
    }

    pub(crate) fn place(&mut self, thing: Thing, aspect: u8, index: u32) -> Place {
        let next = Place::try_from(self.places.len()).expect("places are limited");
        *self.places.entry((thing, aspect, index)).or_insert(next)
    }
}
