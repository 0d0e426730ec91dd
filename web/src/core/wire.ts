// Made from crate/wasm/src/wire and crate/tcp/src by `cargo run -p chanscope-xtask -- bindings`. Change them there.

/**
 * A text in the page's two languages.
 */
export type Words = { 
/**
 * English.
 */
en: string, 
/**
 * 简体中文.
 */
zh: string, };

/**
 * The language in which sentences are asked for.
 */
export type Language = "en" | "zh";

/**
 * One entry of the catalogue. Its words and sources are files beside the program (`folder`), loaded when needed.
 */
export type ScenarioInfo = { 
/**
 * The name in links and on the command line, such as `many-to-many`.
 */
id: string, 
/**
 * Folder below `crate/scenario/src` with `body.rs`, `program.go`, `words.en.md`, `words.zh.md`.
 */
folder: string, 
/**
 * The chapter's title.
 */
chapter: Words, 
/**
 * The scenario's title.
 */
title: Words, 
/**
 * The one sentence that it wants to make plain.
 */
claim: Words, 
/**
 * Its settings, in the order of the form.
 */
fields: Array<Field>, 
/**
 * Named runs; the first one is what opens by default.
 */
presets: Array<Preset>, };

/**
 * One setting of a scenario: a row of the form.
 */
export type Field = { 
/**
 * Its name in links, such as `producers`.
 */
name: string, 
/**
 * Its label.
 */
label: Words, 
/**
 * One sentence on what it does.
 */
help: Words, 
/**
 * What values it takes.
 */
domain: Domain, 
/**
 * The value when nothing is said.
 */
default: Setting, };

/**
 * The values a setting can have.
 */
export type Domain = { "type": "number", 
/**
 * Smallest value.
 */
min: number, 
/**
 * Largest value.
 */
max: number, } | { "type": "flag" } | { "type": "choice", 
/**
 * What there is to choose from.
 */
options: Array<ChoiceOption>, };

/**
 * One option of a [`Domain::Choice`].
 */
export type ChoiceOption = { 
/**
 * The value in links.
 */
value: string, 
/**
 * Its label.
 */
label: Words, };

/**
 * The value of one setting.
 */
export type Setting = boolean | number | string;

/**
 * A named run.
 */
export type Preset = { 
/**
 * Its name within the scenario.
 */
id: string, 
/**
 * What the reader sees.
 */
title: Words, 
/**
 * The run.
 */
spec: RunSpec, };

/**
 * Everything that makes a run: the same spec gives the same trace on every machine.
 */
export type RunSpec = { 
/**
 * [`ScenarioInfo::id`].
 */
scenario: string, 
/**
 * Settings that differ from their defaults, or all of them.
 */
config: { [key in string]: Setting }, 
/**
 * A name from `StrategyName::ALL`, such as `first-come`.
 */
strategy: string, 
/**
 * The seed of every draw, a whole number below 2^53.
 */
seed: number, 
/**
 * Where the run leaves what the strategy would have done, in order of position.
 */
deviations: Array<Deviation>, };

/**
 * One choice made by hand.
 */
export type Deviation = { 
/**
 * The position at which it was made.
 */
at: number, 
/**
 * The choice by its name; opaque to the page.
 */
choice: string, };

/**
 * How far a run is.
 */
export type Progress = { 
/**
 * Events so far.
 */
events: number, 
/**
 * Whether it has ended.
 */
done: boolean, };

/**
 * What is known of a finished run as a whole.
 */
export type RunSummary = { 
/**
 * The spec with every setting filled in.
 */
spec: RunSpec, 
/**
 * Number of events: positions go from 0 to this.
 */
events: number, 
/**
 * One lane a goroutine, in order of birth.
 */
lanes: Array<Lane>, 
/**
 * Every object that a reader would name, in order of birth.
 */
objects: Array<ObjectName>, 
/**
 * Processors that steps ran on; none where the strategy has none.
 */
processors: number, 
/**
 * How it ended.
 */
verdict: VerdictInfo, 
/**
 * The position after which `main` had returned, where it did.
 */
mainReturnedAt: number | null, 
/**
 * Digest of the trace, for comparing runs across machines.
 */
digest: string, 
/**
 * Bytes that the trace takes.
 */
traceBytes: number, };

