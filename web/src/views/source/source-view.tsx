/** The program in Go and in Rust, the line of this step lit, and signs where goroutines stand. */
import { useEffect, useLayoutEffect, useMemo, useRef, useState } from "preact/hooks";
import type { GoroutineInfo, RunSpec, Site } from "../../core/wire";
import { panelOf, Tabs } from "../../design/tabs";
import { programAsSet } from "../../state/program-as-set";
import type { Named } from "../../state/roles";
import { type ScenarioFiles, type SourceFile, sameLines } from "../../state/scenario-files";
import type { Interface } from "../../words";
import type { Marks, SourceEditor, Syntax } from "./editor";
import { signsOf } from "./signs";
import "./source.css";

export type Choice = Syntax | "both";

export interface SourceProps {
  readonly words: Interface;
  /** Undefined while they are being loaded, null when that failed. */
  readonly files: ScenarioFiles | null | undefined;
  /** The run's program and its settings; undefined where there is no run. */
  readonly run: Pick<RunSpec, "scenario" | "config"> | undefined;
  readonly choice: Choice;
  readonly named: readonly Named[];
  readonly goroutines: readonly GoroutineInfo[];
  /** Who took this step, and where. */
  readonly actor: Named | undefined;
  readonly site: Site | undefined;
  /** Where they were last seen, when this step is their end: that has no place. */
  readonly cameFrom: Site | undefined;
  /** A label that the words point at. */
  readonly label: string | undefined;
  /** The line that was pressed last is one where nothing happens in this run. */
  readonly noEvent: boolean;
  onChoose(choice: Choice): void;
  /** Lines of the Rust that runs were pressed, or those that say the same as a line of the Go. */
  onLines(lines: readonly number[]): void;
}

export function SourceView(props: SourceProps) {
  const { words, files: loaded, run, choice, goroutines, actor, onChoose } = props;
  const set = JSON.stringify(run?.config ?? {});
  const files = useMemo(() => loaded && { ...loaded, go: programAsSet(loaded.go, JSON.parse(set)) }, [loaded, set]);
  // Kept from before the source is there: whoever ends without having done anything has no line, and a source that opens
  // then would show its first one.
  const kept = useRef<{ readonly scenario: string | undefined; readonly place: Site } | undefined>(undefined);
  const start = actor ? undefined : goroutines[0]?.site;
  const before = kept.current?.scenario === run?.scenario ? kept.current?.place : undefined;
  const known = props.site ?? props.cameFrom ?? start ?? before;
  kept.current = known && { scenario: run?.scenario, place: known };
  // Nothing before that end has been seen: then where somebody stands.
  const place = known ?? goroutines.find(({ site }) => site)?.site ?? undefined;
  const shown: readonly Syntax[] = choice === "both" ? ["go", "rust"] : [choice];
  return (
    <section class="source" aria-label={words.source}>
      <header class="source-head">
        <Tabs
          id="source"
          label={words.source}
          kind="line"
          tabs={[
            { name: "go", text: words.go, title: words.goHelp },
            { name: "rust", text: words.rust, title: words.rustHelp },
            { name: "both", text: words.both },
          ]}
          open={choice}
          onOpen={onChoose}
        />
        {props.noEvent ? (
          <p class="source-actor" role="status">
            {words.noEventHere}
          </p>
        ) : actor ? (
          <p class={`source-actor role-${actor.hue}`}>
            <b class="name">{actor.name}</b> {props.site ? words.isHere : words.hasEnded(props.cameFrom !== undefined)}
          </p>
        ) : null}
      </header>
      <div class={choice === "both" ? "source-panes is-beside" : "source-panes"} {...panelOf("source", choice)}>
        {files
          ? shown.map((syntax) => (
              <Pane key={syntax} syntax={syntax} file={files[syntax]} {...props} files={files} place={place} />
            ))
          : null}
        {files === null ? <p class="source-absent soft">{words.noSource}</p> : null}
      </div>
    </section>
  );
}

type PaneProps = SourceProps & {
  readonly syntax: Syntax;
  readonly file: SourceFile;
  readonly files: ScenarioFiles;
  /** Where the step is, or the last one that was anywhere. */
  readonly place: Site | undefined;
};

function Pane(props: PaneProps) {
  const { words, syntax, file } = props;
  const beside = props.choice === "both";
  const host = useRef<HTMLDivElement>(null);
  const latest = useRef(props);
  latest.current = props;
  const [editor, setEditor] = useState<SourceEditor | undefined>(undefined);
  /** The line that the arrow keys have come to, for those who do not see it. */
  const [chosen, setChosen] = useState("");

  useEffect(() => {
    let made: SourceEditor | undefined;
    let gone = false;
    void import("./editor").then(({ createEditor }) => {
      const element = host.current;
      if (gone || !element) return;
      made = createEditor(element.shadowRoot ?? element.attachShadow({ mode: "open" }), words[syntax], {
        line: (line) => {
          const { files: shown, onLines } = latest.current;
          onLines(syntax === "rust" ? [line] : sameLines(shown.go, line, shown.rust));
        },
        chosen: (line, text) => setChosen(latest.current.words.lineChosen(line, text)),
      });
      setEditor(made);
    });
    return () => {
      gone = true;
      made?.destroy();
    };
  }, []);

  useLayoutEffect(() => editor?.show(file.lines, syntax, beside), [editor, file, syntax, beside]);

  const marks = marksOf(props);
  // Ahead of the frame in which the step is drawn.
  useLayoutEffect(() => editor?.mark(marks), [editor, file, beside, JSON.stringify(marks)]);

  return (
    <div class="source-pane">
      <div class="source-host" data-source={syntax} data-lit={marks.now.join(" ")} ref={host} />
      <p class="unseen" role="status">
        {chosen}
      </p>
      {editor ? null : <p class="source-loading faint">{words.loadingSource}</p>}
    </div>
  );
}

/** Signs of one role at a line, at most; where two sources share the room, one. */
const MOST_OF_A_ROLE = { alone: 2, beside: 1 };

function marksOf({
  words,
  choice,
  syntax,
  file,
  files,
  named,
  goroutines,
  site,
  cameFrom,
  place,
  label,
}: PaneProps): Marks {
  // A hundred goroutines stand at a few lines.
  const known = new Map<number, readonly number[]>();
  const linesOf = (where: Site | null | undefined): readonly number[] => {
    if (!where) return [];
    if (syntax === "rust") return [where.line];
    const lines = known.get(where.line) ?? sameLines(files.rust, where.line, files.go);
    known.set(where.line, lines);
    return lines;
  };
  const standing = goroutines.flatMap(({ id, status, site: stands }) => {
    if (status === "finished") return [];
    const [line] = linesOf(stands);
    const who = named[id];
    return line !== undefined && who ? [{ line, who }] : [];
  });
  return {
    now: linesOf(site),
    last: linesOf(cameFrom),
    pointed: label === undefined ? [] : (file.labels[label] ?? []),
    signs: signsOf(standing, choice === "both" ? MOST_OF_A_ROLE.beside : MOST_OF_A_ROLE.alone, words.standHere),
    from: linesOf(place)[0],
  };
}
