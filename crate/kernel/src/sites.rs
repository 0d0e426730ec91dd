//! The numbers of places in the source: given in the order in which a run comes to them.

use std::panic::Location;

use crate::ids::SiteId;

/// Places that are known without a search.
const RECENT: usize = 16;

/// The places that a run has come to.
#[derive(Default)]
pub(crate) struct Sites {
    /// By address. Only looked up, never walked: addresses differ between builds, the numbers do not.
    known: Vec<(usize, SiteId)>,
    /// Those asked for last: a program has few, and asks at each operation.
    recent: [Option<(usize, SiteId)>; RECENT],
}

impl Sites {
    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
        self.recent = [None; RECENT];
    }

    /// The number of a place, which `add` gives to one that is new.
    pub(crate) fn number(&mut self, location: &'static Location<'static>, add: impl FnOnce() -> SiteId) -> SiteId {
        let key = std::ptr::from_ref(location).addr();
        let recent = &mut self.recent[key / align_of::<Location<'_>>() % RECENT];
        if let Some((known, id)) = *recent
            && known == key
        {
            return id;
        }
        let id = match self.known.binary_search_by_key(&key, |&(key, _)| key) {
            Ok(at) => self.known[at].1,
            Err(at) => {
                let id = add();
                self.known.insert(at, (key, id));
                id
            }
        };
        *recent = Some((key, id));
        id
    }
}
