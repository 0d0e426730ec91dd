//! What could happen next, and what each possibility is called.
//!
//! A [`Decision`] is one possibility at hand, in the run's own numbers. A [`Choice`] is its name: it says what happens
//! and not at which place of a list it stood, so it means the same after a change that does not touch it.

use std::fmt;

use smallvec::SmallVec;

use crate::gate::Passage;
use crate::ids::{GateId, GoroutineId, Path, Position};
use crate::inner::{Inner, Stage};
use crate::object::Act;
use crate::runtime::{ALWAYS, OUTSIDE};
use crate::runtime_kind;
use crate::trace::CaseInfo;

/// One possibility.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Decision {
    /// Who moves.
    pub goroutine: GoroutineId,
    /// How.
    pub way: Way,
}

/// How a goroutine's operation goes on.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum Way {
    /// It cannot now; the goroutine stops to wait, and whoever looks can see that.
    Park,
    /// A case goes through by itself.
    Alone {
        /// Which.
        case: u8,
    },
    /// A case goes through together with another goroutine's.
    Meet {
        /// Which.
        case: u8,
        /// With whom.
        partner: GoroutineId,
        /// Which case of the partner's.
        partner_case: u8,
    },
    /// A draw has this value.
    Draw {
        /// The value.
        value: u64,
    },
    /// A select takes its default.
    Default,
}

/// The ways in which one goroutine could go on, without listing them: there can be a million values to draw.
#[derive(Clone, Debug, Default)]
pub struct Ways {
    groups: SmallVec<[Group; 4]>,
}

#[derive(Clone, Copy, Debug)]
enum Group {
    One(Way),
    Partners { case: u8, gate: GateId, len: u64 },
    Values { len: u64 },
}

impl Group {
    fn len(self) -> u64 {
        match self {
            Self::One(_) => 1,
            Self::Partners { len, .. } | Self::Values { len } => len,
        }
    }
}

/// A moment at which something has to be decided: what a [`Strategy`](crate::Strategy) looks at.
#[derive(Clone, Copy)]
pub struct Moment<'a> {
    pub(crate) inner: &'a Inner,
}

impl<'a> Moment<'a> {
    pub(crate) fn new(inner: &'a Inner) -> Self {
        Self { inner }
    }

    /// The position at which the decision is made.
    #[must_use]
    pub fn position(self) -> Position {
        self.inner.trace.len()
    }

    /// How many candidates [`Moment::candidate`] has: each case that can be passed, and each goroutine that may park.
    /// A goroutine with several such cases is a candidate several times.
    #[must_use]
    pub fn candidates(self) -> usize {
        let gates = self.inner.gates.passable().iter().map(|&gate| self.inner.gates.waiting(gate).len());
        gates.sum::<usize>() + self.inner.arriving.len()
    }

    /// One candidate. `None` for one that has no way to go (it could only meet itself), or that stands in the list a
    /// second time (on its way, at a gate that it can pass): then take the next.
    ///
    /// # Panics
    /// When `index` is not below [`Moment::candidates`].
    #[must_use]
    pub fn candidate(self, mut index: usize) -> Option<GoroutineId> {
        for &gate in self.inner.gates.passable() {
            let waiting = self.inner.gates.waiting(gate);
            match waiting.get(index) {
                Some(waiting) => {
                    let goes = gate == ALWAYS || self.inner.gates.lets_through(gate, waiting.goroutine);
                    return goes.then_some(waiting.goroutine);
                }
                None => index -= waiting.len(),
            }
        }
        let arriving = self.inner.arriving[index];
        (!self.inner.can_go(arriving)).then_some(arriving)
    }

    /// One candidate: the first from `index` on, in a circle, that has a way to go. `None` when nobody can move.
    ///
    /// Cost: mostly that of [`Moment::candidate`]; in the worst case that of all.
    #[must_use]
    pub fn candidate_from(self, index: usize) -> Option<GoroutineId> {
        let candidates = self.candidates();
        // Who is on his way stands at a gate as well: looked at here he only counts where he can stop and wait.
        let at_gates = candidates - self.inner.arriving.len();
        let nobody_parks = self.inner.nobody_can_park();
        let start = if index >= at_gates && nobody_parks { 0 } else { index };
        let end = if nobody_parks { at_gates } else { candidates };
        (start..end).chain(0..start.min(end)).find_map(|index| self.candidate(index))
    }

