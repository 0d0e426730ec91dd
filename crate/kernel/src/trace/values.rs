//! The table of values that are no small numbers: each of them once.

use std::collections::BTreeMap;

use xxhash_rust::xxh3::xxh3_64_with_seed;

use crate::value::Value;

/// Values by place. A place stays what it is.
#[derive(Default)]
pub(super) struct Values {
    values: Vec<Value>,
    /// By hash, the place of one value that has it; empty once the run is over.
    places: BTreeMap<u64, u32>,
    heap_bytes: usize,
}

impl Values {
    /// Forgets all, room that is left included: it counts against a limit, so it may not be an earlier run's.
    pub(super) fn clear(&mut self) {
        if self.values.capacity() > 0 {
            *self = Self::default();
        }
    }

    /// The place of a value that is equal.
    pub(super) fn place(&mut self, value: Value) -> u32 {
        let hash = match &value {
            Value::Text(text) => xxh3_64_with_seed(text.as_bytes(), 1),
            Value::Int(n) => xxh3_64_with_seed(&n.to_le_bytes(), 2),
            other => xxh3_64_with_seed(other.line().as_bytes(), 3),
        };
        if let Some(&place) = self.places.get(&hash)
            && self.values[place as usize] == value
        {
            return place;
        }
        let place = u32::try_from(self.values.len()).expect("events are limited");
        self.heap_bytes += value.heap_bytes();
        self.values.push(value);
        // Of two values with one hash the later is found again, and the other kept once more: rare, and no harm.
        self.places.insert(hash, place);
        place
    }

    pub(super) fn get(&self, place: u32) -> &Value {
        &self.values[place as usize]
    }

    /// What the table takes, room that is left included.
    pub(super) fn bytes(&self) -> usize {
        let places = self.places.len() * size_of::<(u64, u32)>();
        self.values.capacity() * size_of::<Value>() + self.heap_bytes + places
    }

    /// The run is over: nothing more comes in.
    pub(super) fn shrink(&mut self) {
        self.values.shrink_to_fit();
        self.places = BTreeMap::new();
    }
}

#[cfg(test)]
mod tests {
    use super::Values;
    use crate::value::Value;

    #[test]
    fn equal_values_have_one_place() {
        let mut values = Values::default();
        let all =
            [Value::text("1"), Value::Int(-1), Value::Bool(true), Value::word("1"), Value::nil(), Value::text("")];
        let places = all.clone().map(|value| values.place(value));
        assert_eq!(places, [0, 1, 2, 3, 4, 5]);
        let bytes = values.bytes();
        assert_eq!(all.clone().map(|value| values.place(value)), places);
        assert_eq!(values.bytes(), bytes, "nothing was added");
        values.shrink();
        assert_eq!(places.map(|place| values.get(place).clone()), all);
    }
}
