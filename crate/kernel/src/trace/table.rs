//! The rows, and the tables beside them.

use std::borrow::Cow;

use crate::ids::{GoroutineId, ObjectId, Path, Position, SiteId};
use crate::object::{Act, Declaration, Kind, Touch};
use crate::runtime_kind;
use crate::trace::event::{Event, Flags, Packed};
use crate::trace::row::Row;
use crate::trace::sparse::Sparse;
use crate::trace::values::Values;
use crate::value::Value;

/// A place in the Rust source.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Site {
    /// File as the compiler knows it.
    pub file: &'static str,
    /// Line, from 1.
    pub line: u32,
    /// Column, from 1.
    pub column: u32,
}

impl Site {
    /// The file's name without its folders.
    #[must_use]
    pub fn file_name(&self) -> &'static str {
        self.file.rsplit(['/', '\\']).next().unwrap_or(self.file)
    }
}

/// A goroutine that was started.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct GoroutineInfo {
    /// Its path of births.
    pub path: Path,
    /// Its name, such as `producer 3`.
    pub name: Cow<'static, str>,
    /// Its role, such as `producer`.
    pub role: &'static str,
    /// Who started it; nobody started main.
    pub parent: Option<GoroutineId>,
    /// The position from which it exists.
    pub born: Position,
    /// Bytes of its future, in this build; unknown for main. Belongs to the machine and not to the run, so it is in no
    /// digest.
    pub future_bytes: Option<u32>,
}

/// An object that was created.
pub struct ObjectInfo {
    /// Its index.
    pub id: ObjectId,
    /// Its declared half.
    pub kind: &'static dyn Kind,
    /// Its name in the program.
    pub name: Cow<'static, str>,
    /// A number that belongs to its declaration, such as a capacity.
    pub size: u32,
    /// The value that it started with.
    pub initial: Option<Value>,
    /// Who made it; nobody made the runtime.
    pub creator: Option<GoroutineId>,
    /// The position from which it exists.
    pub born: Position,
}

/// Who can reach an object because it was captured: no event, since nobody can tell by it, and in no digest.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Hold {
    /// The position from which.
    pub since: Position,
    /// What is held.
    pub object: ObjectId,
    /// By whom.
    pub holder: Holder,
}

/// Who holds an object.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum Holder {
    /// A goroutine, as long as it lives.
    Goroutine(GoroutineId),
    /// A function that is stored under this name.
    Function(String),
}

/// One case of an operation that could not go on at once.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct CaseInfo {
    /// The object waited for.
    pub object: ObjectId,
    /// What would be done to it.
    pub act: Act,
    /// The value that would travel.
    pub value: Packed,
}

/// What happened in a run. See the [module](crate::trace).
#[derive(Default)]
pub struct Trace {
    rows: Vec<Row>,
    partner: Sparse,
    source: Sparse,
    cause: Sparse,
    values: Values,
    /// Positions at which virtual time changed, with the new time.
    times: Vec<(Position, u64)>,
    /// Positions from which steps ran on another processor, with that processor.
    processors: Vec<(Position, Option<u16>)>,
    goroutines: Vec<GoroutineInfo>,
    objects: Vec<ObjectInfo>,
    sites: Vec<Site>,
    /// What goroutines waited for, or looked at before they took a default: found by the value of the event.
    listed: Vec<CaseInfo>,
    /// By list: where it begins there.
    lists: Vec<u32>,
    /// By site, the list that was used there last: polling in a loop needs one list, not one a round.
    last_list: Vec<Option<u32>>,
    /// Who has captured what, in order.
    holds: Vec<Hold>,
    /// The position after which main had returned.
    main_returned: Option<Position>,
}

impl Trace {
    /// Forgets all, and has room for so many events.
    pub(crate) fn begin(&mut self, events: usize) {
        let Self {
            rows,
            partner,
            source,
            cause,
            values,
            times,
            processors,
            goroutines,
            objects,
            sites,
            listed,
            lists,
            last_list,
            holds,
            main_returned,
        } = self;
        rows.clear();
        rows.reserve(events);
        [partner, source, cause].into_iter().for_each(Sparse::clear);
        values.clear();
        times.clear();
        processors.clear();
        goroutines.clear();
        objects.clear();
        sites.clear();
        listed.clear();
        lists.clear();
        last_list.clear();
        holds.clear();
        *main_returned = None;
    }

    /// Number of events, which is also the last position.
    #[must_use]
    pub fn len(&self) -> Position {
        u32::try_from(self.rows.len()).expect("events are limited")
    }

    /// Whether nothing has happened.
    #[must_use]
    pub fn is_empty(&self) -> bool {
        self.rows.is_empty()
    }

