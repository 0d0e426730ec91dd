//! How much a search remembers that is still to be tried.

use std::rc::Rc;

use crate::alike::Alike;
use crate::search::Search;
use crate::wakeup::Twig;

/// From so much on what [can be](crate::ahead) is searched at once, before the execution at hand is done with: some 2 MB
/// where each branch has a few steps of its own.
const MUCH_FORESEEN: usize = 1 << 14;

/// At most, but for what lies along the execution at hand, which is copied from what is kept once: some 130 MB where each
/// branch has a few steps of its own, for each part that is searched by itself. Where that is not enough the report says that
/// it is not complete.
const MOST_FORESEEN: usize = 1 << 20;

/// How much is remembered, [as it is kept](crate::wakeup::Twig::size).
#[derive(Debug)]
pub(crate) struct Foreseen {
    /// What was there when it was last counted, and everything that was to be added since: what has been searched since is
    /// in there too, and what there was no room for.
    held: usize,
    /// What is more is counted again.
    count_from: usize,
    /// More than that is much.
    much: usize,
    /// As much as there may be.
    most: usize,
    /// That was not enough for some branch.
    pub(crate) too_many: bool,
}

impl Default for Foreseen {
    fn default() -> Self {
        Self::new(MUCH_FORESEEN, MOST_FORESEEN)
    }
}

impl Foreseen {
    fn new(much: usize, most: usize) -> Self {
        let mut nothing = Self { held: 0, count_from: 0, much, most, too_many: false };
        nothing.counted(0);
        nothing
    }

    /// Whether so many steps more are remembered; notes where not.
    pub(crate) fn takes_in(&mut self, steps: usize) -> bool {
        let enough = self.held + steps < self.most;
        // With the place at which they branch off.
        self.held += steps + 1;
        self.too_many |= !enough;
        enough
    }

    /// To be changed here and nowhere else: what others have too is copied first.
    pub(crate) fn own<'a>(&mut self, twig: &'a mut Rc<Twig>) -> &'a mut Twig {
        self.held += if Rc::strong_count(twig) > 1 { twig.size() } else { 0 };
        Rc::make_mut(twig)
    }

    pub(crate) fn is_much(&self) -> bool {
        self.held > self.much
    }

    fn is_to_be_counted(&self) -> bool {
        self.held > self.count_from
    }

    /// There is so much. It is counted again when there may be a quarter of what is much, and half as much again, or half of
    /// what there is room for more; but not so often that counting would take longer than what it is for.
    fn counted(&mut self, size: usize) {
        let room = (self.most.saturating_sub(size) / 2).max(self.most / 64);
        self.held = size;
        self.count_from = (self.much / 4).min(self.most / 2).max(size + (size / 2).min(room));
    }
}

