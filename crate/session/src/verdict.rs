//! The verdict in words.

use chanscope_kernel::trace::{Checkpoints, Fold, ObjectInfo, Site};
use chanscope_kernel::words::{Language, Words};
use chanscope_kernel::{
    Ending, Finding, GoroutineId, Limit, ObjectId, Position, RaceAccess, Tell, Verdict, runtime_kind,
};

/// A verdict as a reader is told it.
#[derive(Clone, PartialEq, Debug)]
pub struct VerdictTold {
    /// How it ended.
    pub ending: Ending,
    /// The ending in one sentence.
    pub sentence: Words,
    /// What else was found.
    pub findings: Vec<FindingTold>,
    /// Completed, with no finding.
    pub good: bool,
}

/// Something that was found beside the ending.
#[derive(Clone, PartialEq, Debug)]
pub struct FindingTold {
    /// `dataRace`, `leaked`, …: which kind it is.
    pub kind: &'static str,
    /// The finding in one sentence.
    pub sentence: Words,
    /// For a data race: how much the later access knew of the goroutine of the earlier one, and what would have ordered
    /// them.
    pub more: Option<Words>,
    /// For a data race: its two accesses, each as the position after it and where it stands.
    pub accesses: Vec<(Position, Site)>,
    /// The position that shows it best.
    pub at: Position,
    /// Goroutines concerned.
    pub goroutines: Vec<GoroutineId>,
}

pub(crate) fn told<'a>(
    verdict: &Verdict,
    tell: impl Fn(Language) -> Tell<'a>,
    checkpoints: &Checkpoints,
) -> VerdictTold {
    let (en, zh) = (tell(Language::English), tell(Language::Chinese));
    let end = checkpoints.state(en.trace, en.trace.len());
    let findings = verdict.findings.iter().map(|finding| match finding {
        Finding::DataRace { object, first, second, heard } => FindingTold {
            more: Some(unordered(en, *object, first, second, *heard)),
            accesses: [first, second]
                .map(|access| (access.at + 1, en.trace.site(en.trace.event(access.at).site)))
                .into(),
            ..race(&en.trace.object(*object).name, en, zh, checkpoints, *first, *second)
        },
        Finding::Leaked { goroutine } => leak(*goroutine, en, zh, &end),
        Finding::Lost { object, at } => lost(&en.trace.object(*object).name, en, *at),
        Finding::NotCancelled { object } => not_cancelled(en.trace.object(*object)),
    });
    VerdictTold {
        ending: verdict.ending,
        sentence: ending(verdict.ending, en),
        findings: findings.collect(),
        good: verdict.is_good(),
    }
}

fn ending(ending: Ending, tell: Tell<'_>) -> Words {
    match ending {
        Ending::Completed => Words::fixed("main returned", "main 已返回"),
        Ending::Deadlocked if ended_by_goexit(tell, GoroutineId::MAIN) => Words::fixed(
            "deadlock: no goroutines (main called runtime.Goexit)",
            "死锁：没有 goroutine 了（main 调用了 runtime.Goexit）",
        ),
        Ending::Deadlocked => Words::fixed("deadlock: all goroutines are asleep", "死锁：所有 goroutine 都睡着了"),
        Ending::Panicked { goroutine } => {
            let (who, text) = last_words(goroutine, tell);
            Words::made(format!("panic in {who}: {text}"), format!("{who} 发生 panic：{text}"))
        }
        Ending::Fatal { goroutine } => {
            let (who, text) = last_words(goroutine, tell);
            Words::made(format!("fatal error in {who}: {text}"), format!("{who} 致命错误：{text}"))
        }
        Ending::Cut(limit) => {
            let (en, zh) = match limit {
                Limit::Events => ("the limit on events", "事件数上限"),
                Limit::Goroutines => ("the limit on goroutines", "goroutine 数上限"),
                Limit::Objects => ("the limit on objects", "对象数上限"),
                Limit::Capacity => ("the limit on what a channel can hold", "channel 容量上限"),
                Limit::Calls => ("the limit on calls inside each other", "函数嵌套调用的层数上限"),
                Limit::Births => ("the limit on goroutines started by one another", "goroutine 逐级启动的层数上限"),
                Limit::Values => ("the limit on the size of all values", "所有值的总大小上限"),
            };
            Words::made(format!("cut off: it met {en}"), format!("被截断：达到{zh}"))
        }
    }
}

fn ended_by_goexit(tell: Tell<'_>, goroutine: GoroutineId) -> bool {
    let last = tell.index.last_before(goroutine, tell.trace.len());
    last.is_some_and(|at| tell.trace.runtime_act(&tell.trace.event(at)) == Some(runtime_kind::GOEXIT))
}