/**
 * A goroutine's lane.
 */
export type Lane = { 
/**
 * Index of the goroutine: lanes are dense, from 0.
 */
goroutine: number, 
/**
 * Its path of births: `0` is main, `3.1` the first child of main's third child.
 */
path: string, 
/**
 * Its name, such as `producer 3`.
 */
name: string, 
/**
 * Its role, such as `producer`: what its hue is chosen by.
 */
role: string, 
/**
 * The goroutine that started it; none for main.
 */
parent: number | null, 
/**
 * The position from which it exists.
 */
born: number, 
/**
 * The position at which it returned or panicked, where it did.
 */
ended: number | null, 
/**
 * Bytes of its future, in this build; unknown for main.
 */
futureBytes: number | null, };

/**
 * An object by its name.
 */
export type ObjectName = { 
/**
 * Its index.
 */
id: number, 
/**
 * Its name in the program.
 */
name: string, };

/**
 * One ending and a set of findings.
 */
export type VerdictInfo = { 
/**
 * How the program ended.
 */
ending: Ending, 
/**
 * The ending in one sentence.
 */
sentence: Words, 
/**
 * What else was found.
 */
findings: Array<FindingInfo>, 
/**
 * Completed, with no finding.
 */
good: boolean, };

/**
 * The ways in which a run can end.
 */
export type Ending = "completed" | "panicked" | "fatal" | "deadlocked" | "cut";

/**
 * Something that was found beside the ending.
 */
export type FindingInfo = { 
/**
 * `dataRace`, `leaked`, …: which kind it is.
 */
kind: string, 
/**
 * The finding in one sentence.
 */
sentence: Words, 
/**
 * For a data race: what the later access knew of the earlier one's goroutine, and what would have ordered them.
 */
more: Words | null, 
/**
 * For a data race: its two accesses.
 */
accesses: Array<AccessInfo>, 
/**
 * The position that shows it best.
 */
at: number, 
/**
 * Goroutines concerned.
 */
goroutines: Array<number>, };

/**
 * One of the two accesses of a data race.
 */
export type AccessInfo = { 
/**
 * The position after it.
 */
at: number, 
/**
 * Where it stands.
 */
site: Site, };

/**
 * A run and a moment of it, as a link says them.
 */
export type Place = { 
/**
 * The run.
 */
spec: RunSpec, 
/**
 * The position.
 */
at: number, 
/**
 * The digest of the run that was shared, where the link carries one.
 */
digest: string | null, };

/**
 * Why something could not be done, for the reader.
 */
export type Refusal = { 
/**
 * `link`, `config`, `diverged`, `limit`: what kind it is.
 */
kind: string, 
/**
 * The setting concerned, where it is one.
 */
field: string | null, 
/**
 * What was wrong, where, and what was expected.
 */
message: Words, };

/**
 * A piece of a sentence, so that the page can mark names without parsing text.
 */
export type Part = { "type": "text", 
/**
 * The words.
 */
text: string, } | { "type": "goroutine", 
/**
 * Its index.
 */
id: number, 
/**
 * Its name.
 */
text: string, } | { "type": "object", 
/**
 * Its index.
 */
id: number, 
/**
 * Its name.
 */
text: string, } | { "type": "value", 
/**
 * The value, shortened.
 */
text: string, };

/**
 * A place in the Rust source that runs. Lines and columns count from 1.
 */
export type Site = { 
/**
 * File name within the scenario's folder, such as `body.rs`.
 */
file: string, 
/**
 * Line.
 */
line: number, 
/**
 * Column.
 */
column: number, };

/**
 * The moment at a position: what the last event was, and the state after it.
 */