    /// The goroutine that has waited longest of those that can move. `None` when nobody can.
    ///
    /// Cost: the number of gates that can be passed.
    #[must_use]
    pub fn longest_waiting(self) -> Option<GoroutineId> {
        let Inner { gates, oldest, .. } = self.inner;
        let mut longest = oldest.front().copied();
        for &gate in gates.passable() {
            for waiting in gates.waiting(gate) {
                if longest.is_some_and(|(arrival, _)| arrival <= waiting.arrival) {
                    break;
                }
                if gate == ALWAYS || gates.lets_through(gate, waiting.goroutine) {
                    longest = Some((waiting.arrival, waiting.goroutine));
                    break;
                }
            }
        }
        longest.map(|(_, goroutine)| goroutine)
    }

    /// Whether anybody can move.
    #[must_use]
    pub fn anybody(self) -> bool {
        let Inner { gates, arriving, .. } = self.inner;
        let passes = |&gate| {
            let mut waiting = gates.waiting(gate).iter();
            gate == ALWAYS || waiting.any(|w| gates.lets_through(gate, w.goroutine))
        };
        !arriving.is_empty() || gates.passable().iter().any(passes)
    }

    /// In how many ways the goroutine could go on; none when it has to wait and has parked already.
    #[must_use]
    pub fn ways(self, id: GoroutineId) -> Ways {
        let Inner { gates, goroutines, .. } = self.inner;
        let goroutine = &goroutines[id.index()];
        let (mut groups, mut is_sure) = (SmallVec::new(), false);
        if matches!(goroutine.stage, Stage::Local | Stage::Over) {
            return Ways { groups };
        }
        for (case, at) in (0..).zip(&goroutine.cases) {
            let before = groups.len();
            match gates.passage(at.gate) {
                Passage::Shut | Passage::Outside => {}
                Passage::Open if at.draws > 0 => groups.push(Group::Values { len: at.draws }),
                Passage::Open => groups.push(Group::One(Way::Alone { case })),
                Passage::Meeting(gate) => {
                    let waiting = gates.waiting(gate);
                    let len = if goroutine.attempt {
                        waiting.iter().filter(|w| self.may_meet(id, w.goroutine)).count()
                    } else {
                        waiting.len() - self.own_cases(id, gate)
                    };
                    let len = len as u64;
                    if len > 0 {
                        groups.push(Group::Partners { case, gate, len });
                    }
                }
            }
            is_sure |= groups.len() > before && !self.inner.may_not_have_come(id, at.gate);
        }
        if goroutine.attempt && !is_sure {
            groups.push(Group::One(Way::Default));
        } else if groups.is_empty() && goroutine.stage == Stage::Submitted {
            groups.push(Group::One(Way::Park));
        }
        Ways { groups }
    }

    /// How many cases of its operation wait at the gate.
    fn own_cases(self, id: GoroutineId, gate: GateId) -> usize {
        self.inner.goroutines[id.index()].cases.iter().filter(|case| case.gate == gate).count()
    }

    /// An attempt meets only those who have parked and whom nothing has let go on since: it looks once and does not
    /// wait for who is on its way.
    fn may_meet(self, id: GoroutineId, partner: GoroutineId) -> bool {
        let attempt = self.inner.goroutines[id.index()].attempt;
        partner != id && (!attempt || (self.has_parked(partner) && !self.goes_alone(partner)))
    }

    /// One of the ways of `goroutine`.
    ///
    /// # Panics
    /// When `index` is not below [`Ways::len`].
    #[must_use]
    pub fn way(self, goroutine: GoroutineId, ways: &Ways, mut index: u64) -> Way {
        for &group in &ways.groups {
            if index < group.len() {
                return self.way_in(goroutine, group, index);
            }
            index -= group.len();
        }
        panic!("there are fewer ways than that");
    }

    /// The first way of the `nth` case that can go through: with the partner that arrived first.
    ///
    /// # Panics
    /// When `nth` is not below [`Ways::cases`].
    #[must_use]
    pub fn first_way(self, goroutine: GoroutineId, ways: &Ways, nth: usize) -> Way {
        self.way_in(goroutine, ways.groups[nth], 0)
    }

    fn way_in(self, goroutine: GoroutineId, group: Group, index: u64) -> Way {
        match group {
            Group::One(way) => way,
            Group::Values { .. } => Way::Draw { value: index },
            Group::Partners { case, gate, .. } => {
                let waiting = self.inner.gates.waiting(gate);
                let nth = usize::try_from(index).expect("partners are in memory");
                let attempt = self.inner.goroutines[goroutine.index()].attempt;
                let partner = if attempt || self.own_cases(goroutine, gate) > 0 {
                    waiting.iter().filter(|w| self.may_meet(goroutine, w.goroutine)).nth(nth)
                } else {
                    waiting.get(nth)
                };
                let partner = partner.expect("counted before");
                Way::Meet { case, partner: partner.goroutine, partner_case: partner.case }
            }
        }
    }

