/** The program on this browser's own event loop: a speed, a button, and while it runs what the reader can do. */
import { useEffect, useRef } from "preact/hooks";
import { REAL_TIME_SPEEDS, type RealTimeOver, type RealTimeUnderWay } from "../../state/real-time";
import type { Interface } from "../../words";
import "./form.css";

export interface RealTimeProps {
  readonly words: Interface;
  readonly speed: number;
  readonly underWay: RealTimeUnderWay | undefined;
  /** How it went, while the run that came of it is the one at hand. */
  readonly over: RealTimeOver | undefined;
  onSpeed(speed: number): void;
  onStart(): void;
  onPress(): void;
  onStop(): void;
}

export function RealTimeView({ words, speed, underWay, over, onSpeed, onStart, onPress, onStop }: RealTimeProps) {
  const said = useRef<HTMLParagraphElement>(null);
  const told = useRef(over);
  useEffect(() => {
    if (told.current === over) return;
    told.current = over;
    said.current?.scrollIntoView({ block: "nearest" });
  }, [over]);
  const { title, help, speedLabel, speeds, start, runs, press, stop } = words.realTime;
  return (
    <section class="form" aria-label={title} data-testid="real-time">
      <h2 class="section-title">{title}</h2>
      <p class="soft form-help">{help}</p>
      <div class="form-row">
        <label for="real-time-speed">{speedLabel}</label>
        <select
          id="real-time-speed"
          class="input"
          value={String(speed)}
          disabled={underWay !== undefined}
          onChange={(event) => onSpeed(Number(event.currentTarget.value))}
        >
          {REAL_TIME_SPEEDS.map((value) => (
            <option key={value} value={value}>
              {speeds(value)}
            </option>
          ))}
        </select>
      </div>
      <div class="form-actions">
        {underWay ? (
          <>
            <button type="button" class="button" data-testid="real-time-stop" onClick={onStop}>
              {stop}
            </button>
            {underWay.waitsForReader ? (
              <button type="button" class="button button-ink" data-testid="real-time-press" onClick={onPress}>
                {press}
              </button>
            ) : null}
            <span class="soft form-elapsed">{runs(underWay.elapsedMs / 1000)}</span>
          </>
        ) : (
          <button type="button" class="button" data-testid="real-time-start" onClick={onStart}>
            {start}
          </button>
        )}
      </div>
      <p class="soft form-over" ref={said} role="status" data-testid="real-time-over">
        {over && !underWay ? words.realTime.over(over.run.events, over.elapsedMs, over.same) : ""}
      </p>
    </section>
  );
}
