//! The same bodies on our executor and on others.

use std::rc::Rc;

use chanscope_kernel::{
    Diverged, Ending, FirstCome, Follow, Go, Hosted, Limit, Limits, Outcome, Panic, Program, Recorded, Strategy, Terms,
};
use chanscope_sync::{Chan, Mutex, Var, WaitGroup, select};
use futures::executor::LocalPool;
use futures::task::LocalSpawnExt;

/// On `LocalPool`; whoever never waits keeps all others out, unless its turn ends after so many commits.
fn on_pool(program: Program, commits_a_turn: Option<u32>) -> Recorded {
    let mut pool = LocalPool::new();
    let spawner = Rc::new(pool.spawner());
    let terms = Terms { limits: Limits::default(), most_commits: 1_000, commits_a_turn, seed: 0 };
    let hosted = Hosted::start(program, terms, move |task| spawner.spawn_local(task).expect("the pool is there"));
    loop {
        pool.run_until_stalled();
        if hosted.turn_is_used_up() {
            hosted.turn();
        } else if hosted.is_over() || !(hosted.time_passes() || hosted.press()) {
            return hosted.recorded();
        }
    }
}

fn here(program: Program, strategy: &mut dyn Strategy) -> Result<Outcome, Box<Diverged>> {
    let mut run = program.run(Limits::default());
    while !run.advance(strategy, u32::MAX)? {}
    Ok(run.finish())
}

/// What ran on the pool, as our executor shows it.
fn followed(program: fn() -> Program, commits_a_turn: Option<u32>) -> Outcome {
    let recorded = on_pool(program(), commits_a_turn);
    here(program(), &mut Follow::new(recorded, None, 0)).expect("what went there goes here")
}

/// A worker that polls a stop channel without ever waiting, and main, which would close it.
fn poller() -> Program {
    Program::new(|go: Go| async move {
        let stop = Chan::<()>::new(&go, "stop", 0);
        let worker = stop.clone();
        go.spawn("worker", async move {
            loop {
                select! {
                    _ = worker.recv() => return Ok(()),
                    default => {}
                }
            }
        });
        go.yield_now().await;
        stop.close().await
    })
}

/// Ours takes turns; the pool polls main first and finishes it; a tight loop that is polled first starves main there.
#[test]
fn a_tight_loop_starves_others_on_the_pool_and_not_here() {
    let starving = || {
        Program::new(|go: Go| async move {
            let (flag, started) = (Var::new(&go, "flag", false), Chan::new(&go, "started", 0));
            let (waits, tells) = (flag.clone(), started.clone());
            go.spawn("spinner", async move {
                tells.send(()).await?;
                while !waits.load().await {}
                Ok(())
            });
            started.recv().await;
            flag.store(true).await;
            Ok(())
        })
    };
    let ours = here(starving(), &mut FirstCome { seed: 0 }).expect("nothing is replayed");
    assert_eq!(ours.ending, Ending::Completed);
    assert_eq!(followed(starving, None).ending, Ending::Cut(Limit::Events), "the spinner is never interrupted");
    assert_eq!(followed(starving, Some(10)).ending, Ending::Completed, "its turn ends, and main gets on");
}

#[test]
fn a_goroutine_that_polls_is_over_before_another_begins() {
    assert_eq!(followed(poller, None).ending, Ending::Completed, "main was polled first");
    assert_eq!(followed(poller, Some(3)).ending, Ending::Completed);
}

/// On the pool a goroutine goes on after its commit without a break; here somebody else may come between.
#[test]
fn outputs_differ_by_who_is_polled_when() {
    let program = || {
        Program::new(|go: Go| async move {
            let group = WaitGroup::new(&go, "wg");
            group.add(3).await?;
            for number in 0..3_u32 {
                let (inner, group) = (go.clone(), group.clone());
                go.spawn("printer", async move {
                    inner.println(&number).await;
                    inner.println(&number).await;
                    group.done().await
                });
            }
            group.wait().await;
            Ok(())
        })
    };
    let ours = here(program(), &mut FirstCome { seed: 0 }).expect("nothing is replayed");
    assert_eq!(ours.trace.output().concat(), "012012", "who has waited longest goes next");
    let pool = followed(program, None);
    assert_eq!(pool.trace.output().concat(), "001122");
    let turns = followed(program, Some(1));
    assert_eq!(turns.trace.output().concat(), "012012", "with a turn for each commit they take turns");
}

/// Everything that waits is woken: meetings, buffers, locks, time, the reader.
#[test]
fn whatever_waits_is_woken() {
    let program = || {
        Program::new(|go: Go| async move {
            let (meeting, buffer) = (Chan::new(&go, "meeting", 0), Chan::new(&go, "buffer", 1));
            let (lock, group) = (Mutex::new(&go, "mu"), WaitGroup::new(&go, "wg"));
            for number in 0..4_u32 {
                let (meeting, buffer, lock, inner) = (meeting.clone(), buffer.clone(), lock.clone(), go.clone());
                let body = async move {
                    meeting.send(number).await?;
                    lock.lock().await;
                    inner.sleep(std::time::Duration::from_millis(number.into())).await;
                    lock.unlock().await;
                    buffer.send(number).await
                };
                group.go(&go, "worker", body).await?;
            }
            go.input("Go on").await;
            for _ in 0..4 {
                meeting.recv().await;
            }
            for _ in 0..4 {
                buffer.recv().await;
            }
            group.wait().await;
            Ok(())
        })
    };
    for commits_a_turn in [None, Some(1), Some(7)] {
        let outcome = followed(program, commits_a_turn);
        assert_eq!((outcome.ending, &outcome.left_behind[..]), (Ending::Completed, &[][..]));
    }
}

#[test]
fn panics_end_the_program_there_too() {
    let program = || {
        Program::new(|go: Go| async move {
            let closed = Chan::<u32>::new(&go, "closed", 0);
            go.spawn("closer", {
                let closed = closed.clone();
                async move {
                    closed.close().await?;
                    Err(Panic::new("boom"))
                }
            });
            closed.recv().await;
            go.sleep(std::time::Duration::from_secs(1)).await;
            Ok(())
        })
    };
    assert!(matches!(followed(program, None).ending, Ending::Panicked { .. }));
}