    /// Everything that could happen next, at most `most` possibilities, in a deterministic order: by goroutine, then
    /// by case. Where there are more, everybody who can move gets an equal share: a draw has as many ways as values.
    ///
    /// A meeting is listed once, under the one of the two that would have a choice of partner first: the goroutine
    /// born earlier.
    #[must_use]
    pub fn decisions(self, most: usize) -> Vec<Decision> {
        let ids = (0..).map(GoroutineId).take(self.inner.goroutines.len());
        let movers: Vec<_> = ids.map(|id| (id, self.ways(id))).filter(|(_, ways)| !ways.is_empty()).collect();
        let share = if self.possibilities() <= most as u64 { usize::MAX } else { (most / movers.len()).max(1) };
        let of_one = |(goroutine, ways): (GoroutineId, Ways)| {
            let all = (0..ways.len()).map(move |nth| Decision { goroutine, way: self.way(goroutine, &ways, nth) });
            all.filter(move |decision| !self.listed_under_partner(decision)).take(share)
        };
        movers.into_iter().flat_map(of_one).chain(self.from_outside()).take(most).collect()
    }

    /// What the reader could do now. No strategy does.
    pub fn from_outside(self) -> impl Iterator<Item = Decision> + 'a {
        let Inner { gates, .. } = self.inner;
        let way = |case| Way::Alone { case };
        gates.waiting(OUTSIDE).iter().map(move |w| Decision { goroutine: w.goroutine, way: way(w.case) })
    }

    fn listed_under_partner(self, decision: &Decision) -> bool {
        match decision.way {
            Way::Meet { partner, .. } => {
                partner < decision.goroutine && !self.inner.goroutines[decision.goroutine.index()].attempt
            }
            _ => false,
        }
    }

    /// How many decisions there are, listed or not. Cost: the goroutines.
    #[must_use]
    pub fn possibilities(self) -> u64 {
        let goroutines = (0..).map(GoroutineId).take(self.inner.goroutines.len());
        let ways = goroutines.map(|goroutine| {
            let ways = self.ways(goroutine);
            let met = ways.groups.iter().filter_map(|group| match group {
                Group::Partners { gate, .. } => Some(self.inner.gates.waiting(*gate)),
                _ => None,
            });
            let attempt = self.inner.goroutines[goroutine.index()].attempt;
            let listed_already = met.flatten().filter(|w| !attempt && w.goroutine < goroutine).count();
            ways.len() - listed_already as u64
        });
        ways.sum::<u64>() + self.from_outside().count() as u64
    }

    /// The name of a decision.
    #[must_use]
    pub fn name(self, decision: &Decision) -> Choice {
        let Decision { goroutine, way } = *decision;
        let Inner { trace, goroutines, .. } = self.inner;
        let asked = &goroutines[goroutine.index()];
        let path = |id: GoroutineId| trace.goroutine(id).path.clone();
        let act_of = |id: GoroutineId, case: u8| {
            let at = goroutines[id.index()].cases[usize::from(case)];
            trace.object(at.object).kind.act_name(at.act)
        };
        let runtime_act = |act: Act| trace.objects()[0].kind.act_name(act);
        let in_select = |id: GoroutineId, case: u8| goroutines[id.index()].select.then_some(case);
        let (act, case, value, partner) = match way {
            Way::Park => (runtime_act(runtime_kind::PARK), None, None, None),
            Way::Default => (runtime_act(runtime_kind::DEFAULT), None, None, None),
            Way::Draw { value } => (runtime_act(runtime_kind::DRAW), None, Some(value), None),
            Way::Alone { case } => (act_of(goroutine, case), asked.select.then_some(case), None, None),
            Way::Meet { case, partner, partner_case } => {
                let partner = Partner { goroutine: path(partner), case: in_select(partner, partner_case) };
                (act_of(goroutine, case), in_select(goroutine, case), None, Some(partner))
            }
        };
        Choice { goroutine: path(goroutine), act: act.to_owned(), case, value, partner }
    }

    /// The decision of that name, when it is possible now.
    #[must_use]
    pub fn find(self, choice: &Choice) -> Option<Decision> {
        let index = self.inner.trace.goroutines().iter().position(|g| g.path == choice.goroutine)?;
        let goroutine = GoroutineId(u32::try_from(index).expect("goroutines are limited"));
        let ways = self.ways(goroutine);
        let named = |way| {
            let decision = Decision { goroutine, way };
            (self.name(&decision) == *choice).then_some(decision)
        };
        if let (Some(value), [Group::Values { len }]) = (choice.value, &ways.groups[..]) {
            return (value < *len).then(|| named(Way::Draw { value })).flatten();
        }
        if self.may_park(goroutine)
            && let Some(park) = named(Way::Park)
        {
            return Some(park);
        }
        let outside = self.from_outside().filter(|decision| decision.goroutine == goroutine);
        let outside = outside.map(|decision| decision.way).find_map(named);
        outside.or_else(|| (0..ways.len()).find_map(|nth| named(self.way(goroutine, &ways, nth))))
    }

    /// A number that belongs to the goroutine's path of births, the same in every interleaving.
    #[must_use]
    pub fn path_number(self, goroutine: GoroutineId) -> u64 {
        self.inner.goroutines[goroutine.index()].path_number
    }

    /// What the goroutine's operation asks for, case by case.
    #[must_use]
    pub fn cases(self, goroutine: GoroutineId) -> Vec<CaseInfo> {
        let cases = self.inner.goroutines[goroutine.index()].cases.iter();
        cases.map(|c| CaseInfo { object: c.object, act: c.act, value: c.value }).collect()
    }

    /// How many draws the goroutine has made, when its operation is a draw.
    #[must_use]
    pub fn draws_made(self, goroutine: GoroutineId) -> u32 {
        self.inner.goroutines[goroutine.index()].draws
    }
}

