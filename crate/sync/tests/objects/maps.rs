//! Plain maps used from several goroutines.

use chanscope_kernel::Go;
use chanscope_sync::{Map, Mutex, WaitGroup};

use crate::support::{all_ends, ends, set};

#[test]
fn unordered_writes_can_end_the_program() {
    let program = |guarded: bool| {
        move |go: Go| async move {
            let (m, mu, wg) = (Map::new(&go, "m"), Mutex::new(&go, "mu"), WaitGroup::new(&go, "wg"));
            for key in [1, 2] {
                let (m, mu) = (m.clone(), mu.clone());
                wg.go(&go, "writer", async move {
                    if guarded {
                        mu.lock().await;
                    }
                    m.insert(key, key).await?;
                    if guarded {
                        mu.unlock().await;
                    }
                    Ok(())
                })
                .await?;
            }
            wg.wait().await;
            go.println(&m.len().await.to_string()).await;
            Ok(())
        }
    };
    assert_eq!(all_ends(program(false)), set(["completed [2]", "fatal: concurrent map writes []"]));
    assert_eq!(all_ends(program(true)), set(["completed [2]"]));
}

#[test]
fn a_read_beside_an_unordered_write_can_end_the_program() {
    let program = |go: Go| async move {
        let (m, wg) = (Map::new(&go, "m"), WaitGroup::new(&go, "wg"));
        let theirs = m.clone();
        wg.go(&go, "writer", async move { theirs.insert(1, 1).await }).await?;
        m.get(1).await;
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed []", "fatal: concurrent map read and map write []"]));
}

#[test]
fn reads_beside_each_other_are_allowed() {
    let program = |go: Go| async move {
        let (m, wg) = (Map::new(&go, "m"), WaitGroup::new(&go, "wg"));
        m.insert("k", 7).await?;
        for _ in 0..2 {
            let m = m.clone();
            wg.go(&go, "reader", async move {
                assert_eq!((m.get("k").await, m.get("other").await), (Some(7), None));
                Ok(())
            })
            .await?;
        }
        wg.wait().await;
        Ok(())
    };
    assert_eq!(all_ends(program), set(["completed []"]));
}

#[test]
fn a_nil_map_reads_as_empty_and_cannot_be_written() {
    let program = |go: Go| async move {
        let m = Map::<u32, u32>::nil(&go, "m");
        m.delete(1).await;
        assert_eq!((m.get(1).await, m.len().await), (None, 0));
        m.insert(1, 1).await
    };
    assert_eq!(ends(program), "panicked: assignment to entry in nil map []");
}
