//! What commands print: plain text, or JSON on one object's lines.

use std::io::{self, BufWriter, StdoutLock, Write};

use chanscope_kernel::words::Words;
use chanscope_scenario::{Setting, Settings};
use chanscope_session::{FindingTold, VerdictTold};
use serde_json::{Map, Value, json};

/// Standard output, with errors instead of panics.
pub(super) fn out() -> BufWriter<StdoutLock<'static>> {
    BufWriter::new(io::stdout().lock())
}

/// Prints JSON for people and programs: indented, one line break at the end.
pub(super) fn print_json(value: &Value) -> io::Result<()> {
    let mut out = out();
    serde_json::to_writer_pretty(&mut out, value)?;
    writeln!(out)?;
    out.flush()
}

/// A setting's value.
pub(super) fn setting(setting: &Setting) -> Value {
    match setting {
        // Whole numbers are written as such.
        #[expect(clippy::cast_possible_truncation, reason = "just compared")]
        Setting::Number(n) if n.fract() == 0.0 && n.abs() < 1e15 => json!(*n as i64),
        Setting::Number(n) => json!(n),
        Setting::Flag(flag) => json!(flag),
        Setting::Text(text) => json!(text),
    }
}

/// Settings by name.
pub(super) fn settings(of: &Settings) -> Value {
    Value::Object(of.iter().map(|(name, one)| (name.clone(), setting(one))).collect::<Map<_, _>>())
}

/// Settings as the command line takes them.
pub(super) fn settings_line(of: &Settings) -> String {
    of.iter().map(|(name, one)| format!("{name}={one}")).collect::<Vec<_>>().join(" ")
}

/// A text in both languages.
pub(super) fn words(words: &Words) -> Value {
    json!({ "en": words.en, "zh": words.zh })
}

/// A verdict: its kind, as scenarios declare it, and what is to be said.
pub(super) fn verdict(kind: &str, told: &VerdictTold) -> Value {
    let findings = told.findings.iter().map(|finding| {
        let more = finding.more.as_ref().map(|words| &words.en);
        let places = places(finding);
        json!({
            "kind": finding.kind,
            "sentence": finding.sentence.en,
            "more": more,
            "places": places,
            "at": finding.at,
        })
    });
    json!({
        "kind": kind,
        "good": told.good,
        "sentence": told.sentence.en,
        "findings": findings.collect::<Vec<_>>(),
    })
}

/// Where the accesses of a data race stand.
pub(super) fn places(finding: &FindingTold) -> Vec<String> {
    finding.accesses.iter().map(|(_, site)| format!("{}:{}", site.file_name(), site.line)).collect()
}

/// A number with its thousands apart.
pub(super) fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut grouped = String::new();
    for (nth, digit) in digits.chars().enumerate() {
        if nth > 0 && (digits.len() - nth).is_multiple_of(3) {
            grouped.push(' ');
        }
        grouped.push(digit);
    }
    grouped
}

/// So many of them, in words: one, or several.
pub(super) fn counted(number: u64, what: &str) -> String {
    let s = if number == 1 { "" } else { "s" };
    format!("{} {what}{s}", grouped(number))
}

/// A text of a program, fit for a terminal: nothing in it moves the cursor.
pub(super) fn plain(text: &str) -> String {
    text.chars().map(|c| if c.is_control() { '\u{fffd}' } else { c }).collect()
}

#[cfg(test)]
mod tests {
    use super::{counted, grouped, plain};

    #[test]
    fn thousands_stand_apart() {
        for (number, text) in [(0, "0"), (999, "999"), (1_000, "1 000"), (12_345_678, "12 345 678")] {
            assert_eq!(grouped(number), text);
        }
    }

    #[test]
    fn one_is_not_several() {
        let told = [0, 1, 1_000].map(|number| counted(number, "step"));
        assert_eq!(told, ["0 steps", "1 step", "1 000 steps"]);
    }

    #[test]
    fn nothing_that_is_printed_moves_the_cursor() {
        assert_eq!(plain("a\u{1b}[2Jb\r"), "a\u{fffd}[2Jb\u{fffd}");
    }
}
