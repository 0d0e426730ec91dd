//! Sets of steps of one execution.

use smallvec::SmallVec;

/// A set of steps of one execution.
#[derive(Clone, Default, Debug)]
pub(crate) struct Steps(SmallVec<[u64; 2]>);

impl Steps {
    pub(crate) fn of(step: usize) -> Self {
        let mut steps = Self::default();
        steps.add(step);
        steps
    }

    pub(crate) fn between(from: usize, end: usize) -> Self {
        let mut steps = Self::default();
        steps.add_below(end);
        for word in steps.0.iter_mut().take(from / 64) {
            *word = 0;
        }
        if let Some(word) = steps.0.get_mut(from / 64) {
            *word &= u64::MAX << (from % 64);
        }
        steps
    }

    pub(crate) fn has(&self, step: usize) -> bool {
        self.0.get(step / 64).is_some_and(|word| word >> (step % 64) & 1 == 1)
    }

    pub(crate) fn add(&mut self, step: usize) {
        if self.0.len() <= step / 64 {
            self.0.resize(step / 64 + 1, 0);
        }
        self.0[step / 64] |= 1 << (step % 64);
    }

    pub(crate) fn join(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine |= theirs;
        }
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.0.iter().zip(&other.0).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// Takes out all of `other`.
    pub(crate) fn remove(&mut self, other: &Self) {
        for (mine, theirs) in self.0.iter_mut().zip(&other.0) {
            *mine &= !theirs;
        }
    }

    /// The first that is in both.
    pub(crate) fn first_common(&self, other: &Self) -> Option<usize> {
        let mut both = self.0.iter().zip(&other.0).map(|(mine, theirs)| mine & theirs).enumerate();
        both.find(|(_, word)| *word != 0).map(|(nth, word)| nth * 64 + word.trailing_zeros() as usize)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.0.iter().all(|word| *word == 0)
    }

    pub(crate) fn take_out(&mut self, step: usize) {
        self.0[step / 64] &= !(1 << (step % 64));
    }

    /// Takes out all steps from `end` on.
    pub(crate) fn keep_below(&mut self, end: usize) {
        self.0.truncate(end.div_ceil(64));
        if !end.is_multiple_of(64)
            && let Some(word) = self.0.get_mut(end / 64)
        {
            *word &= (1 << (end % 64)) - 1;
        }
    }

    /// Adds all steps before `end`.
    pub(crate) fn add_below(&mut self, end: usize) {
        if self.0.len() * 64 < end {
            self.0.resize(end.div_ceil(64), 0);
        }
        for (nth, word) in self.0.iter_mut().enumerate() {
            let below = end.saturating_sub(nth * 64);
            *word |= if below >= 64 { u64::MAX } else { (1 << below) - 1 };
        }
    }

    /// In ascending order.
    pub(crate) fn iter(&self) -> impl Iterator<Item = usize> + '_ {
        self.0.iter().enumerate().flat_map(|(nth, &word)| {
            let some = |word: u64| Some(word).filter(|&word| word != 0);
            std::iter::successors(some(word), move |word| some(word & (word - 1)))
                .map(move |word| nth * 64 + word.trailing_zeros() as usize)
        })
    }
}

#[cfg(test)]
mod tests {
    use super::Steps;

    #[test]
    fn steps_cross_the_border_of_a_word() {
        let mut steps = Steps::default();
        steps.add_below(65);
        assert_eq!((steps.iter().count(), steps.iter().last()), (65, Some(64)));
        let mut other = Steps::of(130);
        assert!(!steps.meets(&other) && other.has(130) && !other.has(1_000));
        other.join(&steps);
        other.remove(&Steps::of(3));
        assert_eq!(other.iter().take(4).collect::<Vec<_>>(), [0, 1, 2, 4]);
        assert_eq!(other.iter().last(), Some(130));
        assert_eq!(other.first_common(&Steps::of(130)), Some(130));
        assert_eq!(other.first_common(&Steps::of(3)), None);
        other.keep_below(128);
        assert_eq!(other.iter().last(), Some(64));
        other.keep_below(64);
        other.take_out(0);
        assert_eq!((other.iter().next(), other.iter().last()), (Some(1), Some(63)));
        other.keep_below(0);
        assert!(other.is_empty());
    }
}
