//! A litmus test as data.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

/// A test.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Litmus {
    /// Its name.
    pub name: String,
    /// What is in words and registers at the start; 0 where nothing is said.
    pub initial: BTreeMap<Place, i64>,
    /// What each thread does.
    pub threads: Vec<Vec<Instruction>>,
    /// Places that are told beside those of the condition.
    pub locations: BTreeSet<Place>,
    /// Final states where it does not hold are left out.
    pub filter: Condition,
    /// What is asked of the final states.
    pub quantifier: Quantifier,
    /// The states that are asked for.
    pub condition: Condition,
}

/// A word of memory, or a register of a thread.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub enum Place {
    /// By its name.
    Word(String),
    /// By thread and name.
    Register(usize, String),
}

impl fmt::Display for Place {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Word(name) => f.write_str(name),
            Self::Register(thread, name) => write!(f, "{thread}:{name}"),
        }
    }
}

/// What an instruction writes, where it is no word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Operand {
    /// `$1`
    Constant(i64),
    /// `EAX`
    Register(String),
}

/// What a thread does.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Instruction {
    /// `MOV [x],$1`, `MOV [x],EAX`
    Store(String, Operand),
    /// `MOV EAX,[x]`
    Load(String, String),
    /// `MOV EAX,$1`, `MOV EAX,EBX`
    Move(String, Operand),
    /// `XCHG [x],EAX`
    Exchange(String, String),
    /// `XCHG EAX,EBX`
    Swap(String, String),
    /// `MFENCE`
    Fence,
}

/// What is asked.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Quantifier {
    /// Whether some execution ends so.
    Exists,
    /// Whether none does.
    NotExists,
    /// Whether all do.
    ForAll,
}

/// A statement about a final state. It is as deep as its parentheses, however many statements stand side by side.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Condition {
    /// `x=1`, `0:EAX=1`
    Is(Place, i64),
    /// `~ (…)`, `not (…)`
    Not(Box<Condition>),
    /// `… /\ … /\ …`
    All(Vec<Condition>),
    /// `… \/ … \/ …`
    Any(Vec<Condition>),
    /// `… => …`
    Implies(Box<Condition>, Box<Condition>),
    /// `true`
    True,
    /// `false`
    False,
}

impl Condition {
    /// Whether it holds, given what is in each place.
    #[must_use]
    pub fn holds(&self, state: &BTreeMap<Place, i64>) -> bool {
        match self {
            Self::Is(place, value) => state.get(place).copied().unwrap_or(0) == *value,
            Self::Not(condition) => !condition.holds(state),
            Self::All(conditions) => conditions.iter().all(|condition| condition.holds(state)),
            Self::Any(conditions) => conditions.iter().any(|condition| condition.holds(state)),
            Self::Implies(one, other) => !one.holds(state) || other.holds(state),
            Self::True => true,
            Self::False => false,
        }
    }

    /// The places that it mentions.
    #[must_use]
    pub fn places(&self) -> BTreeSet<Place> {
        match self {
            Self::Is(place, _) => BTreeSet::from([place.clone()]),
            Self::Not(condition) => condition.places(),
            Self::All(conditions) | Self::Any(conditions) => conditions.iter().flat_map(Self::places).collect(),
            Self::Implies(one, other) => &one.places() | &other.places(),
            Self::True | Self::False => BTreeSet::new(),
        }
    }
}

impl Litmus {
    /// What is told of a final state: the places of the condition, and those that are named beside it.
    #[must_use]
    pub fn told(&self) -> BTreeSet<Place> {
        &self.condition.places() | &self.locations
    }

    /// What has to be known of a final state.
    #[must_use]
    pub fn known(&self) -> BTreeSet<Place> {
        &self.told() | &self.filter.places()
    }

    /// Words that it names anywhere, in the order of their names.
    #[must_use]
    pub fn words(&self) -> BTreeSet<String> {
        let word = |place: &Place| match place {
            Place::Word(name) => Some(name.clone()),
            Place::Register(..) => None,
        };
        let places = self.known();
        let named = self.initial.keys().filter_map(word).chain(places.iter().filter_map(word));
        let used = self.threads.iter().flatten().filter_map(|instruction| match instruction {
            Instruction::Store(name, _) | Instruction::Load(_, name) | Instruction::Exchange(name, _) => {
                Some(name.clone())
            }
            Instruction::Move(..) | Instruction::Swap(..) | Instruction::Fence => None,
        });
        named.chain(used.collect::<Vec<_>>()).collect()
    }
}
