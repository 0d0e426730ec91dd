//! Sets of steps of one execution.

/// A set of steps of one execution.
///
/// Nearly all executions have few steps. The first 64 are a word of its own, and only what has more takes memory, which
/// a set keeps when it is [cleared](Self::clear).
#[derive(Default, Debug)]
pub(crate) struct Steps {
    first: u64,
    /// From step 64 on.
    rest: Vec<u64>,
}

impl Clone for Steps {
    fn clone(&self) -> Self {
        // There is mostly nothing to copy, and finding that out takes longer.
        let rest = if self.rest.is_empty() { Vec::new() } else { self.rest.clone() };
        Self { first: self.first, rest }
    }

    fn clone_from(&mut self, other: &Self) {
        self.first = other.first;
        if !self.rest.is_empty() || !other.rest.is_empty() {
            self.rest.clone_from(&other.rest);
        }
    }
}

/// The bits below `end`.
fn below(end: usize) -> u64 {
    if end >= 64 { u64::MAX } else { (1 << end) - 1 }
}

impl Steps {
    pub(crate) fn of(step: usize) -> Self {
        let mut steps = Self::default();
        steps.add(step);
        steps
    }

    pub(crate) fn between(from: usize, end: usize) -> Self {
        let mut steps = Self::default();
        steps.add_below(end);
        steps.first &= !below(from);
        for (word, start) in steps.rest.iter_mut().zip((64..).step_by(64)) {
            *word &= !below(from.saturating_sub(start));
        }
        steps
    }

    pub(crate) fn clear(&mut self) {
        self.first = 0;
        self.rest.clear();
    }

    pub(crate) fn has(&self, step: usize) -> bool {
        let word = if step < 64 { self.first } else { self.rest.get(step / 64 - 1).copied().unwrap_or(0) };
        word >> (step % 64) & 1 == 1
    }

    pub(crate) fn add(&mut self, step: usize) {
        if step < 64 {
            self.first |= 1 << step;
        } else {
            self.add_to_rest(step);
        }
    }

    #[cold]
    fn add_to_rest(&mut self, step: usize) {
        self.make_room(step / 64);
        self.rest[step / 64 - 1] |= 1 << (step % 64);
    }

    fn make_room(&mut self, words: usize) {
        if self.rest.len() < words {
            self.rest.resize(words, 0);
        }
    }

    pub(crate) fn join(&mut self, other: &Self) {
        self.first |= other.first;
        if !other.rest.is_empty() {
            self.join_rest(other);
        }
    }

    #[cold]
    fn join_rest(&mut self, other: &Self) {
        self.make_room(other.rest.len());
        for (mine, theirs) in self.rest.iter_mut().zip(&other.rest) {
            *mine |= theirs;
        }
    }

    pub(crate) fn meets(&self, other: &Self) -> bool {
        self.first & other.first != 0 || self.rest.iter().zip(&other.rest).any(|(mine, theirs)| mine & theirs != 0)
    }

    /// Whether each is one of `others`, or `step`.
    pub(crate) fn is_of(&self, others: &Self, step: usize) -> bool {
        let words = std::iter::once(self.first).chain(self.rest.iter().copied());
        let theirs = std::iter::once(others.first).chain(others.rest.iter().copied()).chain(std::iter::repeat(0));
        words.zip(theirs).zip((0..).step_by(64)).all(|((mine, theirs), start)| {
            let more = mine & !theirs;
            more == 0 || (more.is_power_of_two() && start + more.trailing_zeros() as usize == step)
        })
    }

    /// Takes out all of `other`.
    pub(crate) fn remove(&mut self, other: &Self) {
        self.first &= !other.first;
        for (mine, theirs) in self.rest.iter_mut().zip(&other.rest) {
            *mine &= !theirs;
        }
    }

    /// Takes out all but those of `other`.
    pub(crate) fn keep_only(&mut self, other: &Self) {
        self.first &= other.first;
        self.rest.truncate(other.rest.len());
        for (mine, theirs) in self.rest.iter_mut().zip(&other.rest) {
            *mine &= theirs;
        }
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.rest.iter().fold(self.first.count_ones(), |sum, word| sum + word.count_ones()) as usize
    }

    pub(crate) fn first(&self) -> Option<usize> {
        self.iter().next()
    }

    /// The first that is in both.
    pub(crate) fn first_common(&self, other: &Self) -> Option<usize> {
        let common = self.first & other.first;
        if common != 0 {
            return Some(common.trailing_zeros() as usize);
        }
        let mut both = self.rest.iter().zip(&other.rest).map(|(mine, theirs)| mine & theirs).zip((64..).step_by(64));
        both.find(|(word, _)| *word != 0).map(|(word, start)| start + word.trailing_zeros() as usize)
    }

