//! A column in which most events have nothing: a bit for each, and the numbers of those that have one.
//!
//! An eighth of a byte and a little for each event, and four bytes for each that has a number. Reading is one look at
//! the bits, and a count of at most 63 of them where there is something (Jacobson, "Space-efficient Static Trees and
//! Graphs", FOCS 1989: rank by blocks).

/// Numbers by position, some of them missing.
#[derive(Default)]
pub(super) struct Sparse {
    /// A bit for each position, as far as the last that has a number.
    present: Vec<u64>,
    /// By word of `present`: how many numbers there are before it.
    before: Vec<u32>,
    numbers: Vec<u32>,
}

impl Sparse {
    pub(super) fn clear(&mut self) {
        let Self { present, before, numbers } = self;
        present.clear();
        before.clear();
        numbers.clear();
    }

    /// Gives a number to a position behind all that have one.
    pub(super) fn put(&mut self, at: usize, number: u32) {
        let (word, bit) = (at / 64, at % 64);
        if word >= self.present.len() {
            self.present.resize(word + 1, 0);
            self.before.resize(word + 1, u32::try_from(self.numbers.len()).expect("events are limited"));
        }
        self.present[word] |= 1 << bit;
        self.numbers.push(number);
    }

    pub(super) fn get(&self, at: usize) -> Option<u32> {
        let (word, bit) = (*self.present.get(at / 64)?, at % 64);
        (word >> bit & 1 == 1).then(|| {
            let earlier = (word & ((1 << bit) - 1)).count_ones();
            self.numbers[(self.before[at / 64] + earlier) as usize]
        })
    }

    pub(super) fn bytes(&self) -> usize {
        8 * self.present.capacity() + 4 * (self.before.capacity() + self.numbers.capacity())
    }

    pub(super) fn shrink(&mut self) {
        self.present.shrink_to_fit();
        self.before.shrink_to_fit();
        self.numbers.shrink_to_fit();
    }
}

#[cfg(test)]
mod tests {
    use super::Sparse;

    #[test]
    fn what_was_put_in_is_found_again() {
        for every in [1, 2, 3, 64, 65, 1_000] {
            let number = |at: u32| at.is_multiple_of(every).then_some(at * 7);
            let mut column = Sparse::default();
            for at in 0..1_000 {
                if let Some(number) = number(at) {
                    column.put(at as usize, number);
                }
            }
            for at in 0..1_100 {
                let number = |at| number(at).filter(|_| at < 1_000);
                assert_eq!(column.get(at as usize), number(at), "every {every}th, at {at}");
            }
        }
    }
}
