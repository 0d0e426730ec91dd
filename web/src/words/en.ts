/** The interface in English. Its shape is what every other language has to fill. */
import { grouped } from "./numbers";

export const en = {
  product: "Chanscope",
  tagline: "What can happen when goroutines, channels and cancellation meet?",

  chapters: "Chapters",
  findChapter: "Find a chapter",
  noChapter: (typed: string) => `No chapter is about “${typed}”.`,
  close: "Close",
  language: "Language",
  themeToDark: "Switch to the dark theme",
  themeToLight: "Switch to the light theme",
  help: "Keys",
  share: "Share this moment",
  shareShort: "Share",

  starting: "Getting the core ready …",
  running: (events: number) => `Running: ${grouped(events)} events so far`,
  cancel: "Cancel",
  coreFailed: "The core could not be started, so nothing can run here.",
  coreFailedHelp: "A current browser with WebAssembly and module workers is needed. What it said:",
  notRunYet: "Nothing has been run yet.",

  presets: "Runs to look at",
  settings: "Settings",
  strategy: "Who goes next",
  strategies: {
    "first-come": "first come, first served",
    random: "at random, by the seed",
    "round-robin": "in turn",
    pct: "by priorities that rarely change",
    "go-like": "as on Go's processors",
    "local-pool": "as Rust's LocalPool polls",
  } as Readonly<Record<string, string>>,
  seed: "Seed",
  run: "Run",
  reset: "Undo changes",
  notWhole: (name: string, typed: string, min: number, max: number) =>
    `${name}: “${typed}” is not a whole number from ${grouped(min)} to ${grouped(max)}.`,
  realTime: {
    title: "In real time",
    help: "On an event loop of this browser, where timers really wait and nobody decides who goes next. The order in which things came is recorded, and opens here as a run like any other. Where nothing happens for more than a minute, that time passes at once; where you can press “Cancel”, a loop that never waits is slowed down.",
    speedLabel: "Time passes",
    speeds: (times: number) => (times === 1 ? "as it does" : `${grouped(times)} times as fast`),
    start: "Run in real time",
    runs: (seconds: number) => `running for ${seconds.toFixed(1)} s`,
    press: "Press Cancel",
    stop: "Stop waiting",
    broke: "The program broke off on the event loop. The run at hand stays. What it said:",
    over: (events: number, ms: number, same: boolean) => {
      const time = ms < 1_000 ? `${grouped(Math.ceil(ms))} ms` : `${(ms / 1_000).toFixed(1)} s`;
      const what = same
        ? "The steps came in the same order as in the run before, so it is the same run."
        : "The order in which they came is the run that is open now.";
      return `Ran in real time: ${grouped(events)} events in ${time}. ${what}`;
    },
  },
  from: (min: number, max: number) => `${grouped(min)} to ${grouped(max)}`,

  source: "Program",
  go: "Go",
  rust: "Rust",
  both: "Side by side",
  loadingSource: "Loading the program …",
  noSource: "The files of this scenario could not be loaded.",
  goHelp: "The same program for the ordinary Go toolchain",
  rustHelp: "The program that really runs here",
  isHere: "is here",
  /** `seen`: a line is marked at which they were last seen. */
  hasEnded: (seen: boolean): string =>
    seen ? "has ended; last seen at the marked line" : "has ended; no line of it is known",
  standHere: (names: string) => `Here: ${names}`,
  noEventHere: "Nothing happens at this line in this run.",
  lineChosen: (line: number, text: string) => `Line ${grouped(line)}: ${text}`,

  goroutines: "Goroutines",
  goroutine: "Goroutine",
  doing: "What it is doing",
  filter: "Find a goroutine",
  nothingMatches: (typed: string) => `No goroutine matches “${typed}”.`,
  statuses: {
    running: "running",
    ready: "ready",
    parked: "parked",
    finished: "finished",
    panicked: "panicked",
    leaked: "leaked",
  },
  channels: "Channels",
  unbuffered: "unbuffered",
  closed: "closed",
  filled: (length: number, capacity: number) => `${grouped(length)} of ${grouped(capacity)}`,
  more: (count: number) => `+${grouped(count)}`,
  waitToSend: (names: string) => `Waiting to send: ${names}`,
  waitToReceive: (names: string) => `Waiting to receive: ${names}`,
  emptySlot: "empty",
  onItsWay: "on its way to memory",
  contexts: "Contexts",
  otherObjects: "Variables and counters",
  wholeValues: "Values in full",
  ofThisStep: "in this step",
  /** A variable, or the item of a channel that is received after so many others. */
  placeOf: (object: string, slot: number | null | undefined) => (slot == null ? object : `${object}, item ${slot + 1}`),
  waitGroup: "WaitGroup",
  waitedOnBy: (names: string) => `${names} waits`,
  /** Whoever waited there; of a name that stands by itself what it can. */
  canGoOn: (names: string) => `${names} can go on`,
  writtenBy: "by",
  heldBy: "held by",
  processors: "Processors",
  processor: (number: number) => `P${number}`,
  queues: { idle: "nobody", running: "runs", next: "next", queue: "then", global: "for any", empty: "nobody waits" },
  output: "Output",
  noOutput: "Nothing has been printed yet.",
  outputShown: (shown: number, all: number) => `the last ${grouped(shown)} of ${grouped(all)} lines`,
  outputLines: (all: number) => (all === 1 ? "1 line" : `${grouped(all)} lines`),
  nothingYet: "Nothing exists yet.",

  atStart: "The program has not started. Step forward, or press play.",
  walk: "Walk along the run",
  first: "To the start",
  back: "Step back",
  play: "Play",
  pause: "Pause",
  forward: "Step forward",
  last: "To the end",
  scrub: "Position in the run",
  speed: "Speed of play",
  perSecond: (steps: number) => `${grouped(steps)}/s`,
  step: "step",
  of: "of",
  seedIs: "seed",
  follow: "What next and previous look for",
  notable: "panic, race, park, wake, close",
  nextOf: (what: string) => `Next: ${what}`,
  previousOf: (what: string) => `Previous: ${what}`,
  noneLater: "None after this.",
  noneEarlier: "None before this.",
  followGroups: { goroutines: "Goroutine", objects: "Channel or variable" },
  jump: "Jump to a step",
  noSuchStep: (events: number) => `Type a step from 0 to ${grouped(events)}.`,
  lastInstead: (last: number) => `Went to the last step, ${grouped(last)}.`,
  choicesByHand: (count: number) => (count === 1 ? "1 choice by hand" : `${grouped(count)} choices by hand`),
  forgetChoices: "Forget the choices made by hand",

  byHand: "By hand",
  byHandHelp: "Decide who goes next",
  whoGoesNext: "Who goes next?",
  everyStep: "every small step",
  everyStepHelp: "Stop at small steps as well that nobody can tell apart, and where only one thing can follow",
  followBy: (first: number, last: number) =>
    first === last
      ? `Step ${grouped(first)} follows by itself.`
      : `Steps ${grouped(first)} to ${grouped(last)} follow by themselves.`,
  byItself: "follows by itself",
  taken: "as this run did",
  nobody: "Nobody can go on: the run has ended.",
  movesCut: (shown: number, total: number) => `${grouped(shown)} of ${grouped(total)} shown`,
  oneOf: (role: string, count: number) => `${role}: one of ${grouped(count)}`,

  timeline: "Timeline",
  timelineHelp: (lanes: number, events: number) =>
    `${grouped(lanes)} goroutines, ${grouped(events)} events. The list of events says the same in words.`,
  compare: {
    title: "Two runs",
    parts: (step: number) =>
      `The two runs are the same up to step ${grouped(step - 1)} and part in step ${grouped(step)}.`,
    partAt: (step: number) => `Part in step ${grouped(step)}`,
    alike: "The two runs are the same, step by step.",
    goThere: "Go there",
    end: "Stop comparing",
    ours: "This run",
    theirs: "The other run",
    /** Where there is little room. */
    short: { ours: "This", theirs: "Other" },
    over: (events: number) => `is over after step ${grouped(events)}.`,
    start: "Compare",
    startHelp: "Show this run beside the one at hand, and where they part",
    paste: "Compare with another run",
    pasteHelp: "Its link",
    refused: "The run to compare with could not be opened",
  },
  lens: {
    order: "Mark what happens before this step, after it, and concurrently",
    value: "Follow the value of this step",
    before: "Happens before",
    after: "Happens after",
    concurrent: "Concurrent with it",
    legend:
      "By the Go memory model: of each goroutine the last step that surely comes before this one, the steps that could as well come before as after it, and the first that surely comes after.",
    nobody: "nobody",
    noValue: "No value travels in this step.",
    way: "This value is in steps",
  },
  lanes: {
    title: "Lanes: what they stand for, and which are shown",
    by: "One for each",
    kinds: { goroutine: "goroutine", processor: "processor", object: "channel or variable" },
    filter: "Named",
    fold: "Fold into one lane",
    noneMatches: (typed: string) => `No lane is named like “${typed}”.`,
  },
  timelineKeys: "Lanes: arrow keys step along time and go from lane to lane, Enter marks the span there",
  zoomIn: "Zoom in",
  zoomOut: "Zoom out",
  zoomAll: "Show the whole run",
  asList: "Events as a list",
  asDrawing: "Events as a drawing",
  listPages: {
    title: "Pages of the list",
    first: "First steps",
    back: "Steps before these",
    forward: "Steps after these",
    last: "Last steps",
    steps: (from: number, to: number, all: number) => `steps ${grouped(from)}–${grouped(to)} of ${grouped(all)}`,
  },
  eventNumber: "Step",
  event: "What happened",
  leaked: "leaked",
  asleep: "asleep",
  race: "data race",
  span: {
    steps: (from: number, to: number, cut: { readonly before: boolean; readonly after: boolean }) =>
      `from step ${grouped(from)}${cut.before ? " or before" : ""} to step ${grouped(to)}${cut.after ? " or after" : ""}`,
    letGo: "Escape, or a click elsewhere, lets it go.",
  },
  pictureTitle: (program: string, step: number, events: number) =>
    `${program}: step ${grouped(step)} of ${grouped(events)}`,
  backToCursor: (step: number) => `Back to the cursor, at step ${grouped(step)}`,

  verdict: "How this run ends",
  endsWell: "ends well",
  moreFindings: (count: number) => (count === 1 ? "and 1 finding more" : `and ${grouped(count)} findings more`),
  showAt: (at: number) => `Show it: step ${grouped(at)}`,
  atStep: (at: number) => `step ${grouped(at)}`,
  details: "Details",
  digest: "Digest",
  digestHelp: "The same program, settings and choices give the same digest on every machine.",
  traceSize: "Trace in memory",
  bytes: (bytes: number) =>
    bytes < 1e6 ? `${grouped(Math.ceil(bytes / 1e3))} kB` : `${grouped(Math.round(bytes / 1e5) / 10)} MB`,
  events: (count: number) => `${grouped(count)} events`,

  outcomes: {
    question: "What can happen?",
    title: "What can happen",
    intro:
      "Runs every order of steps that anybody in the program could tell apart, and shows what comes of it, each with a run to step through.",
    start: "Find out",
    again: "Find out again",
    limits: (executions: string, steps: string, samples: string) =>
      `Limits: ${executions} executions, ${steps} steps, ${samples} random`,
    executions: "Executions, at most",
    steps: "Steps of each, at most",
    samples: "Random runs beside",
    preemptions: "Preemptions of each, at most",
    anyNumber: "any number",
    andPreemptions: (most: string) => `; preemptions at most ${most}`,
    orderOfOutput: "Tell orders of output apart",
    andOrder: "; orders of output told apart",
    within: (limits: string) => `What follows was found within other limits than those above. ${limits}.`,
    beginning: "Getting ready …",
    searched: (executions: number) => (executions === 1 ? "1 execution" : `${grouped(executions)} executions`),
    rate: (perSecond: number) => `${grouped(perSecond)} a second`,
    estimate: (all: string) => `of about ${all}, at a guess`,
    closer: (left: number) => `Looking for the smallest runs and points of no return: ${grouped(left)} left`,
    seen: (outcomes: string, executions: string, guess: string | undefined, samples: number) =>
      `Seen so far: ${outcomes} in ${executions}${guess ? ` (${guess})` : ""}${samples === 0 ? "" : samples === 1 ? " and 1 random run" : ` and ${grouped(samples)} random runs`}.`,
    outcomes: (count: number) => (count === 1 ? "1 outcome" : `${grouped(count)} outcomes`),
    ofKind: (outcomes: string, executions: string) => `${outcomes} in ${executions}`,
    complete: (outcomes: string, executions: string) =>
      `Complete: ${outcomes} in ${executions}. Nothing else can happen.`,
    incomplete: (why: string) => `Not complete, because ${why}.`,
    stopped: "you stopped it",
    broken: "it broke off",
    searching: "it is still searching",
    counts: "Executions are counted of which no two are equivalent: a count is no probability.",
    beside: (samples: number) =>
      samples === 1 ? " 1 random run stands beside." : ` ${grouped(samples)} random runs stand beside.`,
    besideCut: (cut: number) =>
      ` ${cut === 1 ? "1 of them was" : `${grouped(cut)} of them were`} cut off, being too long to be run to the end: no outcome counts ${cut === 1 ? "it" : "them"}.`,
    count: (count: number, all: number, percent: string) => `${grouped(count)} of ${grouped(all)} · ${percent} %`,
    atRandom: (percent: string) => `at random ${percent} %`,
    atRandomHelp: (count: number, all: number) =>
      `${grouped(count)} of ${grouped(all)} runs in which chance decided who goes next`,
    neverPressed: " (runs by chance press a button only when nothing else can happen)",
    endsWell: "Ends well",
    endings: {
      completed: "main returns",
      panicked: "Panic",
      fatal: "Fatal error",
      deadlocked: "Deadlock",
      cut: "Cut off",
    },
    findings: {
      dataRace: "Data race",
      leaked: "Leak",
      lostItem: "Lost item",
      notCancelled: "Context never cancelled",
    } as Readonly<Record<string, string>>,
    /** Lines that are sorted stand in no order of the run. */
    prints: (sorted: boolean): string => (sorted ? "prints, whatever the order:" : "prints"),
    printsNothing: "prints nothing",
    moreLines: (count: number) => (count === 1 ? "and 1 line more" : `and ${grouped(count)} lines more`),
    open: (at: number) => `Open its run at step ${grouped(at)}`,
    shown: "open now",
    witness: (which: "smallest" | "found" | "chance", events: number, switches: number) =>
      `${{ smallest: "smallest", found: "smallest found", chance: "met by chance" }[which]}: ${grouped(events)} steps, ${switches === 1 ? "1 switch" : `${grouped(switches)} switches`}`,
    noWayBack: (after: number) => `No way back after step ${grouped(after)}:`,
    copyLink: "Copy link",
    copied: "Copied",
    notCopied: "not copied: open it, and copy its address",
    noLink: "too many choices for a link",
    others: (count: number) => (count === 1 ? "Show 1 outcome more" : `Show ${grouped(count)} outcomes more`),
    cutOff: (shown: number, all: number) => `${grouped(shown)} of ${grouped(all)} outcomes are listed.`,
    brokeOff: "The search broke off. What it had found stays. What it said:",
  },

  asking: {
    tick: "Tick what you think can happen.",
    can: (count: number, all: number) => `can happen: ${grouped(count)} of ${grouped(all)} →`,
    canHappen: "can happen →",
    cannot: "cannot happen",
    notSeen: "not seen so far",
    searching: "Trying everything …",
    revealed: "Answered by trying everything, with the settings at hand.",
    partly: "Not everything was tried: what was not seen may happen all the same.",
    wrongLimit: (limit: string, why: string) => `A limit under Outcomes does not go. ${limit}: ${why}.`,
    otherSettings: "The settings at hand are not those that the question was written for.",
    asItOpens: "Back to those",
  },

  openWhole: "Open in Chanscope",

  notice: "Notice",
  dismiss: "Dismiss",
  /** What failed, and why: in a sentence of its own, or as the end of this one. */
  because: (what: string, why: string) => (why.endsWith(".") ? `${what}. ${why}` : `${what}: ${why}.`),
  badLink: "This link could not be opened",
  shownInstead: " Shown is the default run.",
  refused: "That cannot be run",
  differs: (from: number, to: number) => {
    const where =
      from === to || from + 1 === to
        ? `from step ${grouped(to)} on`
        : `from between step ${grouped(from)} and step ${grouped(to)} on`;
    return `This replay differs from the run that was shared, ${where}: that was recorded with an older version of this program, or the link was changed.`;
  },
  beyond: (step: number, events: number) =>
    `This link leads to step ${grouped(step)}, and the run has ${grouped(events)}. Shown is its last one.`,
  badView: (name: "lens" | "lanes" | "only" | "fold" | "steps" | "view" | "with", came: string) => {
    const takes = {
      lens: "order or value",
      lanes: "goroutine, processor or object, and list",
      only: "up to 60 characters of a name",
      fold: "roles with commas between them",
      steps: "all",
      view: "two steps that the run has, the earlier first, 8 or more apart (“12-34”)",
      with: "the address of one other run, from its program on",
    };
    return `“${name}=${came}” in this link is passed over: ${name} takes ${takes[name]}. `;
  },
  notLoaded: "A part of the page could not be loaded, so this cannot be shown now. What was said:",
  restarted: "The core had to restart. Your run has been asked for again.",

  views: "Views",
  state: "State at this step",
  tabs: { words: "Words", outcomes: "Outcomes", program: "Program", state: "State", timeline: "Timeline" },

  keys: "Keys",
};

/** Every string of the interface. A language that lacks one does not compile. */
export type Interface = typeof en;
