//! Outcomes taken together by how they end and what kinds of faults they have.

use crate::exploration::Findings;
use crate::outcome::Found;

/// Outcomes of one kind (see [`chanscope_kernel::Verdict::kind`]).
#[derive(Clone, Debug)]
pub struct Kind<'a> {
    /// The first of them.
    pub first: &'a Found,
    /// How many they are.
    pub outcomes: usize,
    /// Inequivalent executions with one of them.
    pub executions: u64,
    /// Runs by chance with one of them.
    pub sampled: u64,
}

impl Findings {
    /// The kinds of its outcomes, in their order.
    #[must_use]
    pub fn kinds(&self) -> Vec<Kind<'_>> {
        let mut kinds: Vec<Kind<'_>> = Vec::new();
        for found in &self.outcomes {
            let nth = kinds.iter().position(|kind| kind.first.shown.kind == found.shown.kind).unwrap_or(kinds.len());
            if nth == kinds.len() {
                kinds.push(Kind { first: found, outcomes: 0, executions: 0, sampled: 0 });
            }
            let kind = &mut kinds[nth];
            kind.outcomes += 1;
            kind.executions += found.count;
            kind.sampled += found.sampled;
        }
        kinds
    }

    /// At most so many of its outcomes, in their order: of each kind the first, as many of the one as of the others as far
    /// as there are.
    #[must_use]
    pub fn some(&self, most: usize) -> Vec<&Found> {
        let kinds = self.kinds();
        let shares = shares(&kinds.iter().map(|kind| kind.outcomes).collect::<Vec<_>>(), most);
        let mut left: Vec<_> = kinds.iter().map(|kind| kind.first.shown.kind.as_str()).zip(shares).collect();
        let takes = |found: &&Found| {
            let (_, left) = left.iter_mut().find(|(kind, _)| *kind == found.shown.kind).expect("each has a kind");
            let takes = *left > 0;
            *left -= usize::from(takes);
            takes
        };
        self.outcomes.iter().filter(takes).collect()
    }
}

/// How many of each there is room for, where there are so many of each: who has few leaves room to the others.
fn shares(counts: &[usize], most: usize) -> Vec<usize> {
    let mut by_count: Vec<usize> = (0..counts.len()).collect();
    by_count.sort_by_key(|&nth| counts[nth]);
    let (mut shares, mut room) = (vec![0; counts.len()], most);
    for (before, nth) in by_count.into_iter().enumerate() {
        shares[nth] = counts[nth].min(room / (counts.len() - before));
        room -= shares[nth];
    }
    shares
}

#[cfg(test)]
mod tests {
    use super::shares;

    #[test]
    fn who_has_few_leaves_room_to_the_others() {
        assert_eq!(shares(&[3, 4], 10), [3, 4]);
        assert_eq!(shares(&[100, 2, 50], 20), [9, 2, 9]);
        assert_eq!(shares(&[7, 7, 7], 10), [3, 3, 4]);
        assert_eq!(shares(&[1, 0, 1], 1), [0, 0, 1]);
        assert_eq!(shares(&[], 10), []);
    }
}