    /// The event that leads from position `at` to the next.
    ///
    /// # Panics
    /// When `at` is not below [`Trace::len`].
    #[must_use]
    pub fn event(&self, at: Position) -> Event {
        let i = at as usize;
        let row = self.rows[i];
        Event {
            at,
            goroutine: row.goroutine(),
            object: row.object(),
            act: row.act(),
            flags: row.flags(),
            case: row.case(),
            site: row.site(),
            value: row.value(),
            partner: self.partner.get(i).map(GoroutineId),
            source: self.source.get(i),
            cause: self.cause.get(i),
        }
    }

    /// All events from the first on.
    pub fn events(&self) -> impl Iterator<Item = Event> + '_ {
        (0..self.len()).map(|at| self.event(at))
    }

    /// Who did event `at`, and no more.
    #[must_use]
    pub fn actor(&self, at: Position) -> GoroutineId {
        self.rows[at as usize].goroutine()
    }

    /// What event `at` was done to, and no more.
    #[must_use]
    pub fn object_of(&self, at: Position) -> ObjectId {
        self.rows[at as usize].object()
    }

    /// The event that event `at` got its value from, and no more.
    #[must_use]
    pub fn source(&self, at: Position) -> Option<Position> {
        self.source.get(at as usize)
    }

    /// The act, where it is one of the [runtime's](crate::runtime_kind) own.
    #[must_use]
    pub fn runtime_act(&self, event: &Event) -> Option<Act> {
        (event.object == ObjectId::RUNTIME).then_some(event.act)
    }

    /// Whether a choice can be made at `at`: nothing was begun there that has still to go on.
    #[must_use]
    pub fn between_steps(&self, at: Position) -> bool {
        at >= self.len() || self.rows[at as usize].flags().has(Flags::STEP)
    }

    /// What a packed value stands for.
    #[must_use]
    pub fn value(&self, packed: Packed) -> Option<Value> {
        match packed {
            Packed::NONE => None,
            Packed::UNIT => Some(Value::Unit),
            Packed(n) if n & Packed::TABLE == 0 => Some(Value::Int(n.into())),
            Packed(n) => Some(self.values.get(n & !Packed::TABLE).clone()),
        }
    }

    /// What the program had printed when main returned, or when the run ended: later lines never come out.
    #[must_use]
    pub fn output(&self) -> Vec<String> {
        let end = self.main_returned.unwrap_or_else(|| self.len());
        let lines = self.prints().take_while(|&at| at < end).map(|at| self.event_value(&self.event(at)));
        lines.map(|line| line.expect("a line has a text").printed()).collect()
    }

    /// The events that print.
    pub fn prints(&self) -> impl Iterator<Item = Position> + '_ {
        let printing = |&at: &Position| {
            let row = self.rows[at as usize];
            row.object() == ObjectId::RUNTIME && row.act() == runtime_kind::PRINT
        };
        (0..self.len()).filter(printing)
    }

    /// Virtual time at a position, in nanoseconds. Cost: logarithmic in how often time moved.
    #[must_use]
    pub fn time_nanos(&self, at: Position) -> u64 {
        let after = self.times.partition_point(|&(position, _)| position < at);
        after.checked_sub(1).map_or(0, |i| self.times[i].1)
    }

    /// The processor on which the event at a position happened, where the strategy has processors. Cost: logarithmic in
    /// how often it changed.
    #[must_use]
    pub fn processor(&self, at: Position) -> Option<u16> {
        let after = self.processors.partition_point(|&(position, _)| position <= at);
        after.checked_sub(1).and_then(|i| self.processors[i].1)
    }

    /// The goroutines, by index.
    #[must_use]
    pub fn goroutines(&self) -> &[GoroutineInfo] {
        &self.goroutines
    }

    /// One goroutine.
    #[must_use]
    pub fn goroutine(&self, id: GoroutineId) -> &GoroutineInfo {
        &self.goroutines[id.index()]
    }

    /// The objects, by index.
    #[must_use]
    pub fn objects(&self) -> &[ObjectInfo] {
        &self.objects
    }

    /// One object.
    #[must_use]
    pub fn object(&self, id: ObjectId) -> &ObjectInfo {
        &self.objects[id.index()]
    }

    /// Who has captured what, in order of positions.
    #[must_use]
    pub fn holds(&self) -> &[Hold] {
        &self.holds
    }

    /// A place in the source; line 0 of no file for a goroutine that ended before it did anything.
    #[must_use]
    pub fn site(&self, id: SiteId) -> Site {
        self.sites.get(id.index()).copied().unwrap_or(Site { file: "", line: 0, column: 0 })
    }

    /// What the goroutine of a park event waits for, or what was looked at before a default was taken. Empty for
    /// every other event.
    #[must_use]
    pub fn cases(&self, event: &Event) -> &[CaseInfo] {
        if Self::has_cases(event) { self.list(event.value.0) } else { &[] }
    }

    /// What a select that took its default had looked at.
    pub(crate) fn observe(&self, event: &Event, out: &mut Vec<Touch>) {
        for case in self.cases(event) {
            self.object(case.object).kind.observed(case.act, case.object, out);
        }
    }

    fn list(&self, id: u32) -> &[CaseInfo] {
        let begin = |id: usize| self.lists.get(id).map_or(self.listed.len(), |&begin| begin as usize);
        let id = id as usize;
        &self.listed[begin(id)..begin(id + 1)]
    }

    fn has_cases(event: &Event) -> bool {
        event.object == ObjectId::RUNTIME && matches!(event.act, runtime_kind::PARK | runtime_kind::DEFAULT)
    }

    /// The value of an event: what was sent, received, stored, printed or drawn.
    #[must_use]
    pub fn event_value(&self, event: &Event) -> Option<Value> {
        if Self::has_cases(event) { None } else { self.value(event.value) }
    }

    /// The position after which main had returned, where it did: what comes later is only run to see who leaked.
    #[must_use]
    pub fn main_returned(&self) -> Option<Position> {
        self.main_returned
    }

    /// Bytes taken by rows and tables, capacity included, names of goroutines and objects not.
    #[must_use]
    pub fn bytes(&self) -> usize {
        self.rows.capacity() * size_of::<Row>()
            + self.partner.bytes()
            + self.source.bytes()
            + self.cause.bytes()
            + self.values.bytes()
            + self.listed.capacity() * size_of::<CaseInfo>()
            + self.lists.capacity() * size_of::<u32>()
    }

    #[inline]
    pub(crate) fn push(&mut self, event: &Event) {
        debug_assert_eq!(event.at, self.len(), "events are appended");
        self.rows.push(Row::of(event));
        if event.partner.is_some() || event.source.is_some() || event.cause.is_some() {
            self.put_beside(event);
        }
    }

    fn put_beside(&mut self, event: &Event) {
        let at = event.at as usize;
        for (column, number) in [
            (&mut self.partner, event.partner.map(|g| g.0)),
            (&mut self.source, event.source),
            (&mut self.cause, event.cause),
        ] {
            if let Some(number) = number {
                column.put(at, number);
            }
        }
    }

    /// Bytes that values take, all but small numbers.
    pub(crate) fn value_bytes(&self) -> usize {
        self.values.bytes()
    }

    pub(crate) fn pack(&mut self, value: Value) -> Packed {
        Packed::small(&value).unwrap_or_else(|| Packed(self.values.place(value) | Packed::TABLE))
    }

    pub(crate) fn case_list(&mut self, site: SiteId, cases: impl ExactSizeIterator<Item = CaseInfo> + Clone) -> Packed {
        let last = self.last_list[site.index()].filter(|&id| {
            let known = self.list(id);
            known.len() == cases.len() && cases.clone().eq(known.iter().copied())
        });
        Packed(last.unwrap_or_else(|| {
            let id = u32::try_from(self.lists.len()).expect("events are limited");
            self.lists.push(u32::try_from(self.listed.len()).expect("events and cases are limited"));
            self.listed.extend(cases);
            self.last_list[site.index()] = Some(id);
            id
        }))
    }

    pub(crate) fn add_goroutine(&mut self, info: GoroutineInfo) -> GoroutineId {
        let id = GoroutineId(u32::try_from(self.goroutines.len()).expect("goroutines are limited"));
        self.goroutines.push(info);
        id
    }

    pub(crate) fn add_object(&mut self, declaration: Declaration, creator: Option<GoroutineId>) -> ObjectId {
        let id = ObjectId(u32::try_from(self.objects.len()).expect("objects are limited"));
        let Declaration { kind, name, size, initial } = declaration;
        self.objects.push(ObjectInfo { id, kind, name, size, initial, creator, born: self.len() });
        id
    }

    pub(crate) fn add_hold(&mut self, object: ObjectId, holder: Holder) {
        self.holds.push(Hold { since: self.len(), object, holder });
    }

    pub(crate) fn add_site(&mut self, site: Site) -> SiteId {
        let id = SiteId(u32::try_from(self.sites.len()).expect("sites are in the source"));
        self.sites.push(site);
        self.last_list.push(None);
        id
    }

    pub(crate) fn time_moves_to(&mut self, nanos: u64) {
        self.times.push((self.len(), nanos));
    }

    /// The next step runs there.
    pub(crate) fn runs_on(&mut self, processor: Option<u16>) {
        if self.processors.last().and_then(|&(_, last)| last) != processor {
            self.processors.push((self.len(), processor));
        }
    }

    pub(crate) fn main_returns(&mut self) {
        self.main_returned = Some(self.len());
    }

    pub(crate) fn shrink(&mut self) {
        self.rows.shrink_to_fit();
        for column in [&mut self.partner, &mut self.source, &mut self.cause] {
            column.shrink();
        }
        self.listed.shrink_to_fit();
        self.lists.shrink_to_fit();
        self.values.shrink();
    }
}
