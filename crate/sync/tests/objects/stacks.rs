//! The model of a stack. Sizes: 2048 bytes, doubled until what is in use fits.

use chanscope_kernel::trace::Fold;
use chanscope_kernel::{FirstCome, Go, Limits, ObjectId, Run};
use chanscope_sync::stack::{MAX_BYTES, Stack, StackState};

use crate::support::{all_ends, set};

#[test]
fn it_doubles_when_a_call_finds_no_room() {
    let main = |go: Go| async move {
        let stack = Stack::new(&go, "stack", MAX_BYTES);
        for bytes in [2048, 1, 10_000] {
            stack.call(bytes).await;
        }
        stack.return_all().await;
        Ok(())
    };
    let mut run = Run::new(Limits::default(), main);
    assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
    let trace = run.finish().trace;
    let mut fold = Fold::new(&trace);
    let mut told = Vec::new();
    for _ in 0..4 {
        fold.advance(&trace);
        let StackState { size, used, calls, .. } = *fold.object(ObjectId(1)).of();
        told.push((size, used, calls));
    }
    assert_eq!(told, [(2048, 2048, 1), (4096, 2049, 2), (16_384, 12_049, 3), (16_384, 0, 0)]);
}

/// 512 MiB are the last doubling below 1 000 000 000 bytes.
#[test]
fn beyond_its_limit_the_program_ends() {
    let program = |bytes| {
        move |go: Go| async move {
            Stack::new(&go, "stack", MAX_BYTES).call(bytes).await;
            Ok(())
        }
    };
    assert_eq!(all_ends(program(512 << 20)), set(["completed []"]));
    assert_eq!(all_ends(program((512 << 20) + 1)), set(["fatal: stack overflow []"]));
}
