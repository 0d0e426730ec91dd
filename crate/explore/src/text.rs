//! Texts that outcomes are named with, in the order in which a reader looks for them.

use std::cmp::Ordering;
use std::fmt::{self, Display};
use std::ops::Deref;

/// A text, ordered by the numbers in it where it has some: `2` comes before `10`.
#[derive(Clone, PartialEq, Eq, Hash, Debug)]
pub struct Text(String);

impl Ord for Text {
    fn cmp(&self, other: &Self) -> Ordering {
        alphanumeric_sort::compare_str(&self.0, &other.0)
    }
}

impl PartialOrd for Text {
    fn partial_cmp(&self, other: &Self) -> Option<Ordering> {
        Some(self.cmp(other))
    }
}

impl From<String> for Text {
    fn from(text: String) -> Self {
        Self(text)
    }
}

impl Deref for Text {
    type Target = str;

    fn deref(&self) -> &str {
        &self.0
    }
}

impl Display for Text {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str(&self.0)
    }
}

#[cfg(test)]
mod tests {
    use std::cmp::Ordering;

    use super::Text;

    #[test]
    fn texts_are_ordered_by_their_numbers() {
        let mut texts = ["worker 10 is done", "10", "x:1,y:102", "2", "worker 9 is done", "x:1,y:12", "idle"];
        texts.sort_by_key(|text| Text::from((*text).to_owned()));
        assert_eq!(texts, ["2", "10", "idle", "worker 9 is done", "worker 10 is done", "x:1,y:12", "x:1,y:102"]);
    }

    /// Outcomes are kept by it: two texts that it took for the same would be one outcome.
    #[test]
    fn the_order_is_total_and_tells_all_texts_apart() {
        let mut texts = vec![String::new()];
        for length in 0..3 {
            let longer = texts.iter().filter(|text| text.len() == length);
            let longer: Vec<String> =
                longer.flat_map(|text| ["0", "1", "2", "a", "-", " "].map(|end| text.clone() + end)).collect();
            texts.extend(longer);
        }
        let mut texts: Vec<Text> = texts.into_iter().map(Text::from).collect();
        texts.sort();
        for (nth, text) in texts.iter().enumerate() {
            assert!(
                texts[..nth]
                    .iter()
                    .all(|before| before.cmp(text) == Ordering::Less && text.cmp(before) == Ordering::Greater)
            );
        }
    }
}
