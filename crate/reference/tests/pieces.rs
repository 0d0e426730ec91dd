//! What is cut out of the trace of a random program is what the whole has there: the state at a position, from
//! whichever checkpoint, is the fold from zero, and a window is a filter of the full picture.

use std::collections::BTreeSet;

use chanscope_kernel::trace::{Checkpoints, Density, Fold, Index, Mark, Span, Window};
use chanscope_kernel::{Finding, GoroutineId, ObjectId, Outcome, Position, Random, Trace};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::ours::start;
use chanscope_reference::program::Program;
use proptest::prelude::*;
use proptest::sample::Index as Anywhere;

/// More steps than any of these programs takes.
const MANY: u32 = 10_000;

fn ran(program: &Program, seed: u64) -> Outcome {
    let mut run = start(program);
    assert!(run.advance(&mut Random { seed }, MANY).expect("chance goes anywhere"), "it ends");
    run.finish()
}

/// All that a state says.
fn told(fold: &Fold) -> String {
    let objects: Vec<_> = (0..fold.objects()).map(|nth| fold.object(ObjectId(nth as u32))).collect();
    format!("{} {:?} {objects:?}", fold.at(), fold.goroutines())
}

#[test]
fn the_state_at_a_position_is_the_fold_from_zero_from_whichever_checkpoint() {
    let result = runner(300, 3).run(&(program(), any::<u64>(), 1..20u32), |(program, seed, every)| {
        let trace = ran(&program, seed).trace;
        let checkpoints = Checkpoints::with_spacing(&trace, every);
        let mut fold = Fold::new(&trace);
        // Beyond the end is the end.
        prop_assert_eq!(
            told(&checkpoints.state(&trace, trace.len() + 1)),
            told(&checkpoints.state(&trace, trace.len()))
        );
        loop {
            prop_assert_eq!(told(&checkpoints.state(&trace, fold.at())), told(&fold));
            if fold.at() == trace.len() {
                return Ok(());
            }
            fold.advance(&trace);
        }
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

/// A lane's spans and marks in a window.
fn lane(window: Window<'_>, lane: GoroutineId, from: Position, to: Position) -> (Vec<Span>, Vec<Mark>) {
    let (mut spans, mut marks) = (Vec::new(), Vec::new());
    window.spans(lane, from..to, &mut spans);
    window.marks(lane, from..to, &mut marks);
    (spans, marks)
}

fn clipped(span: &Span, from: Position, to: Position) -> Option<Span> {
    let (from, to) = (span.from.max(from), span.to.min(to));
    (from < to).then_some(Span { from, to, ..*span })
}

/// How many events of a lane each pixel has, counted one by one.
fn counted(trace: &Trace, lane: GoroutineId, (from, to): (Position, Position), pixels: u32) -> Vec<u8> {
    let (width, pixels) = (u64::from(to - from), u64::from(pixels));
    let edge = |pixel: u64| from + (width * pixel / pixels) as u32;
    let of_lane = |at: &Position| trace.event(*at).goroutine == lane;
    (0..pixels).map(|pixel| (edge(pixel)..edge(pixel + 1)).filter(of_lane).count().min(255) as u8).collect()
}

#[test]
fn a_window_is_a_filter_of_the_full_picture() {
    let asked = (program(), any::<u64>(), any::<[Anywhere; 2]>(), 1..40u32);
    let result = runner(300, 4).run(&asked, |(program, seed, ends, pixels)| {
        let outcome = ran(&program, seed);
        let leaked: BTreeSet<_> = outcome.left_behind.iter().filter_map(leaked).collect();
        let (trace, index) = (&outcome.trace, Index::new(&outcome.trace));
        let window = Window { trace, index: &index, leaked: &leaked };
        let end = trace.len();
        let [one, other] = ends.map(|at| at.index(end as usize + 1) as Position);
        let (from, to) = (one.min(other), one.max(other));
        let (mut all, mut some) = (BTreeSet::new(), BTreeSet::new());
        for id in (0..trace.goroutines().len() as u32).map(GoroutineId) {
            let ((spans, marks), part) = (lane(window, id, 0, end), lane(window, id, from, to));
            let spans_there: Vec<_> = spans.iter().filter_map(|span| clipped(span, from, to)).collect();
            let marks_there: Vec<_> = marks.iter().filter(|mark| (from..to).contains(&mark.at)).copied().collect();
            prop_assert_eq!(&part, &(spans_there, marks_there), "{:?} in {}..{}", id, from, to);
            // Each event has one mark, and at each position the lane's one span says what the position's own status is.
            let events: Vec<_> = (0..end).filter(|&at| trace.event(at).goroutine == id).collect();
            prop_assert_eq!(marks.iter().map(|mark| mark.at).collect::<Vec<_>>(), events);
            for at in 0..end {
                let here: Vec<_> = spans.iter().filter(|span| (span.from..span.to).contains(&at)).collect();
                prop_assert!(here.len() <= 1, "{:?} at {}: {:?}", id, at, here);
                if let [span] = here[..] {
                    prop_assert_eq!(window.status(id, at), Some(span.status), "{:?} at {}", id, at);
                }
            }
            let mut cells: Vec<Density> = Vec::new();
            window.density(id, from..to, pixels, &mut cells);
            let cells: Vec<u8> = cells.iter().map(|cell| cell.events).collect();
            prop_assert_eq!(cells, counted(trace, id, (from, to), pixels), "{:?} in {}..{}", id, from, to);
            window.arrows(id, 0..end, &mut all);
            window.arrows(id, from..to, &mut some);
        }
        all.retain(|arrow| [arrow.from.1, arrow.to.1].iter().any(|at| (from..to).contains(at)));
        prop_assert_eq!(some, all, "arrows in {}..{}", from, to);
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}

fn leaked(finding: &Finding) -> Option<GoroutineId> {
    match finding {
        Finding::Leaked { goroutine, .. } => Some(*goroutine),
        _ => None,
    }
}
