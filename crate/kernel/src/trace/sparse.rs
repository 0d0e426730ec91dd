//! A column in which most events have nothing: a bit for each, and the numbers of those that have one.
//!
//! An eighth of a byte and a little for each event, and four bytes for each that has a number. Reading is one look at
//! the bits, and a count of at most 63 of them where there is something (Jacobson, "Space-efficient Static Trees and
//! Graphs", FOCS 1989: rank by blocks).

/// Numbers by position, some of them missing.
#[derive(Default)]
pub(super) struct Sparse {
    /// A bit for each position.
    present: Vec<u64>,
    /// By word of `present`: how many numbers there are before it.
    before: Vec<u32>,
    numbers: Vec<u32>,
    len: usize,
}

impl Sparse {
    pub(super) fn push(&mut self, number: Option<u32>) {
        if self.len.is_multiple_of(64) {
            self.present.push(0);
            self.before.push(u32::try_from(self.numbers.len()).expect("events are limited"));
        }
        if let Some(number) = number {
            *self.present.last_mut().expect("just made sure") |= 1 << (self.len % 64);
            self.numbers.push(number);
        }
        self.len += 1;
    }

    pub(super) fn get(&self, at: usize) -> Option<u32> {
        let (word, bit) = (self.present[at / 64], at % 64);
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
            (0..1_000).for_each(|at| column.push(number(at)));
            for at in 0..1_000 {
                assert_eq!(column.get(at as usize), number(at), "every {every}th, at {at}");
            }
        }
    }
}
