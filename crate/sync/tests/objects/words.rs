//! Readers are told in both languages why somebody cannot go on.

use chanscope_kernel::trace::{Fold, Index};
use chanscope_kernel::words::Language;
use chanscope_kernel::{Go, GoroutineId, Outcome, Panic, Tell};
use chanscope_sync::context::Context;
use chanscope_sync::memory::{Memory, Model};
use chanscope_sync::{Chan, Cond, Mutex, Once, RwMutex, Semaphore, WaitGroup, select, select_nothing};

use crate::support::run;

/// What main waits for at the end, in both languages.
fn hindrances(outcome: &Outcome) -> [String; 2] {
    let trace = &outcome.trace;
    let index = Index::new(trace);
    let mut fold = Fold::new(trace);
    while fold.at() < trace.len() {
        fold.advance(trace);
    }
    [Language::English, Language::Chinese].map(|language| {
        let tell = Tell { trace, index: &index, language };
        tell.plain(&tell.doing(&fold, GoroutineId::MAIN))
    })
}

fn check<F>(main: impl FnOnce(Go) -> F, en: &str, zh: &str)
where
    F: Future<Output = Result<(), Panic>> + 'static,
{
    assert_eq!(hindrances(&run(main)), [en, zh]);
}

#[test]
fn who_waits_is_told_what_for_and_why() {
    check(
        |go| async move { Chan::nil(&go, "ch").send(1).await },
        "send 1 on ch: it is nil, so that nobody ever comes",
        "向 ch 发送 1：它是 nil，永远等不到对方",
    );
    check(
        |go| async move { match select_nothing(&go).await {} },
        "wait in a select: it has no case, so that nothing ever ends it",
        "在 select 中等待：它没有 case，永远不会结束",
    );
    check(
        |go| async move {
            let (mu, once) = (Mutex::new(&go, "mu"), Once::new(&go, "once"));
            mu.lock().await;
            let (inner, own) = (once.clone(), go.clone());
            once.call(&go, async move { inner.call(&own, async { Ok(()) }).await }).await
        },
        "do what once is for, once: main has not finished the first call",
        "执行 once（仅一次）：main 的第一次调用尚未结束",
    );
    check(
        |go| async move {
            let mu = Mutex::new(&go, "mu");
            mu.lock().await;
            Cond::new(&go, "cond", &mu).wait().await;
            Ok(())
        },
        "wait for cond: nobody has signalled since",
        "等待 cond：此后没有人发信号",
    );
    check(
        |go| async move {
            let (ctx, sem) = (Context::background(&go), Semaphore::new(&go, "sem", 3));
            sem.acquire(&ctx, 2).await.expect("nobody cancels");
            sem.acquire(&ctx, 2).await.expect("nobody cancels");
            Ok(())
        },
        "acquire 2 of sem: 2 of 3 are taken, 1 in line",
        "取得 sem 的 2：已占用 2/3，队列中有 1 个",
    );
    check(
        |go| async move {
            let (wg, mu) = (WaitGroup::new(&go, "wg"), RwMutex::new(&go, "mu"));
            wg.add(2).await?;
            mu.read_lock().await;
            assert!(mu.try_read_lock().await && !mu.try_lock().await);
            mu.lock().await;
            Ok(())
        },
        "lock mu for writing: readers hold it, 2",
        "锁住 mu 以写入：还有 2 个读者持有",
    );
    check(
        |go| async move {
            let mu = Mutex::new(&go, "mu");
            mu.lock().await;
            mu.lock().await;
            Ok(())
        },
        "lock mu: main holds it",
        "锁住 mu：main 持有它",
    );
    check(
        |go| async move {
            Context::background(&go).done().await;
            Ok(())
        },
        "wait until context.Background() is cancelled: nothing can ever cancel it",
        "等待 context.Background() 被取消：它永远不会被取消",
    );
}

#[test]
fn of_several_reasons_each_says_whose_it_is() {
    check(
        |go| async move {
            let (a, b, c) = (Chan::new(&go, "a", 1), Chan::<u32>::new(&go, "b", 1), Chan::<u32>::nil(&go, "c"));
            a.send(1).await?;
            select! {
                sent = a.send(2) => sent,
                _ = b.recv() => Ok(()),
                _ = c.recv() => Ok(()),
            }
        },
        "send 2 on a (the buffer is full, 1\u{a0}of\u{a0}1) or receive from b (it is empty) or receive from c (it is nil, so that \
         nobody ever comes)",
        "向 a 发送 2（缓冲区已满，1/1）或从 b 接收（它是空的）或从 c 接收（它是 nil，永远等不到对方）",
    );
    check(
        |go| async move {
            let (a, b) = (Chan::<u32>::new(&go, "a", 0), Chan::<u32>::new(&go, "b", 0));
            select! {
                _ = a.recv() => {},
                _ = b.recv() => {},
            }
            Ok(())
        },
        "receive from a or receive from b: nobody is sending",
        "从 a 接收或从 b 接收：没有发送者",
    );
}

/// In Chinese a blank parts what is Latin from what is not, and nothing else.
#[test]
fn or_stands_between_blanks_where_it_meets_a_value() {
    check(
        |go| async move {
            let (a, b) = (Chan::new(&go, "a", 0), Chan::new(&go, "b", 0));
            select! {
                sent = a.send(1) => sent,
                sent = b.send(2) => sent,
            }
        },
        "send 1 on a or send 2 on b: nobody is receiving",
        "向 a 发送 1 或向 b 发送 2：没有接收者",
    );
}

#[test]
fn who_has_ended_is_told_how() {
    check(|_| async { Err(Panic::goexit()) }, "has ended by runtime.Goexit", "已由 runtime.Goexit 结束");
    check(|_| async { Err(Panic::new("boom")) }, "panicked: boom", "panic：boom");
    let unlocks = |go: Go| async move {
        Mutex::new(&go, "mu").unlock().await;
        Ok(())
    };
    check(unlocks, "fatal error: sync: unlock of unlocked mutex", "fatal error：sync: unlock of unlocked mutex");
}

#[test]
fn a_store_buffer_with_nothing_in_it_waits_for_a_store() {
    let outcome = run(|go| async move {
        let memory = Memory::new(&go, Model::TotalStoreOrder);
        let word = memory.word("x", 0);
        word.store(1).await;
        memory.fence().await;
        Ok(())
    });
    let trace = &outcome.trace;
    let index = Index::new(trace);
    let [en, zh] = [Language::English, Language::Chinese].map(|language| {
        let (tell, buffer) = (Tell { trace, index: &index, language }, GoroutineId(1));
        let mut fold = Fold::new(trace);
        let mut told = Vec::new();
        while fold.at() < trace.len() {
            fold.advance(trace);
            if fold.goroutine(buffer).is_some() {
                told.push(tell.plain(&tell.doing(&fold, buffer)));
            }
        }
        told.dedup();
        told
    });
    let waits = "write its oldest store to memory: it waits for a store";
    let writes = "next: write its oldest store to memory";
    let can = "can go on: write its oldest store to memory";
    assert_eq!(en, [waits, can, "next: write 1 to x", writes, waits]);
    assert_eq!(zh[0], "把最早的一项写往内存：等待存入");
    assert_eq!(zh[4], zh[0]);
}
