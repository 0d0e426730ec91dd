//! Names for goroutines, objects and the places that steps touch, the same in every execution of one program.
//!
//! Within a run they are numbered in the order in which they came to be, which differs between interleavings. Grows
//! with the program, not with the executions: a goroutine is its path of births, an object is who made it and the
//! how-manieth of his it is.

use std::collections::BTreeMap;

use chanscope_kernel::Path;

/// A goroutine, in every execution.
pub(crate) type Who = u32;
/// A goroutine's step: how many it has taken before.
pub(crate) type StepOf = (Who, usize);
/// An object, in every execution.
pub(crate) type Thing = u32;
/// A part of an object that can be touched independently of its other parts.
pub(crate) type Place = u32;

#[derive(Default)]
pub(crate) struct Names {
    /// By [`Who`]: the number that belongs to its path, and the path.
    goroutines: Vec<(u64, Path)>,
    /// By maker, nobody first, and then in the order in which he made them.
    things: Vec<Vec<Thing>>,
    /// By [`Thing`]: its parts and their places. Few, but for the slots of a large buffer.
    places: Vec<Vec<((u8, u32), Place)>>,
    known_places: Place,
    texts: BTreeMap<String, u32>,
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

    /// The name of the goroutine of that path, where it has one.
    pub(crate) fn who(&self, path: &Path) -> Option<Who> {
        (0..).zip(&self.goroutines).find(|(_, (_, known))| known == path).map(|(who, _)| who)
    }

    pub(crate) fn path(&self, who: Who) -> &Path {
        &self.goroutines[who as usize].1
    }

    pub(crate) fn is_main(&self, who: Who) -> bool {
        self.goroutines[who as usize].1 == Path::main()
    }

    /// The name of the `nth` object, from 0, that `maker` has made.
    pub(crate) fn thing(&mut self, maker: Option<Who>, nth: u32) -> Thing {
        let (maker, nth) = (maker.map_or(0, |maker| maker as usize + 1), nth as usize);
        if self.things.len() <= maker {
            self.things.resize_with(maker + 1, Vec::new);
        }
        let made = &mut self.things[maker];
        while made.len() <= nth {
            made.push(Thing::try_from(self.places.len()).expect("objects are limited"));
            self.places.push(Vec::new());
        }
        made[nth]
    }

    pub(crate) fn place(&mut self, thing: Thing, aspect: u8, index: u32) -> Place {
        let places = &mut self.places[thing as usize];
        if let Some((_, place)) = places.iter().find(|(part, _)| *part == (aspect, index)) {
            return *place;
        }
        let place = self.known_places;
        self.known_places += 1;
        places.push(((aspect, index), place));
        place
    }

    /// A number for a text.
    pub(crate) fn text(&mut self, text: &str) -> u32 {
        if let Some(&number) = self.texts.get(text) {
            return number;
        }
        let number = u32::try_from(self.texts.len()).expect("texts are limited");
        self.texts.insert(text.to_owned(), number);
        number
    }
}