export type Moment = { 
/**
 * The position.
 */
at: number, 
/**
 * Virtual time in nanoseconds.
 */
time: number, 
/**
 * The event just before the position; none at 0.
 */
event: EventInfo | null, 
/**
 * Every goroutine that exists.
 */
goroutines: Array<GoroutineInfo>, 
/**
 * Who is on which processor, where the strategy has processors.
 */
processors: ProcessorsInfo | null, 
/**
 * Every object that exists.
 */
objects: Array<ObjectInfo>, 
/**
 * Values that are shown short elsewhere, in full; at most 40.
 */
whole: Array<WholeValue>, 
/**
 * The last lines of output, at most 200.
 */
output: Array<OutputLine>, 
/**
 * How many lines there have been.
 */
outputLines: number, };

/**
 * A value in full that is shown short elsewhere.
 */
export type WholeValue = { 
/**
 * The variable or channel that it is in; none for the value of the event just before the position.
 */
object: number | null, 
/**
 * Its place in a channel: 0 is received next.
 */
slot: number | null, 
/**
 * The value in Go's notation, over several lines where one would be too long.
 */
text: string, };

/**
 * One event.
 */
export type EventInfo = { 
/**
 * Its index, from 0.
 */
index: number, 
/**
 * Who did it.
 */
goroutine: number, 
/**
 * What happened, in one sentence.
 */
sentence: Array<Part>, 
/**
 * Where in the program; for the end of a goroutine that is not known.
 */
site: Site | null, 
/**
 * Where a goroutine was last seen whose end it is, where it has done anything.
 */
cameFrom: Site | null, 
/**
 * How it is drawn.
 */
shape: Shape, 
/**
 * The object it was done to, when it is one that a reader would name.
 */
object: number | null, 
/**
 * Lanes that this event reached: the other side of a rendezvous, those woken by a close.
 */
reached: Array<number>, 
/**
 * The value that travelled, shortened.
 */
value: string | null, 
/**
 * The processor that it ran on, where the strategy has processors.
 */
processor: number | null, };

/**
 * How an event is drawn on the timeline. The numbers are those of [`WindowData::marks`].
 */
export type Shape = "tick" | "send" | "receive" | "select" | "close" | "spawn" | "exit" | "panic" | "park" | "output" | "read" | "write" | "time" | "acquire" | "release" | "cancel";

/**
 * What a goroutine is doing.
 */
export type Status = "running" | "ready" | "parked" | "finished" | "panicked" | "leaked";

/**
 * A goroutine at a moment.
 */
export type GoroutineInfo = { 
/**
 * Its index.
 */
id: number, 
/**
 * What it is doing.
 */
status: Status, 
/**
 * The same in words: what it will do next, or what it waits for and why it cannot go on.
 */
doing: Array<Part>, 
/**
 * Where it stands.
 */
site: Site | null, 
/**
 * Whether the last event changed it.
 */
changed: boolean, };

/**
 * Processors at a moment.
 */
export type ProcessorsInfo = { 
/**
 * Each processor.
 */
processors: Array<ProcessorInfo>, 
/**
 * Who waits for any of them.
 */
global: Queue, };

/**
 * A processor at a moment.
 */
export type ProcessorInfo = { 
/**
 * Who is on it.
 */
running: number | null, 
/**
 * Who goes next, ahead of the queue.
 */
next: number | null, 
/**
 * Who waits for it.
 */
queue: Queue, };

/**
 * Goroutines in line.
 */
export type Queue = { 
/**
 * The first of them, at most 32.
 */
first: Array<number>, 
/**
 * How many there are.
 */
length: number, };

/**
 * An object at a moment.
 */
export type ObjectInfo = { 
/**
 * Its index.
 */
id: number, 
/**
 * Its name in the program.
 */
name: string, 
/**
 * Whether the last event changed it.
 */
changed: boolean, 
/**
 * What it looks like inside.
 */
state: ObjectState, };

/**
 * The inside of an object, by kind.
 */
