//! Plain maps, which are not safe to use from several goroutines at once.
//!
//! Go's runtime marks a map while somebody writes to it, and ends the program when another comes upon the mark. So a
//! write is two steps here, from its beginning to its end, and whoever begins something in between meets Go's fatal
//! error: it is a possible ending wherever two writes, or a read and a write, are unordered. They are a data race as
//! well. Not modelled: ranging over a map, `clear`, and `sync.Map`.
//!
//! Sources: The Go Programming Language Specification, "Map types", "Index expressions"; release notes of Go 1.6,
//! "Runtime".

use std::borrow::Cow;
use std::collections::BTreeMap;
use std::future::Future;
use std::panic::Location;

use chanscope_kernel::trace::{Flags, ObjectInfo, Packed};
use chanscope_kernel::words::Words;
use chanscope_kernel::{
    Access, Act, Aspect, Commit, Declaration, Deed, Event, Go, GoroutineId, Kind, Met, ObjectId, Operation, Panic,
    Shape, Show, State, Touch, Trace, Value, Would,
};

use crate::shared::{Ask, Live, Shared, Wanted};

const READ: Act = Act(0);
const LEN: Act = Act(1);
/// An assignment begins. It takes effect here, so that whoever comes in between meets it.
const SET: Act = Act(2);
/// A deletion begins.
const DELETE: Act = Act(3);
/// A write is over.
const END: Act = Act(4);

/// [`ObjectInfo::size`] of a nil map.
const NIL: u32 = 1;

/// The map as memory.
const MEMORY: Aspect = Aspect(0);
/// The mark that somebody writes.
const MARK: Aspect = Aspect(1);

/// A map that goroutines share. Clones are the same one.
///
/// ```
/// # fn example() {
/// # use chanscope_kernel::{FirstCome, Go, Limits, Panic, Run};
/// # use chanscope_sync::Map;
/// async fn main(go: Go) -> Result<(), Panic> {
///     let ages = Map::new(&go, "ages");
///     ages.insert("Ann", 31).await?;
///     assert_eq!(ages.get("Ann").await, Some(31));
///     ages.delete("Ann").await;
///     assert_eq!(ages.len().await, 0);
///     Ok(())
/// }
/// let mut run = Run::new(Limits::default(), main);
/// assert!(run.advance(&mut FirstCome { seed: 0 }, 100).expect("nothing was replayed"));
/// # }
/// # example();
/// ```
pub struct Map<K: Show + Ord, V: Show + Clone> {
    shared: Shared<Table<K, V>>,
}

impl<K: Show + Ord, V: Show + Clone> Clone for Map<K, V> {
    fn clone(&self) -> Self {
        Self { shared: self.shared.clone() }
    }
}

/// What is in a map.
pub struct Table<K, V> {
    nil: bool,
    writing: bool,
    entries: BTreeMap<K, V>,
}

/// What an operation on a map brings, and what it leaves.
pub struct Entry<K, V> {
    key: Option<K>,
    value: Option<V>,
    count: u32,
    /// Whether there is a write to end.
    began: Result<bool, Panic>,
}

impl<K: Show + Ord, V: Show + Clone> Map<K, V> {
    /// `make(map[K]V)`.
    #[must_use]
    pub fn new(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        Self::declare(go, name, false)
    }

    /// `var m map[K]V`: reads as empty, and to write to it is a panic.
    #[must_use]
    pub fn nil(go: &Go, name: impl Into<Cow<'static, str>>) -> Self {
        Self::declare(go, name, true)
    }

    fn declare(go: &Go, name: impl Into<Cow<'static, str>>, nil: bool) -> Self {
        let declaration =
            Declaration { kind: &MapKind, name: name.into(), size: if nil { NIL } else { 0 }, initial: None };
        let table = Table { nil, writing: false, entries: BTreeMap::new() };
        Self { shared: Shared::new(go, declaration, table) }
    }

    /// `value, ok := m[key]`.
    #[track_caller]
    pub fn get(&self, key: K) -> Operation<Ask<Table<K, V>, Option<V>>> {
        let shown = self.pack(&key);
        self.shared.ask(wanted(READ, shown, Some(key), None), |entry| entry.value)
    }

    /// `len(m)`.
    #[track_caller]
    pub fn len(&self) -> Operation<Ask<Table<K, V>, u32>> {
        self.shared.ask(wanted(LEN, Packed::NONE, None, None), |entry| entry.count)
    }

