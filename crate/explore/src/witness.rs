//! A run that shows an outcome, as the few choices in which it differs from first come, first served.

use chanscope_kernel::trace::Flags;
use chanscope_kernel::{
    Decision, Deviation, FirstCome, GoroutineId, Room, Run, Start, Strategy, Trace, Way, runtime_kind,
};

use crate::action::{Action, Manner};
use crate::conductor::Conductor;
use crate::guard::Guard;
use crate::matters::Matters;
use crate::names::Names;
use crate::past::Past;
use crate::steps::Steps;

/// What a witness deviates from.
pub const WITNESS_BASE: FirstCome = FirstCome { seed: 0 };

/// The steps of the current execution in an order with few context switches: whoever moves goes on as long as he can,
/// and main returns when nothing else is left, so that what went before is seen to have happened. Nobody can tell the
/// difference. The fewest found, not the fewest there are.
pub(crate) fn straightened(past: &Past, names: &Names) -> Vec<usize> {
    let steps = past.steps();
    let mut order: Vec<usize> = Vec::with_capacity(steps.len());
    let mut taken = Steps::default();
    let returns = |step: usize| {
        let action = steps[step].label.action;
        names.is_main(action.who) && past.steps_of(action.who).last() == Some(&step)
    };
    while order.len() < steps.len() {
        let last = order.last().map(|&step: &usize| steps[step].label.action);
        let goes_on = |step: usize| last.is_some_and(|last| last.shares(steps[step].label.action));
        let free = (0..steps.len())
            .filter(|&step| !taken.has(step) && past.has_to_follow(&steps[step]).iter().all(|s| taken.has(s)));
        let next = free.min_by_key(|&step| (returns(step), !goes_on(step), step)).expect("no circle among steps");
        taken.add(next);
        order.push(next);
    }
    order
}

/// How often somebody goes on who had no part in the step before.
pub(crate) fn switches(actions: impl Iterator<Item = Action> + Clone) -> usize {
    actions.clone().zip(actions.skip(1)).filter(|(one, next)| !one.shares(*next)).count()
}

/// Context switches of a run, as its trace shows them: how often somebody goes on who had no part in the step before.
/// Stopping to wait is no step.
#[must_use]
pub fn context_switches(trace: &Trace) -> usize {
    // Who takes part is said by a step's first event. The others can be of those whom it starts, who then go as far as
    // their own first step, and have not moved until they take it.
    let begins = trace.events().filter(|event| {
        let waits = matches!(trace.runtime_act(event), Some(runtime_kind::PARK | runtime_kind::TIME));
        event.flags.has(Flags::STEP) && !waits
    });
    let parts: Vec<[GoroutineId; 2]> =
        begins.map(|event| [event.goroutine, event.partner.unwrap_or(event.goroutine)]).collect();
    parts.windows(2).filter(|pair| !pair[0].iter().any(|who| pair[1].contains(who))).count()
}

/// The choices in which the run along these actions differs from [`WITNESS_BASE`].
pub(crate) fn deviations(start: &dyn Start, actions: &[Action], names: &mut Names) -> Vec<Deviation> {
    let seen = parking_is_seen_until(start.start(Room::default()), actions, names);
    let mut conductor = Conductor::new(start.start(Room::default()), Matters::default(), Guard::default(), names);
    let mut deviations = Vec::new();
    for (nth, action) in actions.iter().enumerate() {
        while let Some(usual) = usual(conductor.run()) {
            let idle = conductor.possible_now() == 0;
            if usual.way != Way::Park || (nth < seen && !idle) {
                break;
            }
            conductor.follow(&usual, names);
        }
        let _ = conductor.possible();
        let (park, decision) = conductor.decisions_of(action);
        for decision in park.into_iter().chain([decision]) {
            let run = conductor.run();
            // There is no usual step where all wait and only the reader can press a button: then it is named.
            if let Some(usual) = usual(run)
                && same(&usual, &decision)
            {
                // Named from its side: who is served first after a meeting follows from that.
                conductor.follow(&usual, names);
                continue;
            }
            let choice = run.moment(|moment| moment.name(&decision));
            deviations.push(Deviation { at: run.position(), choice });
            conductor.follow(&decision, names);
        }
    }
    deviations
}

/// Whether somebody has stopped to wait is seen by attempts that meet others or nobody: where the last of them is over.
fn parking_is_seen_until(run: Run, actions: &[Action], names: &mut Names) -> usize {
    let mut conductor = Conductor::new(run, Matters::default(), Guard::default(), names);
    let mut end = 0;
    for (nth, action) in (1..).zip(actions) {
        let _ = conductor.possible();
        let meets = matches!(action.manner, Manner::Meet { .. } | Manner::Default);
        if meets && conductor.pending(action.who).is_some_and(|asked| asked.attempt) {
            end = nth;
        }
        conductor.repeat(action, false, names);
    }
    end
}

/// What the base would do; `None` when nobody can move.
fn usual(run: &Run) -> Option<Decision> {
    let mut base = WITNESS_BASE;
    run.moment(|moment| moment.anybody().then(|| base.decide(moment).expect("it replays nothing")))
}

/// Whether two decisions are the same step: a meeting can be named from either side.
fn same(a: &Decision, b: &Decision) -> bool {
    let mirrored = match a.way {
        Way::Meet { case, partner, partner_case } => {
            let way = Way::Meet { case: partner_case, partner: a.goroutine, partner_case: case };
            *b == Decision { goroutine: partner, way }
        }
        _ => false,
    };
    a == b || mirrored
}