export type ObjectState = { "kind": "channel", 
/**
 * Capacity in items; none for a nil channel.
 */
capacity: number | null, 
/**
 * How many items are buffered.
 */
length: number, 
/**
 * The first items of the buffer, oldest first, at most 32.
 */
buffer: Array<string>, 
/**
 * Whether it is closed.
 */
closed: boolean, 
/**
 * Parked senders, in order of arrival.
 */
senders: Array<number>, 
/**
 * Parked receivers, in order of arrival.
 */
receivers: Array<number>, } | { "kind": "waitGroup", 
/**
 * Its counter.
 */
count: number, 
/**
 * Who waits.
 */
waiters: Array<number>, } | { "kind": "variable", 
/**
 * Its value.
 */
value: string, 
/**
 * Who wrote it last.
 */
writer: number | null, 
/**
 * Goroutines and stored functions that have captured it.
 */
holders: Array<Part>, } | { "kind": "context", 
/**
 * What it was derived from.
 */
parent: number | null, 
/**
 * Whether it is cancelled.
 */
cancelled: boolean, 
/**
 * What it is, and why it is cancelled.
 */
sentence: Array<Part>, 
/**
 * Who waits, in order of arrival.
 */
waiters: Array<number>, } | { "kind": "storeBuffer", 
/**
 * The first stores in it, oldest first, at most 32.
 */
stores: Array<string>, 
/**
 * How many of them, the oldest, are being written to memory.
 */
onTheirWay: number, 
/**
 * Who waits until it is empty, in order of arrival.
 */
waiters: Array<number>, } | { "kind": "told", 
/**
 * What it looks like inside.
 */
sentence: Array<Part>, 
/**
 * Who waits, in order of arrival.
 */
waiters: Array<number>, };

/**
 * A line of output.
 */
export type OutputLine = { 
/**
 * Which event wrote it.
 */
event: number, 
/**
 * Who wrote it.
 */
goroutine: number, 
/**
 * The text.
 */
text: string, };

/**
 * What is looked for along a run.
 */
export type Quarry = { "type": "goroutine", 
/**
 * Its index.
 */
id: number, } | { "type": "object", 
/**
 * Its index.
 */
id: number, } | { "type": "notable" } | { "type": "line", 
/**
 * Which line, from 1.
 */
line: number, };

/**
 * A search along a run.
 */
export type SearchQuery = { 
/**
 * What is looked for.
 */
quarry: Quarry, 
/**
 * The position from which, itself excluded.
 */
from: number, 
/**
 * Towards the start.
 */
backward: boolean, };

/**
 * One thing that could happen next.
 */
export type Move = { 
/**
 * Who would do it.
 */
goroutine: number, 
/**
 * The choice by its name; give it back to `choose`. Empty where there is none to make: it follows by itself.
 */
choice: string, 
/**
 * What it would do.
 */
sentence: Array<Part>, 
/**
 * Whether it is what the run at hand did.
 */
taken: boolean, };

/**
 * What can happen at a position.
 */
export type Moves = { 
/**
 * The position at which the choice is made: the first one, from the asked one on, that lies between two steps, or
 * the asked one where every event was asked for.
 */
at: number, 
/**
 * What could happen. Empty at the end. More than 256 are cut.
 */
moves: Array<Move>, 
/**
 * How many there are in all.
 */
total: number, };

/**
 * What a lane stands for.
 */
export type LanesBy = "goroutine" | "processor" | "object";

/**
 * What the timeline asks for.
 */
export type WindowQuery = { 
/**
 * First position.
 */
from: number, 
/**
 * Last position, at most the number of events.
 */
to: number, 
/**
 * Width in pixels: with more events than this, `dense` is answered.
 */
pixels: number, 
/**
 * What lanes stand for.
 */
by: LanesBy, 
/**
 * Which lanes, by their index. Those that do not exist are passed over, `density` excepted, where they are empty.
 */
lanes: Array<number>, 
/**
 * Goroutines that share a lane: their marks, arrows and density, and no spans.
 */
merged: Array<Array<number>>, };

/**
 * What the timeline draws. Exactly one of the two forms is filled, but for data races, which are marked in both.
 *
 * Typed arrays on the page's side (`Uint32Array`, `Uint8Array`).
 */
