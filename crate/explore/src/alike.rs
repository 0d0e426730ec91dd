//! What is alike in all that is still to be tried is kept once.
//!
//! Branches of wakeup trees can be as many as executions, and differ in what comes first and not in what follows. What
//! begins alike is one branch anyhow. Here what ends alike becomes one: from the leaves on, steps and what branches off at
//! their end are the same where they are equal (Bryant: Graph-Based Algorithms for Boolean Function Manipulation, IEEE
//! Transactions on Computers C-35(8), 1986, has it for decision diagrams). So the 2^N sets of those who read-lock before
//! somebody locks take 128 steps and branches where N is 8, 372 where it is 12 and 1 117 where it is 18. How much others take
//! no bound here says; BENCHMARKS.md has what was measured.
//!
//! The search is none the wiser: it finds in a tree what it would find were nothing shared.
//!
//! Time: for each step that is kept as many comparisons as the logarithm of how many there are. It is done when half as much
//! has been added as there was, so that it costs no more than a part of what adding has cost; where there is little room
//! left, when half of that has been.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet};
use std::rc::Rc;

use crate::action::Label;
use crate::wakeup::Twig;

/// What was seen so far, each once.
#[derive(Default)]
pub(crate) struct Alike {
    labels: BTreeSet<Rc<Label>>,
    twigs: BTreeSet<ByParts>,
    /// By where they are: those that others have too, as they were, and as they are kept. As they were they stay until
    /// the end, so that nothing new comes to be where they are.
    seen: BTreeMap<*const Twig, (Rc<Twig>, Rc<Twig>)>,
    size: usize,
}

/// Of parts that are kept once.
struct ByParts(Rc<Twig>);

impl Alike {
    /// Keeps its steps and what branches off once; itself it stays what it is.
    pub(crate) fn keep_parts_once(&mut self, twig: &mut Twig) {
        let Twig { steps, then } = twig;
        steps.shrink_to_fit();
        then.shrink_to_fit();
        steps.iter_mut().for_each(|label| self.keep_label_once(label));
        then.iter_mut().for_each(|twig| self.keep_once(twig));
        self.size += twig.size();
    }

    fn keep_once(&mut self, twig: &mut Rc<Twig>) {
        let was = (Rc::strong_count(twig) > 1).then(|| Rc::clone(twig));
        if let Some((_, kept)) = was.as_ref().and_then(|was| self.seen.get(&Rc::as_ptr(was))) {
            *twig = Rc::clone(kept);
            return;
        }
        self.keep_parts_once(Rc::make_mut(twig));
        if let Some(ByParts(kept)) = self.twigs.get(&ByParts(Rc::clone(twig))) {
            self.size -= twig.size();
            *twig = Rc::clone(kept);
        } else {
            self.twigs.insert(ByParts(Rc::clone(twig)));
        }
        if let Some(was) = was {
            self.seen.insert(Rc::as_ptr(&was), (was, Rc::clone(twig)));
        }
    }

    fn keep_label_once(&mut self, label: &mut Rc<Label>) {
        match self.labels.get(label) {
            Some(kept) => *label = Rc::clone(kept),
            None => _ = self.labels.insert(Rc::clone(label)),
        }
    }

    /// What is kept.
    pub(crate) fn size(&self) -> usize {
        self.size
    }
}

impl ByParts {
    fn parts(&self) -> (impl Iterator<Item = *const Label>, impl Iterator<Item = *const Twig>) {
        (self.0.steps.iter().map(Rc::as_ptr), self.0.then.iter().map(Rc::as_ptr))
    }
}

impl Ord for ByParts {
    fn cmp(&self, other: &Self) -> Ordering {
        let ((steps, then), (their_steps, their_then)) = (self.parts(), other.parts());
        steps.cmp(their_steps).then_with(|| then.cmp(their_then))
    }
}

impl PartialOrd for ByParts {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl PartialEq for ByParts {
    fn eq(&self, other: &Self) -> bool {
        self.cmp(other).is_eq()
    }
}

impl Eq for ByParts {}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;
    use std::rc::Rc;
    use std::slice::from_mut;