impl Search<'_> {
    /// Keeps once what is alike in all that is still to be tried, and counts it, where there may be much.
    pub(crate) fn count_what_is_foreseen(&mut self) {
        if !self.foreseen.is_to_be_counted() {
            return;
        }
        let mut alike = Alike::default();
        for point in self.all_points() {
            point.tree.iter_mut().for_each(|branch| alike.keep_parts_once(&mut branch.twig));
        }
        self.foreseen.counted(alike.size());
    }
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::{Anew, Go, Limits, Panic, Run};
    use chanscope_sync::atomic::Atomic;
    use chanscope_sync::{Chan, Mutex, RwMutex, select};
    use xxhash_rust::xxh3::xxh3_64_with_seed;

    use super::{Foreseen, MOST_FORESEEN, MUCH_FORESEEN};
    use crate::brute::brute_force;
    use crate::explorer::{Bounds, Explorer, Incomplete, Report};
    use crate::matters::Matters;

    fn search<F>(main: impl Fn(Go) -> F + 'static) -> Explorer<'static>
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        Explorer::new(Anew::new(Limits::default(), main), Bounds::default())
    }

    /// Its report, and how much was put aside at a time.
    fn over(mut explorer: Explorer<'_>) -> (Report, usize) {
        let mut most_aside = 0;
        while !explorer.advance(1).over {
            most_aside = most_aside.max(explorer.search.aside.len());
        }
        (explorer.report(), most_aside)
    }

    /// So many read-lock what one locks.
    async fn readers(go: Go, count: usize) -> Result<(), Panic> {
        let mu = RwMutex::new(&go, "mu");
        for _ in 0..count {
            let mu = mu.clone();
            go.spawn("reader", async move {
                mu.read_lock().await;
                mu.read_unlock().await;
                Ok(())
            });
        }
        mu.lock().await;
        mu.unlock().await;
        Ok(())
    }

    /// The report where so much is remembered of what is still to be tried.
    fn cut_at(most: usize, count: usize) -> Report {
        let mut explorer = search(move |go| readers(go, count));
        explorer.search.foreseen = Foreseen::new(MUCH_FORESEEN, most);
        over(explorer).0
    }

    #[test]
    fn what_is_more_than_is_remembered_is_left_out_and_said_so() {
        let all = cut_at(10_000, 8);
        assert_eq!((all.executions, all.is_complete()), (256, true), "each reads before the lock or after it");
        let mut before = 0;
        for most in [0, 1, 8, 32, 100] {
            let some = cut_at(most, 8);
            assert_eq!((some.incomplete, some.blocked), (vec![Incomplete::Foreseen], 0), "{most}");
            assert!(some.executions >= before && some.executions < all.executions, "{most}: {}", some.executions);
            before = some.executions;
        }
        assert!(before > 1);
    }

    #[test]
    fn what_has_been_searched_makes_room() {
        let mut full = Foreseen::new(64, 100);
        full.counted(99);
        assert!(!full.is_to_be_counted());
        assert!(!full.takes_in(5) && full.too_many);
        assert!(full.is_to_be_counted(), "what was refused is reason enough");
        full.counted(3);
        assert!(full.takes_in(5) && !full.is_to_be_counted());
    }

    /// Half of the sets of those who read before the lock wait at the start: some 6 000 steps where twelve read.
    #[test]
    fn what_is_alike_takes_no_more_room() {
        for (count, most) in [(6, 80), (8, 150), (10, 260), (12, 430)] {
            let all = cut_at(most, count);
            assert_eq!((all.executions, all.is_complete()), (1 << count, true), "{count}");
        }
    }

    /// Three add twice and then load what main stores: 6!/2^3 orders of the adds, and in each of them every load comes
    /// before the store or after it.
    async fn last_loads(go: Go) -> Result<(), Panic> {
        let (x, sum) = (Atomic::new(&go, "x", 0u32), Atomic::new(&go, "sum", 0u32));
        for _ in 0..3 {
            let (x, sum) = (x.clone(), sum.clone());
            go.spawn("adds", async move {
                sum.add_and_load(1).await;
                sum.add_and_load(1).await;
                x.load().await;
                Ok(())
            });
        }
        x.store(1).await;
        Ok(())
    }

    #[test]
    fn the_order_in_which_it_is_searched_changes_no_count() {
        let (late, none_aside) = over(search(last_loads));
        assert_eq!((late.executions, late.blocked, late.is_complete(), none_aside), (720, 0, true, 0));
        for much in [0, 3, 20] {
            let mut explorer = search(last_loads);
            explorer.search.foreseen = Foreseen::new(much, MOST_FORESEEN);
            let (soon, most_aside) = over(explorer);
            let counts = |report: &Report| -> Vec<_> {
                report.outcomes.iter().map(|seen| (seen.name.clone(), seen.count)).collect()
            };
            assert_eq!((soon.executions, soon.blocked, counts(&soon)), (late.executions, 0, counts(&late)), "{much}");
            assert!((1..=20).contains(&most_aside), "{much}: {most_aside}");
        }
    }

    /// Three goroutines of three operations that the seed draws.
    async fn drawn(go: Go, seed: u64) -> Result<(), Panic> {
        let cells = ["x", "y"].map(|name| Atomic::new(&go, name, 0u32));
        let (mu, ch) = (Mutex::new(&go, "mu"), Chan::new(&go, "ch", 1));
        for who in 0..3 {
            let (cells, mu, ch) = (cells.clone(), mu.clone(), ch.clone());
            go.spawn("draws", async move {
                for nth in 0..3 {
                    let drawn = xxh3_64_with_seed(&[who, nth], seed);
                    let cell = &cells[usize::from(drawn & 1 == 1)];
                    match drawn >> 1 & 15 {
                        0..=2 => cell.store(1).await,
                        3 | 4 => _ = cell.add_and_load(1).await,
                        5 | 6 => _ = cell.compare_and_swap(0, 2).await,
                        7 => _ = mu.try_lock().await,
                        8 if who > 0 => ch.send(1).await?,
                        8 => ch.close().await?,
                        9 | 10 => _ = ch.len().await,
                        11 => {
                            select! {
                                sent = ch.send(2) => sent?,
                                _ = ch.recv() => {},
                            }
                        }
                        _ => _ = cell.load().await,
                    }
                }
                Ok(())
            });
        }
        Ok(())
    }

    #[test]
    fn what_is_searched_at_once_is_all_there_is_too() {
        let (mut put_aside, mut classes) = (0, 0);
        for seed in 0..8 {
            let main = move |go| drawn(go, seed);
            let all = brute_force(&|| Run::new(Limits::default(), main), 1_000_000, Matters::default());
            assert!(all.complete, "{seed}");
            let mut explorer = search(main);
            explorer.search.foreseen = Foreseen::new(0, MOST_FORESEEN);
            let (report, most_aside) = over(explorer);
            assert!(report.is_complete(), "{seed}: {:?}", report.incomplete);
            assert_eq!((report.executions, report.blocked), (all.classes.len() as u64, 0), "{seed}");
            put_aside = put_aside.max(most_aside);
            classes += all.classes.len();
        }
        assert!(put_aside > 2 && classes > 300, "{put_aside}, {classes}");
    }
}