export type WindowData = { 
/**
 * Whether `density` is filled instead of the three lists, which have data races alone then.
 */
dense: boolean, 
/**
 * Spans, four numbers each: lane, from, to, status (see [`Status`]). Clipped to the window.
 */
spans: Uint32Array, 
/**
 * Marks, four numbers each: lane, event index, shape (see [`Shape`]), flags (1: went wrong, 2: by a select,
 * 4: an access of a data race).
 */
marks: Uint32Array, 
/**
 * Arrows, five numbers each: from lane, from event, to lane, to event, kind (0 value, 1 close, 2 start, 3 wake,
 * 4 from one access of a data race to the other).
 * An arrow is there when either end is in the window.
 */
arrows: Uint32Array, 
/**
 * Where lanes stand for something else: the goroutine of each span, and then of each mark.
 */
actors: Uint32Array, 
/**
 * Two bytes for each lane and pixel, lanes outermost, first those asked for, then the merged ones: the status in
 * the middle of the pixel (for merged ones the liveliest), events in that pixel (at most 255).
 */
density: Uint8Array, };

/**
 * An event among all others, by the Go memory model.
 */
export type Around = { 
/**
 * First event of its step, by index: a rendezvous is one step of two events.
 */
first: number, 
/**
 * Last event of its step.
 */
last: number, 
/**
 * By goroutine: its last event that happens before the step.
 */
before: Array<number | null>, 
/**
 * By goroutine: its first event that happens after the step. What lies between the two is concurrent with it.
 */
after: Array<number | null>, };

/**
 * Another run of the same program, and where the two part.
 */
export type Comparison = { 
/**
 * The other run.
 */
other: RunSummary, 
/**
 * Up to here they are the same.
 */
same: number, 
/**
 * Whether they part at all.
 */
parted: boolean, };

/**
 * What is to be explored, and within which limits. Numbers are checked by the core, which names the one that does not
 * go.
 */
export type ExploreSpec = { 
/**
 * [`ScenarioInfo::id`].
 */
scenario: string, 
/**
 * Settings that differ from their defaults, or all of them.
 */
config: { [key in string]: Setting }, 
/**
 * Executions, at most.
 */
executions: number, 
/**
 * Steps of one execution, at most.
 */
steps: number, 
/**
 * Random runs beside the search.
 */
samples: number, 
/**
 * Preemptions of one execution, at most; none for any number.
 */
preemptions: number | null, 
/**
 * Whether the order in which lines are printed tells executions apart.
 */
orderOfOutput: boolean, };

/**
 * How far an exploration is.
 */
export type ExploreProgress = { 
/**
 * Executions so far, no two of them equivalent.
 */
executions: number, 
/**
 * Outcomes so far.
 */
outcomes: number, 
/**
 * A guess at how many executions there are; early ones are low. None when all were run.
 */
estimate: number | null, 
/**
 * Random runs so far.
 */
sampled: number, 
/**
 * Whether the search has come to its end or met a limit.
 */
over: boolean, };

/**
 * What an exploration has found.
 */
export type ExploreReport = { 
/**
 * Executions, no two of them equivalent.
 */
executions: number, 
/**
 * A guess at how many executions there are; none when all were run.
 */
estimate: number | null, 
/**
 * Random runs.
 */
sampled: number, 
/**
 * Those of them that were cut off, because they were too long: no outcome counts them.
 */
sampledCut: number, 
/**
 * Why there may be more, each as the end of "not complete, because …"; empty when this is all that can happen.
 */
incomplete: Array<Words>, 
/**
 * Good outcomes first, at most 200, of each kind as many as of the others as far as there are; in an order that does
 * not change as more come.
 */
outcomes: Array<OutcomeInfo>, 
/**
 * All outcomes, taken together by kind, in the same order.
 */
kinds: Array<OutcomeKind>, 
/**
 * How many outcomes there are.
 */
total: number, };

/**
 * Outcomes that end alike and have the same kinds of faults.
 */
export type OutcomeKind = { 
/**
 * The verdict on the witness of the first of them.
 */
verdict: VerdictInfo, 
/**
 * How many they are.
 */
outcomes: number, 
/**
 * Inequivalent executions with one of them: not a probability.
 */
count: number, };

/**
 * An outcome, and the run that shows it.
 */
