//! Recorded runs of random programs replay to the same digest; a list of choices with one entry changed, cut or
//! appended gives a run, or says where it parted, what was wanted and what was possible.

use chanscope_kernel::trace::Digest;
use chanscope_kernel::{Choice, Deviation, Diverged, FirstCome, Guided, Random, Run, Strategy as _, WhyNot};
use chanscope_reference::generate::{program, runner};
use chanscope_reference::ours::start;
use chanscope_reference::program::Program;
use proptest::prelude::*;
use proptest::sample::Index;

/// More steps than any of these programs takes.
const MANY: u32 = 10_000;

/// A run by chance, with the name of every choice.
fn recorded(program: &Program, seed: u64) -> (Vec<Deviation>, Digest) {
    let (mut run, mut strategy, mut choices) = (start(program), Random { seed }, Vec::new());
    while !run.idle_until_somebody_can_move() {
        let (decision, choice) = run.moment(|moment| {
            let decision = strategy.decide(moment).expect("chance goes anywhere");
            (decision, Deviation { at: moment.position(), choice: moment.name(&decision) })
        });
        choices.push(choice);
        run.take(&decision);
    }
    (choices, digest(run))
}

fn digest(run: Run) -> Digest {
    Digest::of(&run.finish().trace)
}

fn replayed(program: &Program, choices: Vec<Deviation>) -> Result<Digest, Box<Diverged>> {
    let mut run = start(program);
    assert!(run.advance(&mut Guided::new(FirstCome { seed: 0 }, choices), MANY)?, "it ends");
    Ok(digest(run))
}

#[derive(Clone, Debug)]
enum Damage {
    /// Somebody else's turn, or something else altogether.
    Changed(Index, String),
    Cut(Index),
    Appended(u32, String),
}

fn damage() -> impl Strategy<Value = Damage> {
    let choice =
        || "(0|[1-3](\\.[12])?)-(send|recv|close|lock|unlock|park|default|print|add)(@[0-3])?(~[0-3](@[0-2])?)?";
    prop_oneof![
        (any::<Index>(), choice()).prop_map(|(at, choice)| Damage::Changed(at, choice)),
        any::<Index>().prop_map(Damage::Cut),
        (0..20u32, choice()).prop_map(|(later, choice)| Damage::Appended(later, choice)),
    ]
}

fn parsed(text: &str) -> Choice {
    Choice::parse(text).expect(text)
}

#[test]
fn a_recorded_run_replays_and_a_damaged_one_says_where_it_parts() {
    let result = runner(500, 2).run(&(program(), any::<u64>(), damage()), |(program, seed, damage)| {
        let (mut choices, digest) = recorded(&program, seed);
        prop_assert_eq!(replayed(&program, choices.clone()).expect("nothing was changed"), digest);
        // Some programs are deadlocked from the start.
        prop_assume!(!choices.is_empty());
        let end = choices.last().map_or(0, |choice| choice.at);
        match &damage {
            Damage::Changed(at, choice) => {
                let at = at.index(choices.len());
                choices[at].choice = parsed(choice);
            }
            Damage::Cut(at) => drop(choices.remove(at.index(choices.len()))),
            Damage::Appended(later, choice) => {
                choices.push(Deviation { at: end + 1 + later, choice: parsed(choice) });
            }
        }
        let Err(diverged) = replayed(&program, choices.clone()) else { return Ok(()) };
        let Diverged { at, wanted, why } = *diverged;
        prop_assert!(
            choices.contains(&Deviation { at, choice: wanted.clone() }),
            "nobody asked for {} at {}",
            wanted,
            at
        );
        match why {
            WhyNot::NotRunnable { runnable, .. } => {
                prop_assert!(!runnable.is_empty() && !runnable.contains(&wanted), "{} of {:?}", wanted, runnable);
            }
            WhyNot::MidStep { next } => prop_assert!(next > at),
            WhyNot::Over { end } => prop_assert!(end <= at),
        }
        Ok(())
    });
    if let Err(error) = result {
        panic!("{error}");
    }
}
