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
    }
}
