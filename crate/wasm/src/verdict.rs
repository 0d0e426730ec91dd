//! The verdict in words.

use chanscope_kernel::trace::{Checkpoints, Fold};
use chanscope_kernel::words::Language;
use chanscope_kernel::{self as kernel, Finding, GoroutineId, Limit, RaceAccess, Tell, Verdict};

use crate::wire::{Ending, FindingInfo, VerdictInfo, Words};

pub(crate) fn info<'a>(
    verdict: &Verdict,
    tell: impl Fn(Language) -> Tell<'a>,
    checkpoints: &Checkpoints,
) -> VerdictInfo {
    let (en, zh) = (tell(Language::English), tell(Language::Chinese));
    let (ending, sentence) = ending(verdict.ending, en);
    let end = checkpoints.state(en.trace, en.trace.len());
    let findings = verdict.findings.iter().map(|finding| match finding {
        Finding::DataRace { object, first, second } => {
            race(&en.trace.object(*object).name, en, zh, checkpoints, *first, *second)
        }
        Finding::Leaked { goroutine } => leak(*goroutine, en, zh, &end),
    });
    VerdictInfo { ending, sentence, findings: findings.collect(), good: verdict.is_good() }
}

fn ending(ending: kernel::Ending, tell: Tell<'_>) -> (Ending, Words) {
    match ending {
        kernel::Ending::Completed => (Ending::Completed, words("main returned", "main 已返回")),
        kernel::Ending::Deadlocked => {
            let en = "deadlock: all goroutines are asleep";
            (Ending::Deadlocked, words(en, "死锁：所有 goroutine 都睡着了"))
        }
        kernel::Ending::Panicked { goroutine } => {
            let (who, text) = last_words(goroutine, tell);
            (Ending::Panicked, Words { en: format!("panic in {who}: {text}"), zh: format!("{who} 发生 panic：{text}") })
        }
        kernel::Ending::Fatal { goroutine } => {
            let (who, text) = last_words(goroutine, tell);
            (
                Ending::Fatal,
                Words { en: format!("fatal error in {who}: {text}"), zh: format!("{who} 致命错误：{text}") },
            )
        }
        kernel::Ending::Cut(limit) => {
            let (en, zh) = match limit {
                Limit::Events => ("the limit on events", "事件数上限"),
                Limit::Goroutines => ("the limit on goroutines", "goroutine 数上限"),
                Limit::Objects => ("the limit on objects", "对象数上限"),
            };
            let sentence = Words { en: format!("cut off: it met {en}"), zh: format!("被截断：达到{zh}") };
            (Ending::Cut, sentence)
        }
    }
}

/// Who ended the program, and what Go says then.
fn last_words(goroutine: GoroutineId, tell: Tell<'_>) -> (String, String) {
    let last = tell.trace.event(tell.trace.len() - 1);
    let text = tell.trace.event_value(&last).map_or_else(String::new, |text| text.printed());
    (tell.trace.goroutine(goroutine).name.clone(), text)
}

fn race(
    object: &str,
    en: Tell<'_>,
    zh: Tell<'_>,
    checkpoints: &Checkpoints,
    first: RaceAccess,
    second: RaceAccess,
) -> FindingInfo {
    let did = |tell: Tell<'_>, access: RaceAccess| {
        let before = checkpoints.state(tell.trace, access.at);
        tell.plain(&tell.event(&before))
    };
    let (one, other) = (first.at + 1, second.at + 1);
    FindingInfo {
        kind: "dataRace".to_owned(),
        sentence: Words {
            en: format!(
                "data race on {object}: {} (step {one}), {} (step {other}), and nothing orders the two",
                did(en, first),
                did(en, second)
            ),
            zh: format!(
                "{object} 上有数据竞争：{}（第 {one} 步），{}（第 {other} 步），两者之间没有先后关系",
                did(zh, first),
                did(zh, second)
            ),
        },
        at: other,
        goroutines: vec![first.goroutine.0, second.goroutine.0],
    }
}

fn leak(goroutine: GoroutineId, en: Tell<'_>, zh: Tell<'_>, end: &Fold) -> FindingInfo {
    let waits = |tell: Tell<'_>| tell.plain(&tell.doing(end, goroutine));
    let name = &en.trace.goroutine(goroutine).name;
    FindingInfo {
        kind: "leaked".to_owned(),
        sentence: Words {
            en: format!("{name} has leaked; it wants to {}", waits(en)),
            zh: format!("{name} 泄漏；它要{}", waits(zh)),
        },
        at: en.index.last_before(goroutine, end.at()).map_or(end.at(), |at| at + 1),
        goroutines: vec![goroutine.0],
    }
}

fn words(en: &str, zh: &str) -> Words {
    Words { en: en.to_owned(), zh: zh.to_owned() }
}
