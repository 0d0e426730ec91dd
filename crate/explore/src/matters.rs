//! What the order of events is asked for: everything that goroutines do, and what the caller wants told apart beside.

use chanscope_kernel::{Access, ObjectId, Touch, runtime_kind};

/// What tells executions apart beside what goroutines do in them.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Matters {
    /// Data races. An atomic add orders what comes before it and after it, so with races in question the order of two
    /// adds matters although neither is told the result: a write, then an add, beside an add, then a read, is a race
    /// in one order only. Without, races are not reported.
    pub races: bool,
    /// The order in which lines of output come.
    pub order_of_output: bool,
}

impl Default for Matters {
    fn default() -> Self {
        Self { races: true, order_of_output: false }
    }
}

impl Matters {
    /// How the touch counts for the order of events; `None` where it does not.
    pub(crate) fn access(self, touch: &Touch) -> Option<Access> {
        match touch.access {
            Access::Release => self.races.then_some(Access::Write),
            Access::Acquire => self.races.then_some(Access::Read),
            Access::Add if self.order_of_output && is_output(touch) => Some(Access::Write),
            access => Some(access),
        }
    }
}

fn is_output(touch: &Touch) -> bool {
    touch.object == ObjectId::RUNTIME && touch.aspect == runtime_kind::OUTPUT
}

#[cfg(test)]
mod tests {
    use chanscope_kernel::{Access, Aspect, ObjectId, Touch};

    use super::Matters;

    /// Whether two touches of one place are told apart.
    fn told(matters: Matters, object: ObjectId, aspect: Aspect, one: Access, other: Access) -> bool {
        let access = |access| matters.access(&Touch { object, aspect, index: 0, access });
        access(one).zip(access(other)).is_some_and(|(one, other)| one.conflicts(other))
    }

    #[test]
    fn adds_commute_unless_they_order_something_for_races() {
        let (with, without) = (Matters::default(), Matters { races: false, ..Matters::default() });
        let told = |matters, one, other| told(matters, ObjectId(1), Aspect(0), one, other);
        assert!(!told(with, Access::Add, Access::Add));
        assert!(told(without, Access::Add, Access::Read) && told(without, Access::Write, Access::Add));
        assert!(told(with, Access::Acquire, Access::Release) && told(with, Access::Release, Access::Release));
        assert!(!told(without, Access::Acquire, Access::Release));
    }

    #[test]
    fn lines_of_output_commute_unless_their_order_matters() {
        let ordered = Matters { order_of_output: true, ..Matters::default() };
        let output = chanscope_kernel::runtime_kind::OUTPUT;
        assert!(told(ordered, ObjectId::RUNTIME, output, Access::Add, Access::Add));
        assert!(!told(Matters::default(), ObjectId::RUNTIME, output, Access::Add, Access::Add));
        assert!(!told(ordered, ObjectId(1), output, Access::Add, Access::Add));
    }
}