    use super::Alike;
    use crate::action::{Action, Label, Manner};
    use crate::foreseen::Foreseen;
    use crate::marks::Marks;
    use crate::names::Who;
    use crate::wakeup::Twig;

    /// A label of its own each time.
    fn label(who: Who) -> Rc<Label> {
        Rc::new(Label::new(Action { who, manner: Manner::Default }, Marks::default(), false, None))
    }

    /// All sets of numbers from `from` up to 9, and then 10.
    fn sets(from: Who) -> Vec<Rc<Twig>> {
        let then = |who| if who < 10 { sets(who + 1) } else { Vec::new() };
        (from..=10).map(|who| Rc::new(Twig { steps: vec![label(who)], then: then(who) })).collect()
    }

    /// What it leads to.
    fn all(twig: &Twig) -> BTreeSet<Vec<Who>> {
        let own: Vec<Who> = twig.steps.iter().rev().map(|step| step.action.who).collect();
        if twig.then.is_empty() {
            return BTreeSet::from([own]);
        }
        twig.then.iter().flat_map(|twig| all(twig)).map(|rest| [own.clone(), rest].concat()).collect()
    }

    /// How much is left of them.
    fn kept(twigs: &mut [Twig]) -> usize {
        let mut alike = Alike::default();
        twigs.iter_mut().for_each(|twig| alike.keep_parts_once(twig));
        alike.size()
    }

    #[test]
    fn what_ends_alike_is_kept_once() {
        let mut tree = Twig { steps: vec![label(20)], then: sets(0) };
        let before = all(&tree);
        assert_eq!(before.len(), 1 << 10);
        // Each number once, and after it all that are greater.
        let size = 1 + 11 + 11 + 55;
        assert_eq!(kept(from_mut(&mut tree)), size);
        assert_eq!(all(&tree), before);
        let beside = Twig { steps: vec![label(21)], then: sets(0) };
        assert_eq!(kept(&mut [tree, beside]), size + 1 + 11, "it has what comes after it in common with the other");
    }

    #[test]
    fn what_has_another_step_or_another_end_is_another() {
        let leaf = |who| Rc::new(Twig { steps: vec![label(who)], then: Vec::new() });
        let twig = |steps: &[Who], then| Twig { steps: steps.iter().copied().map(label).collect(), then };
        let ends: [Vec<Rc<Twig>>; 4] = [vec![], vec![leaf(1)], vec![leaf(2)], vec![leaf(2), leaf(1)]];
        let ways: [&[Who]; 3] = [&[3], &[3, 4], &[4, 3]];
        let all_ways = || ways.iter().flat_map(|steps| ends.iter().map(|end| Rc::new(twig(steps, end.clone()))));
        let mut tree = twig(&[0], all_ways().chain(all_ways()).collect());
        let before = all(&tree);
        // The one step and the 24 that branch off; 1 and 2; and of the rest no two are equal.
        assert_eq!(kept(from_mut(&mut tree)), 25 + 2 + 4 * (1 + 2 + 2) + 3 * 4);
        assert_eq!(all(&tree), before);
    }

    #[test]
    fn what_is_changed_in_one_place_stays_as_it_is_in_others() {
        let mut tree = Twig { steps: vec![label(20)], then: sets(0) };
        let before = all(&tree);
        kept(from_mut(&mut tree));
        let mut foreseen = Foreseen::default();
        let mut end = foreseen.own(&mut tree.then[3]);
        end = foreseen.own(&mut end.then[2]);
        end.then.push(Rc::new(Twig { steps: vec![label(30)], then: Vec::new() }));
        let more: BTreeSet<_> = all(&tree).difference(&before).cloned().collect();
        assert_eq!(more, BTreeSet::from([vec![20, 3, 6, 30]]));
        assert_eq!(kept(from_mut(&mut tree)), 78 + (1 + 7) + (1 + 5) + 1, "with two copies, and the new one");
    }
}
