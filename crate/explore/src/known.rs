//! Who and what is known by which name in one run.
//!
//! A run that repeats the beginning of another one has the same goroutines and objects there, in the same order: what
//! was learnt of them need not be learnt again.

use chanscope_kernel::{GoroutineId, Run};

use crate::names::{Names, Thing, Who};

#[derive(Default)]
pub(crate) struct Known {
    /// By goroutine of this run.
    pub(crate) who: Vec<Who>,
    /// By name.
    goroutine: Vec<Option<GoroutineId>>,
    /// By object of this run: its name, and who made it, as an index in `made`.
    pub(crate) things: Vec<Thing>,
    makers: Vec<usize>,
    /// By name of a goroutine, nobody first: how many objects it has made.
    made: Vec<u32>,
}

/// How many goroutines and objects are known by name.
#[derive(Clone, Copy, Default, PartialEq, Eq, Debug)]
pub(crate) struct KnownSize {
    goroutines: usize,
    objects: usize,
}

impl Known {
    pub(crate) fn size(&self) -> KnownSize {
        KnownSize { goroutines: self.who.len(), objects: self.things.len() }
    }

    /// The goroutine of that name, where it was born.
    pub(crate) fn goroutine(&self, who: Who) -> Option<GoroutineId> {
        self.goroutine.get(who as usize).copied().flatten()
    }

    /// Forgets all but the first so many.
    pub(crate) fn shorten(&mut self, size: KnownSize) {
        for name in self.who.drain(size.goroutines..) {
            self.goroutine[name as usize] = None;
        }
        for maker in self.makers.drain(size.objects..) {
            self.made[maker] -= 1;
        }
        self.things.truncate(size.objects);
    }

    /// Learns the names of those that are new in the run.
    pub(crate) fn learn(&mut self, run: &Run, names: &mut Names) {
        let Self { who, goroutine, things, makers, made } = self;
        let here =
            run.trace(|trace| KnownSize { goroutines: trace.goroutines().len(), objects: trace.objects().len() });
        if here.goroutines <= who.len() && here.objects <= things.len() {
            return;
        }
        run.moment(|moment| {
            run.trace(|trace| {
                for (index, info) in trace.goroutines().iter().enumerate().skip(who.len()) {
                    let id = GoroutineId(u32::try_from(index).expect("goroutines are limited"));
                    let name = names.goroutine(index, moment.path_number(id), &info.path);
                    if goroutine.len() <= name as usize {
                        goroutine.resize(name as usize + 1, None);
                    }
                    goroutine[name as usize] = Some(id);
                    who.push(name);
                }
                for object in &trace.objects()[things.len()..] {
                    let maker = object.creator.map(|id| who[id.index()]);
                    let slot = maker.map_or(0, |maker| maker as usize + 1);
                    if made.len() <= slot {
                        made.resize(slot + 1, 0);
                    }
                    things.push(names.thing(maker, made[slot]));
                    made[slot] += 1;
                    makers.push(slot);
                }
            });
        });
    }
}
