//! Durations as Go prints them.

use std::time::Duration;

use chanscope_kernel::{Show, Value};

/// `time.Time`: an instant of virtual time, as the duration since the start of the program.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub struct Time(pub Duration);

impl Time {
    pub(crate) fn from_nanos(nanos: u64) -> Self {
        Self(Duration::from_nanos(nanos))
    }

    pub(crate) fn nanos(self) -> u64 {
        nanos(self.0)
    }
}

impl Show for Time {
    fn show(&self) -> Value {
        Value::text(&go_text(self.0))
    }
}

/// Whole nanoseconds, up to the end of time.
pub(crate) fn nanos(duration: Duration) -> u64 {
    u64::try_from(duration.as_nanos()).unwrap_or(u64::MAX)
}

/// What `Duration.String` of Go gives: `1h15m30.918s`, `1.5ms`, `0s`.
pub(crate) fn go_text(duration: Duration) -> String {
    let nanos = duration.as_nanos();
    let (unit, name) = match nanos {
        0 => return "0s".to_owned(),
        1..1_000 => (1, "ns"),
        1_000..1_000_000 => (1_000, "µs"),
        1_000_000..1_000_000_000 => (1_000_000, "ms"),
        _ => (1_000_000_000, "s"),
    };
    let minute = 60 * 1_000_000_000;
    let (hours, minutes) = (nanos / (60 * minute), nanos / minute % 60);
    let rest = if nanos >= minute { nanos % minute } else { nanos };
    let fraction = format!("{:09}", (rest % unit) * (1_000_000_000 / unit));
    let fraction = fraction.trim_end_matches('0');
    let point = if fraction.is_empty() { "" } else { "." };
    let small = format!("{}{point}{fraction}{name}", rest / unit);
    match (hours, minutes) {
        (0, 0) => small,
        (0, _) => format!("{minutes}m{small}"),
        _ => format!("{hours}h{minutes}m{small}"),
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::go_text;

    #[test]
    fn durations_read_as_in_go() {
        let cases = [
            (0, "0s"),
            (1, "1ns"),
            (1_100, "1.1µs"),
            (2_200_000, "2.2ms"),
            (3_000_000_000, "3s"),
            (3_300_000_000, "3.3s"),
            (60_000_000_000, "1m0s"),
            (245_000_000_000, "4m5s"),
            (245_001_000_000, "4m5.001s"),
            (18_367_001_000_000, "5h6m7.001s"),
            (480_000_000_001, "8m0.000000001s"),
        ];
        for (nanos, text) in cases {
            assert_eq!(go_text(Duration::from_nanos(nanos)), text);
        }
    }
}
