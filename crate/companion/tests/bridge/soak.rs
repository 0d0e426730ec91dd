//! The companion for a long time: a thousand connections at once, some that read, some that do not, some that break
//! off; the clock dies under all of them and is begun again. When all have gone it holds what it held before, however
//! often.
//!
//! A few rounds in the tests; `npm run soak -- 600` goes on for so many seconds.

use std::time::{Duration, Instant};

use chanscope_companion::bridge::CloseCode;
use serde_json::Value;
use tokio::time::timeout;

use crate::memory::SLACK_KIB;
use crate::served::{Served, serve};
use crate::support::{ALL, Page};

const CONNECTIONS: usize = 1000;
/// Of these a round replaces so many, in each of the ways to go.
const REPLACED: usize = 30;
/// After these rounds everything that is made once has been made.
const WARM_UP_ROUNDS: u32 = 2;
/// Rounds that are measured at least.
const ROUNDS: u32 = 2;
/// As long as a machine that does something else needs to notice a thousand connections going.
const PATIENCE: Duration = Duration::from_secs(60);

const DIES: &str = r#"{"acceptLoop":"concurrent","onWriteError":"serverDies","intervalMs":100,"connectionsMax":4096,"smallBuffers":false}"#;
const LIVES: &str = r#"{"acceptLoop":"concurrent","onWriteError":"connectionEnds","intervalMs":100,"connectionsMax":4096,"smallBuffers":false}"#;

fn asked_for() -> Duration {
    let seconds = std::env::var("CHANSCOPE_SOAK_SECONDS").ok();
    Duration::from_secs(seconds.map_or(0, |seconds| seconds.parse().expect("CHANSCOPE_SOAK_SECONDS is a number")))
}

/// A connection that reads and has read, one that could and does not, or one that waits for nothing: by number.
async fn open(served: &Served, nth: usize) -> Page {
    let mut page = served.connect().await;
    match nth % 3 {
        0 => {
            page.give(ALL).await;
            assert!(page.bytes().await.ends_with(b"\n"), "the clock writes lines");
        }
        1 => page.give(ALL).await,
        _ => {}
    }
    page
}

/// Breaks off, or says goodbye, or lets the other side find out.
async fn leave(mut page: Page, nth: usize) {
    match nth % 3 {
        0 => page.vanish(),
        1 => page.socket.close(None).await.expect("it is open"),
        _ => drop(page),
    }
}

/// Reads the clock's news until its state is this.
async fn clock_is(reader: &mut Page, wanted: &str) {
    loop {
        let news: Value = serde_json::from_str(reader.hear().await.to_text().unwrap()).unwrap();
        if news["state"]["status"]["type"] == wanted {
            return;
        }
    }
}

async fn round(served: &Served) {
    served.set(LIVES).await;
    let mut pages = Vec::with_capacity(CONNECTIONS);
    for nth in 0..CONNECTIONS {
        pages.push((nth, open(served, nth).await));
    }
    for nth in 0..3 * REPLACED {
        let (_, gone) = pages.swap_remove((nth * 7) % CONNECTIONS);
        leave(gone, nth).await;
        pages.push((nth, open(served, nth).await));
    }
    let mut reader = served.websocket("/api/events", "chanscope.events.v1").await;
    served.set(DIES).await;
    pages.pop().expect("there are many").1.vanish();
    clock_is(&mut reader, "dead").await;
    // Who waits for nothing is told nothing, since the last time that the clock wrote is still in front of it.
    for (_, page) in pages.iter_mut().filter(|(nth, _)| nth % 3 != 2).step_by(100) {
        page.closes(CloseCode::ServerDied).await;
    }
    drop(pages);
    served.begin_clock().await;
    clock_is(&mut reader, "running").await;
}

/// Each connection ends in a task of its own, which waits for nothing.
async fn all_have_gone(served: &Served, descriptors: usize) {
    let gone = async {
        while served.descriptors() > descriptors {
            tokio::time::sleep(Duration::from_millis(10)).await;
        }
    };
    timeout(PATIENCE, gone).await.expect("connections are left open");
}

#[tokio::test]
async fn what_a_thousand_connections_took_is_given_back_each_time() {
    let served = serve(&["--clock-port", "0"]);
    let descriptors = served.descriptors();
    let (begun, mut rounds, mut before, mut most) = (Instant::now(), 0, 0, 0);
    while rounds < WARM_UP_ROUNDS + ROUNDS || begun.elapsed() < asked_for() {
        timeout(PATIENCE, round(&served)).await.expect("a round takes seconds");
        all_have_gone(&served, descriptors).await;
        rounds += 1;
        let (resident, _) = served.memory();
        if rounds == WARM_UP_ROUNDS {
            before = resident;
        }
        if rounds > WARM_UP_ROUNDS {
            most = most.max(resident);
            assert!(
                resident < before + SLACK_KIB,
                "{before} KiB after the first rounds, {resident} KiB after {rounds}"
            );
        }
    }
    let seconds = begun.elapsed().as_secs();
    println!(
        "{rounds} rounds of {CONNECTIONS} connections in {seconds} s: {before} KiB at rest, at most {most} KiB later"
    );
}
