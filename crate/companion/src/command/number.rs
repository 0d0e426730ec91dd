//! Numbers on the command line.

use std::fmt::Display;
use std::str::FromStr;

/// Reads a whole number from `min` to `max`; whatever else comes is told what would go.
pub(super) fn whole<N>(min: N, max: N) -> impl Fn(&str) -> Result<N, String> + Clone
where
    N: FromStr + PartialOrd + Display + Copy,
{
    move |text| {
        let number = text.parse().ok().filter(|number| (min..=max).contains(number));
        number.ok_or_else(|| format!("it takes a whole number from {min} to {max}"))
    }
}