impl Ways {
    /// How many there are.
    #[must_use]
    pub fn len(&self) -> u64 {
        self.groups.iter().map(|group| group.len()).sum()
    }

    /// Whether there is none.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.groups.is_empty()
    }

    /// How many cases can go through, each of them in at least one way.
    #[must_use]
    pub fn cases(&self) -> usize {
        self.groups.len()
    }

    /// For a draw, how many values there are.
    #[must_use]
    pub fn values(&self) -> Option<u64> {
        match self.groups[..] {
            [Group::Values { len }] => Some(len),
            _ => None,
        }
    }
}

/// The name of a decision: `3-recv@1~5@0` is "goroutine 3 receives by case 1 of its select, from goroutine 5, whose
/// select takes case 0". Written and read by `Display` and [`Choice::parse`].
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Choice {
    /// Who, by births.
    pub goroutine: Path,
    /// What, such as `send`.
    pub act: String,
    /// Which case, in a select.
    pub case: Option<u8>,
    /// The value of a draw.
    pub value: Option<u64>,
    /// The other side of a meeting.
    pub partner: Option<Partner>,
}

/// The other side of a meeting.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub struct Partner {
    /// Who.
    pub goroutine: Path,
    /// Which case, in a select.
    pub case: Option<u8>,
}

impl fmt::Display for Choice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}-{}", self.goroutine, self.act)?;
        if let Some(case) = self.case {
            write!(f, "@{case}")?;
        }
        if let Some(value) = self.value {
            write!(f, ":{value}")?;
        }
        if let Some(partner) = &self.partner {
            write!(f, "~{}", partner.goroutine)?;
            if let Some(case) = partner.case {
                write!(f, "@{case}")?;
            }
        }
        Ok(())
    }
}

impl Choice {
    /// Reads what `Display` writes; `None` for anything else.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        let (head, partner) = match text.split_once('~') {
            Some((head, partner)) => (head, Some(partner)),
            None => (text, None),
        };
        let (head, value) = match head.split_once(':') {
            Some((head, value)) => (head, Some(number(value)?)),
            None => (head, None),
        };
        let (head, case) = with_case(head)?;
        let (goroutine, act) = head.split_once('-')?;
        let known_shape = !act.is_empty() && act.len() <= 16 && act.bytes().all(|b| b.is_ascii_lowercase());
        let partner = match partner.map(with_case) {
            None => None,
            Some(None) => return None,
            Some(Some((path, case))) => Some(Partner { goroutine: Path::parse(path)?, case }),
        };
        let goroutine = Path::parse(goroutine)?;
        known_shape.then(|| Self { goroutine, act: act.to_owned(), case, value, partner })
    }
}

fn with_case(text: &str) -> Option<(&str, Option<u8>)> {
    match text.split_once('@') {
        None => Some((text, None)),
        Some((text, case)) => Some((text, Some(u8::try_from(number(case)?).ok()?))),
    }
}

fn number(text: &str) -> Option<u64> {
    let canonical = text == "0" || (!text.starts_with('0') && text.bytes().all(|b| b.is_ascii_digit()));
    canonical.then(|| text.parse().ok()).flatten()
}

#[cfg(test)]
mod tests {
    use super::Choice;

    #[test]
    fn a_choice_reads_as_it_is_written() {
        for text in ["3-recv", "0-default", "3.1-send@1~5@0", "7-draw:99999", "1-park", "2-send~0", "12-recv@3"] {
            assert_eq!(Choice::parse(text).expect(text).to_string(), text);
        }
        for text in
            ["", "3", "-recv", "3-", "3-Recv", "3-recv@", "3-recv@256", "3-recv@01", "3-recv~", "x-recv", "3-a:b"]
        {
            assert_eq!(Choice::parse(text), None, "{text:?}");
        }
    }
}
