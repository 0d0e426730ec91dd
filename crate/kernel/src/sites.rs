//! The numbers of places in the source: given in the order in which a run comes to them.

use std::panic::Location;

use crate::ids::SiteId;

/// Places that are known without a search.
const RECENT: usize = 16;

/// The places that a run has come to.
pub(crate) struct Sites {
    /// By address. Only looked up, never walked: addresses differ between builds, the numbers do not.
    known: Vec<(usize, SiteId)>,
    /// Those asked for last: a program has few, and asks at each operation.
    recent: [(usize, SiteId); RECENT],
}

/// The place of an entry that is none: nothing lies at this address.
const NOWHERE: (usize, SiteId) = (0, SiteId(0));

impl Default for Sites {
    fn default() -> Self {
        Self { known: Vec::new(), recent: [NOWHERE; RECENT] }
    }
}

impl Sites {
    /// Forgets all.
    pub(crate) fn clear(&mut self) {
        self.known.clear();
        self.recent = [NOWHERE; RECENT];
    }

    /// The number of a place, which `add` gives to one that is new.
    pub(crate) fn number(&mut self, location: &'static Location<'static>, add: impl FnOnce() -> SiteId) -> SiteId {
        let key = std::ptr::from_ref(location).addr();
        let recent = &mut self.recent[key / align_of::<Location<'_>>() % RECENT];
        if recent.0 == key {
            return recent.1;
        }
        let id = match self.known.binary_search_by_key(&key, |&(key, _)| key) {
            Ok(at) => self.known[at].1,
            Err(at) => {
                let id = add();
                self.known.insert(at, (key, id));
                id
            }
        };
        *recent = (key, id);
        id
    }
}
