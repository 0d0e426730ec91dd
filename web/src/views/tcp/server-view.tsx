/** The clock server: how it is, and what can be changed about it while it runs. */
import { useRef, useState } from "preact/hooks";
import type { ClockNow, ClockSettings, ClockStatus } from "../../core/wire";
import type { Line } from "../../state/tcp/store";
import type { TcpInterface } from "../../words/tcp";
import { refusalIn } from "./refusal";
import "./tcp.css";

export interface ServerProps {
  readonly words: TcpInterface;
  readonly line: Line;
  readonly clock: ClockNow | undefined;
  readonly refused: string | undefined;
  /** Where the same moment is, on the companion's own page. */
  readonly companionUrl: string;
  onSet(change: Partial<ClockSettings>): void;
  onStart(): void;
}

export function ServerView({ words, line, clock, refused, companionUrl, onSet, onStart }: ServerProps) {
  return (
    <section class="tcp-section" aria-label={words.server}>
      <h2 class="section-title">{words.server}</h2>
      {clock ? (
        <>
          <StatusRow words={words} status={clock.state.status} onStart={onStart} />
          <Settings words={words} settings={clock.settings} onSet={onSet} />
        </>
      ) : (
        <Absent words={words} line={line} companionUrl={companionUrl} />
      )}
      {refused ? (
        <p class="tcp-problem" role="alert" data-testid="tcp-refused">
          {words.refused} {refusalIn(words, refused)}
        </p>
      ) : null}
    </section>
  );
}

function Absent({ words, line, companionUrl }: Pick<ServerProps, "words" | "line" | "companionUrl">) {
  const said = line === "none" ? words.none : line === "gone" ? words.gone : words.looking;
  return (
    <div class="tcp-absent" data-testid="tcp-absent" data-line={line} role="status">
      <p>{said}</p>
      {line === "none" ? (
        <>
          <p class="soft">{words.needs}</p>
          <pre>
            <code>{words.needsCommand}</code>
          </pre>
          <p>
            <a href={companionUrl} data-testid="tcp-companion-link">
              {words.needsLink}
            </a>
          </p>
        </>
      ) : null}
    </div>
  );
}

function StatusRow({ words, status, onStart }: { words: TcpInterface; status: ClockStatus; onStart(): void }) {
  const down = status.type === "dead" || status.type === "cannotStart";
  const said = useRef<HTMLParagraphElement>(null);
  // The button goes with the state: whoever pressed it by keyboard goes on from what is said of the server.
  const start = () => {
    said.current?.focus();
    onStart();
  };
  return (
    <div class={down ? "tcp-status is-down" : "tcp-status"} data-testid="tcp-status" data-status={status.type}>
      <span class="tcp-sign" aria-hidden="true" />
      <p role="status" tabIndex={-1} ref={said}>
        {status.type === "running" ? words.running(status.address) : null}
        {status.type === "dead" ? <b>{words.dead}</b> : null}
        {status.type === "cannotStart" ? <b>{words.cannotStart}</b> : null}
        {status.type === "stopped" ? words.stopped : null}
        {down ? <code class="tcp-error">{status.error}</code> : null}
      </p>
      {down ? (
        <button type="button" class="button button-ink" data-testid="tcp-start" onClick={start}>
          {words.startAgain}
        </button>
      ) : null}
    </div>
  );
}

function Settings({
  words,
  settings,
  onSet,
}: {
  words: TcpInterface;
  settings: ClockSettings;
  onSet(change: Partial<ClockSettings>): void;
}) {
  return (
    <div class="tcp-settings">
      <Either
        name="tcp-accept-loop"
        legend={words.acceptLoop}
        options={words.acceptLoops}
        value={settings.acceptLoop}
        onChoose={(acceptLoop) => onSet({ acceptLoop })}
      />
      <Either
        name="tcp-on-write-error"
        legend={words.onWriteError}
        options={words.onWriteErrors}
        value={settings.onWriteError}
        onChoose={(onWriteError) => onSet({ onWriteError })}
      />
      <NumberRow
        id="tcp-interval"
        label={words.interval}
        notWhole={words.notWhole}
        value={settings.intervalMs}
        onSet={(intervalMs) => onSet({ intervalMs })}
      />
      <NumberRow
        id="tcp-limit"
        label={words.limit}
        notWhole={words.notWhole}
        value={settings.connectionsMax}
        onSet={(connectionsMax) => onSet({ connectionsMax })}
      />
      <div class="tcp-row">
        <label for="tcp-small-buffers">{words.smallBuffers}</label>
        <input
          id="tcp-small-buffers"
          type="checkbox"
          class="tcp-check"
          checked={settings.smallBuffers}
          onChange={(event) => onSet({ smallBuffers: event.currentTarget.checked })}
        />
      </div>
    </div>
  );
}

function Either<Value extends string>({
  name,
  legend,
  options,
  value,
  onChoose,
}: {
  name: string;
  legend: string;
  options: Readonly<Record<Value, string>>;
  value: Value;
  onChoose(value: Value): void;
}) {
  return (
    <fieldset class="tcp-either">
      <legend>{legend}</legend>
      {(Object.entries(options) as [Value, string][]).map(([each, text]) => (
        <label key={each} class={each === value ? "is-chosen" : undefined}>
          <input
            type="radio"
            name={name}
            value={each}
            checked={each === value}
            data-testid={`${name}-${each}`}
            onChange={() => onChoose(each)}
          />
          {text}
        </label>
      ))}
    </fieldset>
  );
}

function NumberRow({
  id,
  label,
  notWhole,
  value,
  onSet,
}: {
  id: string;
  label: string;
  notWhole: string;
  value: number;
  onSet(value: number): void;
}) {
  const [problem, setProblem] = useState(false);
  return (
    <div class="tcp-row">
      <label for={id}>{label}</label>
      <input
        id={id}
        class="input tcp-number"
        type="number"
        min={1}
        value={value}
        onChange={(event) => {
          const wanted = event.currentTarget.valueAsNumber;
          const whole = Number.isInteger(wanted) && wanted >= 0;
          setProblem(!whole);
          if (whole) onSet(wanted);
          // What was refused, or is no number, is not what is set.
          event.currentTarget.value = String(value);
        }}
      />
      {problem ? (
        <p class="tcp-problem" role="alert" data-testid={`${id}-problem`}>
          {notWhole}
        </p>
      ) : null}
    </div>
  );
}