export type OutcomeInfo = { 
/**
 * Which one it is; stays the same as more is found.
 */
number: number, 
/**
 * The verdict on its witness.
 */
verdict: VerdictInfo, 
/**
 * What is to be said beyond the ending: who waits for what, what was found. Can be empty.
 */
detail: Words, 
/**
 * What it prints before main returns, at most 20 lines: sorted, unless the order was asked for.
 */
output: Array<string>, 
/**
 * How many lines there are.
 */
outputLines: number, 
/**
 * Inequivalent executions with this outcome: not a probability.
 */
count: number, 
/**
 * Random runs with it.
 */
sampled: number, 
/**
 * Whether the reader presses a button in its witness. Random runs press only when nothing else can happen.
 */
pressed: boolean, 
/**
 * The smallest witness found.
 */
spec: RunSpec, 
/**
 * Its digest.
 */
digest: string, 
/**
 * The position in it that shows the outcome best.
 */
at: number, 
/**
 * Its events.
 */
events: number, 
/**
 * Its context switches.
 */
switches: number, 
/**
 * Whether it was proven that there is no smaller one.
 */
smallest: boolean, 
/**
 * The fragment of a link to it; none when its choices are too many for one.
 */
link: string | null, 
/**
 * Where a bad outcome could last have been avoided, once that is known.
 */
turning: TurningInfo | null, };

/**
 * The last choice from which a good outcome could still be reached.
 */
export type TurningInfo = { 
/**
 * The position after it.
 */
after: number, 
/**
 * What was done.
 */
sentence: Words, };

/**
 * What was found in a part since it was last told: from one instance of the explorer's module to another.
 */
export type PartFound = { 
/**
 * Which part, from 0.
 */
part: number, 
/**
 * Executions, no two of them equivalent.
 */
executions: number, 
/**
 * Executions that were begun and thrown away.
 */
blocked: number, 
/**
 * Prefixes that were run only to see what could be done after them.
 */
looked: number, 
/**
 * How much of the part is behind, at a guess.
 */
fraction: number, 
/**
 * Whether all of it is.
 */
over: boolean, 
/**
 * Why there may be more in what is behind.
 */
incomplete: Array<PartIncomplete>, 
/**
 * Those of which there is something new.
 */
outcomes: Array<PartOutcome>, };

/**
 * Why there may be more in a part than was found.
 */
export type PartIncomplete = "steps" | "choices" | "looks" | "foreseen" | "astray" | "cut";

/**
 * What is new of an outcome in a part.
 */
export type PartOutcome = { 
/**
 * Which one, in the order in which the part's were found, from 0.
 */
nth: number, 
/**
 * How many executions more have it.
 */
count: number, 
/**
 * The smallest run found that shows it, where that is new.
 */
witness: PartWitness | null, };

/**
 * A run, for another instance to repeat.
 */
export type PartWitness = { 
/**
 * Its context switches.
 */
switches: number, 
/**
 * Its steps.
 */
steps: Array<PartStep>, };

/**
 * A step by names that are the same in every execution.
 */
export type PartStep = { 
/**
 * The goroutine, by births.
 */
who: string, 
/**
 * How its operation goes through.
 */
way: PartWay, };

/**
 * How a goroutine's operation goes through.
 */
export type PartWay = { "alone": number } | { "draw": number } | "default" | { "meet": { 
/**
 * Its own case.
 */
case: number, 
/**
 * Whom it meets.
 */
partner: string, 
/**
 * By which case of his.
 */
partnerCase: number, } };

/**
 * A session as a whole.
 */
export type TcpSummary = { 
/**
 * Number of events: positions go from 0 to this.
 */
events: number, 
/**
 * One lane a goroutine of the server, or a client.
 */
lanes: Array<Lane>, 
/**
 * Whether there was more than is recorded.
 */
full: boolean, };

/**
 * What the page says.
 */
export type FromPage = { "type": "credit", 
/**
 * How many.
 */
bytes: number, } | { "type": "end" } | { "type": "reset" };

/**
 * What the page is told.
 */
export type ToPage = { "type": "opened", 
/**
 * The connection's own end: as events name it.
 */
local: string, 
/**
 * The target.
 */
remote: string, 
/**
 * How many bytes the page may send for a beginning.
 */
credit: number, } | { "type": "credit", 
/**
 * How many.
 */
bytes: number, } | { "type": "end" } | { "type": "reset" };