    /// `m[key] = value`: two steps.
    ///
    /// # Errors
    /// Go's panic when the map is nil.
    #[track_caller]
    pub fn insert(&self, key: K, value: V) -> impl Future<Output = Result<(), Panic>> + use<K, V> {
        self.write(SET, key, Some(value))
    }

    /// `delete(m, key)`: two steps. Does nothing to a map that is nil or empty.
    #[track_caller]
    pub fn delete(&self, key: K) -> impl Future<Output = ()> + use<K, V> {
        let write = self.write(DELETE, key, None);
        async move { write.await.expect("only an assignment panics") }
    }

    #[track_caller]
    fn write(&self, act: Act, key: K, value: Option<V>) -> impl Future<Output = Result<(), Panic>> + use<K, V> {
        let (at, shown, shared) = (Location::caller(), self.pack(&key), self.shared.clone());
        async move {
            let begin = shared.ask_at(wanted(act, shown, Some(key), value), |entry| entry.began, at);
            if begin.await? {
                shared.ask_at(wanted(END, Packed::NONE, None, None), |_| (), at).await;
            }
            Ok(())
        }
    }

    fn pack(&self, key: &K) -> Packed {
        self.shared.runtime().pack(key.show())
    }
}

fn wanted<K, V>(act: Act, shown: Packed, key: Option<K>, value: Option<V>) -> Wanted<Entry<K, V>> {
    Wanted { act, gate: None, value: shown, slot: Entry { key, value, count: 0, began: Ok(false) } }
}

impl<K: Show + Ord, V: Show + Clone> Live for Table<K, V> {
    type Slot = Entry<K, V>;

    fn commit(&mut self, deed: &Deed, entry: &mut Entry<K, V>, commit: &mut Commit<'_>) {
        let fails = match deed.act {
            READ if self.writing => Some("concurrent map read and map write"),
            SET | DELETE if self.writing => Some("concurrent map writes"),
            _ => None,
        };
        if let Some(text) = fails {
            commit.record(deed, deed.value, Met::NOBODY, Flags::FAILED);
            commit.fatal(deed, text);
            return;
        }
        let nothing_to_write = self.nil || (deed.act == DELETE && self.entries.is_empty());
        let mut flags = Flags::NONE;
        match (deed.act, entry.key.take()) {
            (READ, Some(key)) => {
                entry.value = self.entries.get(&key).cloned();
                flags = Flags::SPECIAL.when(entry.value.is_none());
            }
            (SET, _) if self.nil => {
                entry.began = Err(Panic::runtime_error("assignment to entry in nil map"));
                flags = Flags::FAILED;
            }
            (SET | DELETE, _) if nothing_to_write => flags = Flags::SPECIAL,
            (SET, Some(key)) => {
                self.entries.insert(key, entry.value.take().expect("an assignment brings a value"));
                self.writing = true;
            }
            (DELETE, Some(key)) => {
                self.entries.remove(&key);
                self.writing = true;
            }
            (END, _) => self.writing = false,
            _ => {}
        }
        entry.count = u32::try_from(self.entries.len()).unwrap_or(u32::MAX);
        if entry.began.is_ok() {
            entry.began = Ok(self.writing);
        }
        let counts = matches!(deed.act, END | LEN);
        let value = if counts { commit.pack(Value::Int(entry.count.into())) } else { deed.value };
        commit.record(deed, value, Met::NOBODY, flags);
    }
}

/// A map at some position.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct MapState {
    /// Whether it is nil.
    pub nil: bool,
    /// Who is writing to it.
    pub writer: Option<GoroutineId>,
    /// Entries after the last write.
    pub entries: i64,
}

struct MapKind;