/// Who ended the program, and what Go says then.
fn last_words(goroutine: GoroutineId, tell: Tell<'_>) -> (String, String) {
    let last = tell.trace.event(tell.trace.len() - 1);
    let text = tell.trace.event_value(&last).map_or_else(String::new, |text| text.printed());
    (tell.trace.goroutine(goroutine).name.to_string(), text)
}

fn race(
    object: &str,
    en: Tell<'_>,
    zh: Tell<'_>,
    checkpoints: &Checkpoints,
    first: RaceAccess,
    second: RaceAccess,
) -> FindingTold {
    let did = |tell: Tell<'_>, access: RaceAccess| {
        let before = checkpoints.state(tell.trace, access.at);
        tell.plain(&tell.event(&before))
    };
    let (one, other) = (first.at + 1, second.at + 1);
    FindingTold {
        kind: "dataRace",
        sentence: Words::made(
            format!(
                "data race on {object}: {} (step {one}), {} (step {other}), and nothing orders the two",
                did(en, first),
                did(en, second)
            ),
            format!(
                "{object} 上有数据竞争：{}（第 {one} 步），{}（第 {other} 步），两者之间没有先后关系",
                did(zh, first),
                did(zh, second)
            ),
        ),
        more: None,
        accesses: Vec::new(),
        at: other,
        goroutines: vec![first.goroutine, second.goroutine],
    }
}

/// The clocks of a race, in words: how many events of the earlier access's goroutine the later one has heard of.
fn unordered(tell: Tell<'_>, object: ObjectId, first: &RaceAccess, second: &RaceAccess, heard: u32) -> Words {
    let trace = tell.trace;
    if let Some(words) = trace.object(object).kind.would_order() {
        return words;
    }
    let [one, other] = [first, second].map(|access| trace.goroutine(access.goroutine).name.as_ref());
    let step = second.at + 1;
    let last_heard = heard.checked_sub(1).map(|last| tell.index.of(first.goroutine)[last as usize]);
    let (en, zh) = match last_heard {
        Some(at) => (
            format!("At step {step} {other} knows what {one} did up to step {}, and nothing later", at + 1),
            format!("在第 {step} 步，{other} 只知道 {one} 到第 {} 步为止所做的", at + 1),
        ),
        None => (
            format!("At step {step} {other} knows nothing of what {one} did"),
            format!("在第 {step} 步，{other} 对 {one} 所做的一无所知"),
        ),
    };
    Words::made(
        format!("{en}. A mutex held around both, or a message from {one} to {other} between them, would order them."),
        format!("{zh}。两处都持有同一把互斥锁，或者其间有一条从 {one} 到 {other} 的消息，就会排定先后。"),
    )
}

fn leak(goroutine: GoroutineId, en: Tell<'_>, zh: Tell<'_>, end: &Fold) -> FindingTold {
    let waits = |tell: Tell<'_>| tell.plain(&tell.doing(end, goroutine));
    let name = &en.trace.goroutine(goroutine).name;
    FindingTold {
        kind: "leaked",
        sentence: Words::made(
            format!("{name} has leaked; it wants to {}", waits(en)),
            format!("{name} 泄漏；它要{}", waits(zh)),
        ),
        more: None,
        accesses: Vec::new(),
        at: en.index.last_before(goroutine, end.at()).map_or(end.at(), |at| at + 1),
        goroutines: vec![goroutine],
    }
}

fn lost(object: &str, tell: Tell<'_>, at: Position) -> FindingTold {
    let event = tell.trace.event(at);
    let who = &tell.trace.goroutine(event.goroutine).name;
    let value = tell.trace.event_value(&event).map_or_else(String::new, |value| value.to_string());
    FindingTold {
        kind: "lostItem",
        sentence: Words::made(
            format!("{who} receives {value} from {object} and neither uses it nor passes it on: the item is lost"),
            format!("{who} 从 {object} 收到 {value}，既没有使用也没有转交：这一项丢失了"),
        ),
        more: None,
        accesses: Vec::new(),
        at: at + 1,
        goroutines: vec![event.goroutine],
    }
}

fn not_cancelled(context: &ObjectInfo) -> FindingTold {
    let name = &context.name;
    FindingTold {
        kind: "notCancelled",
        sentence: Words::made(
            format!("{name} is never cancelled: what hangs on it stays until its parent is, or its deadline comes"),
            format!("{name} 始终没有被取消：挂在它上面的一切要等到父级取消或截止时间到来"),
        ),
        more: None,
        accesses: Vec::new(),
        at: context.born,
        goroutines: context.creator.into_iter().collect(),
    }
}