/**
 * The clock server's settings. The default is what the notes have.
 */
export type ClockSettings = { 
/**
 * Who serves a connection.
 */
acceptLoop: AcceptLoop, 
/**
 * What follows when a write fails.
 */
onWriteError: OnWriteError, 
/**
 * Milliseconds between two writes to a connection.
 */
intervalMs: number, 
/**
 * How many connections are served at a time; further ones wait to be accepted.
 */
connectionsMax: number, 
/**
 * Ask the system for the smallest send buffer, so that a client that does not read soon blocks the write. With
 * the usual one, the system swallows megabytes first.
 */
smallBuffers: boolean, };

/**
 * Who serves a connection.
 */
export type AcceptLoop = "serial" | "concurrent";

/**
 * What follows when a write fails.
 */
export type OnWriteError = "serverDies" | "connectionEnds";

/**
 * How the server is.
 */
export type ClockState = { 
/**
 * How often it has been started, this time included.
 */
life: number, 
/**
 * How it is in this life.
 */
status: ClockStatus, };

/**
 * How the server is.
 */
export type ClockStatus = { "type": "running", 
/**
 * Where.
 */
address: string, } | { "type": "dead", 
/**
 * Where it was.
 */
address: string, 
/**
 * What it died of, as Go prints it.
 */
error: string, } | { "type": "cannotStart", 
/**
 * Where it would have been.
 */
address: string, 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "type": "stopped" };

/**
 * The clock's state and its settings.
 */
export type ClockNow = { 
/**
 * How it is.
 */
state: ClockState, 
/**
 * Its settings.
 */
settings: ClockSettings, 
/**
 * How many clients of the swarm are connected.
 */
swarm: number, };

/**
 * Something that the server did.
 */
export type ClockEvent = { 
/**
 * Its number; the first is 0 and none is left out.
 */
seq: number, 
/**
 * Microseconds since the log was begun.
 */
atUs: number, 
/**
 * The connection, by the client's address; none for what concerns the server as a whole.
 */
connection: string | null, } & ({ "what": "listen", 
/**
 * Where.
 */
address: string, } | { "what": "listenError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "swarmDial" } | { "what": "swarmGone" } | { "what": "accept" } | { "what": "acceptError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "goroutineStart" } | { "what": "writeBlocked" } | { "what": "wrote", 
/**
 * How many bytes.
 */
bytes: number, } | { "what": "writeError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "sleep", 
/**
 * How long, unless the interval is changed meanwhile.
 */
ms: number, } | { "what": "close" } | { "what": "die", 
/**
 * The error that it died of, as Go prints it.
 */
error: string, 
/**
 * How many connections were open, whose deferred `conn.Close()` was not called.
 */
deferredSkipped: number, } | { "what": "stop" });

/**
 * What the server did.
 */
export type ClockAct = { "what": "listen", 
/**
 * Where.
 */
address: string, } | { "what": "listenError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "swarmDial" } | { "what": "swarmGone" } | { "what": "accept" } | { "what": "acceptError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "goroutineStart" } | { "what": "writeBlocked" } | { "what": "wrote", 
/**
 * How many bytes.
 */
bytes: number, } | { "what": "writeError", 
/**
 * The system's words, as Go prints them.
 */
error: string, } | { "what": "sleep", 
/**
 * How long, unless the interval is changed meanwhile.
 */
ms: number, } | { "what": "close" } | { "what": "die", 
/**
 * The error that it died of, as Go prints it.
 */
error: string, 
/**
 * How many connections were open, whose deferred `conn.Close()` was not called.
 */
deferredSkipped: number, } | { "what": "stop" };

/**
 * Some events in order.
 */
export type ClockBatch = { 
/**
 * How many events before these can no longer be had.
 */
dropped: number, 
/**
 * The events.
 */
events: Array<ClockEvent>, 
/**
 * Where to read on.
 */
next: number, };

/**
 * What a reader of events is told.
 */
export type News = { "type": "clock" } & ClockNow | { "type": "events" } & ClockBatch;