impl Kind for MapKind {
    fn name(&self) -> &'static str {
        "map"
    }

    fn act_name(&self, act: Act) -> &'static str {
        match act {
            READ => "get",
            LEN => "len",
            SET => "set",
            DELETE => "delete",
            END => "end",
            Act(other) => unreachable!("a map has no act {other}"),
        }
    }

    fn start(&self, object: &ObjectInfo) -> Box<dyn State> {
        Box::new(MapState { nil: object.size == NIL, ..MapState::default() })
    }

    fn apply(&self, state: &mut dyn State, event: &Event, trace: &Trace) {
        let state: &mut MapState = state.of_mut();
        let nothing = event.flags.has(Flags::FAILED) || event.flags.has(Flags::SPECIAL);
        match event.act {
            SET | DELETE if !nothing => state.writer = Some(event.goroutine),
            END => {
                let Some(Value::Int(entries)) = trace.value(event.value) else { unreachable!("it has counted") };
                *state = MapState { nil: false, writer: None, entries };
            }
            _ => {}
        }
    }

    fn footprint(&self, state: &dyn State, event: &Event, _: &Trace, out: &mut Vec<Touch>) {
        let MapState { nil, .. } = *state.of();
        let mut touch = |aspect, access| out.push(Touch { object: event.object, aspect, index: 0, access });
        if nil {
            return;
        }
        match event.act {
            LEN => touch(MEMORY, Access::PlainRead),
            READ => {
                touch(MEMORY, Access::PlainRead);
                touch(MARK, Access::Read);
            }
            END => touch(MARK, Access::Write),
            // A deletion that finds nothing leaves no mark, and Go's race detector counts it all the same.
            _ => {
                touch(MEMORY, Access::PlainWrite);
                touch(MARK, Access::Write);
            }
        }
    }

    fn observed(&self, _: Act, _: ObjectId, _: &mut Vec<Touch>) {
        unreachable!("a map is no case of a select");
    }

    fn steady(&self, act: Act) -> bool {
        act == LEN
    }

    fn would(&self, act: Act, _: Option<Value>, state: &dyn State) -> Would {
        let MapState { nil, writer, entries } = *state.of();
        let go = |flags| Would::Go { flags, fatal: false };
        match act {
            LEN | END => Would::GO,
            _ if writer.is_some() => Would::Go { flags: Flags::FAILED, fatal: true },
            SET => go(Flags::FAILED.when(nil)),
            DELETE => go(Flags::SPECIAL.when(nil || entries == 0)),
            // Which keys there are is not in the state.
            _ => Would::Undeclared,
        }
    }

    fn happened(&self, state: &dyn State, event: &Event) -> Words {
        let MapState { writer, .. } = state.of();
        let (failed, special) = (event.flags.has(Flags::FAILED), event.flags.has(Flags::SPECIAL));
        match event.act {
            READ if failed => {
                Words::fixed("{who} reads {object} while it is being written", "{who} 在 {object} 被写入时读取它")
            }
            READ if special => Words::fixed("{who} finds no {value} in {object}", "{who} 在 {object} 中找不到 {value}"),
            READ => Words::fixed("{who} looks up {value} in {object}", "{who} 在 {object} 中查找 {value}"),
            LEN => Words::fixed("{who} counts the entries of {object}: {value}", "{who} 数出 {object} 有 {value} 项"),
            SET | DELETE if failed && writer.is_some() => Words::fixed(
                "{who} begins to write {object} while it is being written",
                "{who} 在 {object} 被写入时也开始写入",
            ),
            SET if failed => {
                Words::fixed("{who} writes to {object}, which is nil: panic", "{who} 写入为 nil 的 {object}：panic")
            }
            SET => Words::fixed("{who} begins to write {value} in {object}", "{who} 开始写入 {object} 的 {value}"),
            DELETE if special => Words::fixed(
                "{who} deletes {value} from {object}, which has nothing",
                "{who} 从 {object} 删除 {value}，但它是空的",
            ),
            DELETE => {
                Words::fixed("{who} begins to delete {value} from {object}", "{who} 开始从 {object} 删除 {value}")
            }
            _ => Words::fixed("{who} has written {object}; entries: {value}", "{who} 写完 {object}；项数：{value}"),
        }
    }

    fn intends(&self, act: Act) -> Words {
        match act {
            READ => Words::fixed("look up {value} in {object}", "在 {object} 中查找 {value}"),
            LEN => Words::fixed("count the entries of {object}", "数 {object} 有几项"),
            SET => Words::fixed("write {value} in {object}", "写入 {object} 的 {value}"),
            DELETE => Words::fixed("delete {value} from {object}", "从 {object} 删除 {value}"),
            _ => Words::fixed("end its write to {object}", "结束对 {object} 的写入"),
        }
    }

    fn hindrance(&self, _: Act, _: &dyn State) -> Words {
        unreachable!("nobody waits for a map")
    }

    fn inside(&self, state: &dyn State) -> (Words, Option<GoroutineId>) {
        let MapState { nil, writer, entries } = *state.of();
        let words = match writer {
            _ if nil => Words::fixed("nil", "nil"),
            Some(_) => Words::fixed("being written by {who}", "{who} 正在写入"),
            None if entries == 1 => Words::fixed("1 key", "1 个键"),
            None => Words::made(format!("{entries} keys"), format!("{entries} 个键")),
        };
        (words, writer)
    }

    fn shape(&self, act: Act) -> Shape {
        match act {
            READ | LEN => Shape::Read,
            END => Shape::Tick,
            _ => Shape::Write,
        }
    }
}
