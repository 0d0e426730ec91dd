//! Values in full, for the inspector: those that are too long for a sentence.

use std::any::Any;

use chanscope_kernel::trace::Fold;
use chanscope_kernel::{Trace, Value};
use chanscope_sync::atomic::AtomicState;
use chanscope_sync::{ChannelState, VariableState};

use crate::snapshot::MOST_ITEMS;
use crate::wire::WholeValue;

/// Values that a moment shows in full.
const MOST_WHOLE: usize = 40;

/// What is in the last event, in variables and in channels, and is too long for a sentence.
pub(crate) fn whole_values(trace: &Trace, fold: &Fold) -> Vec<WholeValue> {
    let last = fold.at().checked_sub(1).and_then(|at| trace.event_value(&trace.event(at)));
    let last = last.map(|value| (None, None, value));
    let objects = trace.objects()[..fold.objects()].iter().flat_map(|object| {
        let state: &dyn Any = fold.object(object.id);
        let inside: Vec<_> = if let Some(ChannelState { buffer, .. }) = state.downcast_ref() {
            let items = (0..).zip(buffer.iter().take(MOST_ITEMS));
            items.filter_map(|(slot, &packed)| Some((Some(slot), trace.value(packed)?))).collect()
        } else if let Some(VariableState { value, .. }) = state.downcast_ref() {
            value.iter().map(|value| (None, value.clone())).collect()
        } else if let Some(AtomicState { value, .. }) = state.downcast_ref() {
            value.iter().map(|value| (None, value.clone())).collect()
        } else {
            Vec::new()
        };
        inside.into_iter().map(|(slot, value)| (Some(object.id.0), slot, value))
    });
    let too_long = last
        .into_iter()
        .chain(objects)
        .filter_map(|(object, slot, value)| Some(WholeValue { object, slot, text: beyond_short(&value)? }));
    too_long.take(MOST_WHOLE).collect()
}

/// The value in full, where a sentence cannot show all of it. Most values are numbers, which it always can, so that
/// they are not told twice for every step only to be compared.
fn beyond_short(value: &Value) -> Option<String> {
    match value {
        Value::Unit | Value::Int(_) | Value::Bool(_) => None,
        Value::Text(_) | Value::Composite(_) => {
            let full = value.full();
            (full != value.to_string()).then_some(full)
        }
    }
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::trace::Checkpoints;
    use chanscope_kernel::{FirstCome, Go, Limits, Panic, Position, Run, Value};
    use chanscope_sync::{Chan, Var};

    use super::{MOST_WHOLE, beyond_short, whole_values};
    use crate::wire::WholeValue;

    fn at<F>(main: impl FnOnce(Go) -> F, at: Position) -> Vec<WholeValue>
    where
        F: Future<Output = Result<(), Panic>> + 'static,
    {
        let mut run = Run::new(Limits::default(), main);
        assert!(run.advance(&mut FirstCome { seed: 0 }, 10_000).expect("nothing is replayed"), "it ends");
        let trace = run.finish().trace;
        whole_values(&trace, &Checkpoints::new(&trace).state(&trace, at))
    }

    async fn main(go: Go) -> Result<(), Panic> {
        let (sizes, key) = (Chan::new(&go, "sizes", 2), Var::new(&go, "key", "k".to_owned()));
        sizes.send(vec![1, 2, 3]).await?;
        sizes.send(vec![1, 2, 3, 4]).await?;
        key.store("k".repeat(100)).await;
        Ok(())
    }

    #[test]
    fn only_what_a_sentence_cannot_show_is_there() {
        let value = |object, slot, text: &str| WholeValue { object, slot, text: text.to_owned() };
        let long = format!("\"{}\"", "k".repeat(100));
        assert_eq!(at(main, 0), []);
        assert_eq!(at(main, 1), [], "three items are short");
        assert_eq!(at(main, 2), [value(None, None, "[1 2 3 4]"), value(Some(1), Some(1), "[1 2 3 4]")]);
        let last = [value(None, None, &long), value(Some(1), Some(1), "[1 2 3 4]"), value(Some(2), None, &long)];
        assert_eq!(at(main, 3), last);
    }

    #[test]
    fn numbers_are_always_short() {
        for value in [Value::Unit, Value::Int(i64::MIN), Value::Int(i64::MAX), Value::Bool(false)] {
            assert_eq!((beyond_short(&value), value.full()), (None, value.to_string()));
        }
        assert_eq!(beyond_short(&Value::text(&"é".repeat(40))), Some(format!("\"{}\"", "é".repeat(40))));
    }

    #[test]
    fn there_is_an_end_to_them() {
        let long = |n: usize| {
            let main = async move |go: Go| {
                let channels: Vec<_> = (0..n).map(|n| Chan::new(&go, format!("c{n}"), 1)).collect();
                for channel in &channels {
                    channel.send("x".repeat(100)).await?;
                }
                Ok(())
            };
            at(main, Position::try_from(n).expect("a few")).len()
        };
        assert_eq!((long(MOST_WHOLE - 1), long(MOST_WHOLE)), (MOST_WHOLE, MOST_WHOLE), "the last step's is one more");
    }
}