    /// The last one before `end`.
    pub(crate) fn last_below(&self, end: usize) -> Option<usize> {
        for (nth, &word) in self.rest.iter().enumerate().rev() {
            let start = 64 * (nth + 1);
            let word = word & below(end.saturating_sub(start));
            if word != 0 {
                return Some(start + word.ilog2() as usize);
            }
        }
        let word = self.first & below(end);
        (word != 0).then(|| word.ilog2() as usize)
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.first == 0 && self.rest.iter().all(|word| *word == 0)
    }

    pub(crate) fn take_out(&mut self, step: usize) {
        if step < 64 {
            self.first &= !(1 << step);
        } else if let Some(word) = self.rest.get_mut(step / 64 - 1) {
            *word &= !(1 << (step % 64));
        }
    }

    /// Takes out all steps from `end` on.
    pub(crate) fn keep_below(&mut self, end: usize) {
        self.first &= below(end);
        if !self.rest.is_empty() {
            self.rest.truncate(end.div_ceil(64).saturating_sub(1));
            for (word, start) in self.rest.iter_mut().zip((64..).step_by(64)) {
                *word &= below(end.saturating_sub(start));
            }
        }
    }

    /// Adds all steps before `end`.
    pub(crate) fn add_below(&mut self, end: usize) {
        self.first |= below(end);
        if end > 64 {
            self.make_room(end.div_ceil(64) - 1);
            for (word, start) in self.rest.iter_mut().zip((64..).step_by(64)) {
                *word |= below(end.saturating_sub(start));
            }
        }
    }

    /// In ascending order.
    pub(crate) fn iter(&self) -> Iter<'_> {
        Iter { word: self.first, start: 0, rest: self.rest.iter() }
    }
}

impl Extend<usize> for Steps {
    fn extend<T: IntoIterator<Item = usize>>(&mut self, more: T) {
        more.into_iter().for_each(|step| self.add(step));
    }
}

impl FromIterator<usize> for Steps {
    fn from_iter<T: IntoIterator<Item = usize>>(all: T) -> Self {
        let mut steps = Self::default();
        steps.extend(all);
        steps
    }
}

/// The steps of a set in ascending order.
#[derive(Clone)]
pub(crate) struct Iter<'a> {
    /// Of the word that begins with step `start`: what is still to come.
    word: u64,
    start: usize,
    rest: std::slice::Iter<'a, u64>,
}

impl Iterator for Iter<'_> {
    type Item = usize;

    #[inline]
    fn next(&mut self) -> Option<usize> {
        while self.word == 0 {
            self.word = *self.rest.next()?;
            self.start += 64;
        }
        let step = self.start + self.word.trailing_zeros() as usize;
        self.word &= self.word - 1;
        Some(step)
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
        assert_eq!([131, 130, 64, 0].map(|end| other.last_below(end)), [Some(130), Some(64), Some(63), None]);
        let mut common = steps.clone();
        common.keep_only(&other);
        assert!(common.iter().eq(steps.iter().filter(|step| other.has(*step))));
        common.keep_only(&Steps::of(3));
        assert!(common.is_empty());
        assert!(steps.is_of(&steps, 500) && !other.is_of(&steps, 500) && other.is_of(&steps, 130));
        assert!(Steps::of(3).is_of(&Steps::default(), 3) && !Steps::of(67).is_of(&Steps::default(), 3));
        other.keep_below(128);
        assert_eq!(other.iter().last(), Some(64));
        other.keep_below(64);
        other.take_out(0);
        assert_eq!((other.iter().next(), other.iter().last()), (Some(1), Some(63)));
        other.keep_below(0);
        assert!(other.is_empty());
    }

    #[test]
    fn a_range_of_steps_begins_and_ends_in_any_word() {
        for from in [0, 1, 63, 64, 65, 127, 128, 130] {
            for end in [from, from + 1, from + 63, from + 64, from + 130] {
                let steps = Steps::between(from, end);
                assert!(steps.iter().eq(from..end) && steps.len() == end - from, "{from}..{end}");
                let mut copy = Steps::of(500);
                copy.clone_from(&steps);
                assert!(copy.iter().eq(from..end) && copy.clone().iter().eq(from..end), "{from}..{end}");
                copy.keep_below(from + 64);
                assert!(copy.iter().eq(from..end.min(from + 64)), "{from}..{end}");
                copy.clear();
                assert!(copy.is_empty() && copy.iter().next().is_none());
            }
        }
    }
}
