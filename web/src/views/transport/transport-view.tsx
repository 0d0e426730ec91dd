/** The bar in the middle: what this step did, in words, and the controls to walk along the run. */
import { useEffect, useRef, useState } from "preact/hooks";
import type { Part } from "../../core/wire";
import { Icon, type IconName } from "../../design/icons";
import { Sentence } from "../../design/sentence";
import type { Named } from "../../state/roles";
import { grouped, type Interface, ungrouped } from "../../words";
import { Find, type FindProps } from "./find";
import "./transport.css";

export interface TransportProps {
  readonly words: Interface;
  readonly named: readonly Named[];
  readonly at: number;
  readonly events: number;
  /** What the step at the cursor did; none at the start. */
  readonly sentence: readonly Part[] | undefined;
  readonly seed: number | undefined;
  readonly playing: boolean;
  readonly speed: number;
  readonly speeds: readonly number[];
  readonly byHand?: boolean;
  /** How many choices of this run were made by hand. */
  readonly choices: number;
  readonly disabled: boolean;
  readonly find: FindProps;
  onSeek(position: number): void;
  onPlay(): void;
  onPause(): void;
  onSpeed(stepsPerSecond: number): void;
  /** Absent where nobody decides, because it has happened. */
  onByHand?(on: boolean): void;
  onForgetChoices?(): void;
}

/** A sentence of more characters is set smaller: what is above and below it does not move. */
const LONG_SENTENCE = 78;

/** Length of a text in characters of the Latin alphabet: a Chinese one is as wide as two of them. */
function widthOf(text: string): number {
  return [...text].reduce((sum, character) => sum + (character > "\u2e7f" ? 2 : 1), 0);
}

export function TransportView(props: TransportProps) {
  const { words, named, at, events, sentence, playing, byHand, disabled, onSeek, onPlay, onPause, onByHand } = props;
  const said = sentence?.map(({ text }) => text).join("") ?? "";
  const length = widthOf(said);
  return (
    <section class="transport" aria-label={words.walk}>
      <input
        class="scrub"
        type="range"
        min={0}
        max={events}
        value={at}
        aria-label={words.scrub}
        aria-valuetext={`${words.step} ${at} ${words.of} ${events}`}
        data-testid="scrub"
        disabled={disabled}
        ref={(element) => element?.style.setProperty("--share", `${events === 0 ? 0 : (at / events) * 100}%`)}
        onInput={(event) => onSeek(event.currentTarget.valueAsNumber)}
      />
      <div class="transport-buttons">
        <Step
          name={words.first}
          icon="first"
          testid="first"
          disabled={disabled || at === 0}
          onClick={() => onSeek(0)}
        />
        <Step
          name={words.back}
          icon="back"
          testid="back"
          disabled={disabled || at === 0}
          onClick={() => onSeek(at - 1)}
        />
        <button
          type="button"
          class="button button-ink"
          title={playing ? words.pause : words.play}
          aria-label={playing ? words.pause : words.play}
          data-testid="play"
          disabled={disabled || events === 0}
          onClick={playing ? onPause : onPlay}
        >
          <Icon name={playing ? "pause" : "play"} />
        </button>
        <Step
          name={words.forward}
          icon="forward"
          testid="forward"
          disabled={disabled || at >= events}
          onClick={() => onSeek(at + 1)}
        />
        <Step
          name={words.last}
          icon="last"
          testid="last"
          disabled={disabled || at >= events}
          onClick={() => onSeek(events)}
        />
      </div>
      <p
        class={length > LONG_SENTENCE ? "sentence sentence-long" : "sentence"}
        title={length > LONG_SENTENCE ? said : undefined}
        data-testid="sentence"
        aria-live={playing ? "off" : "polite"}
      >
        {sentence ? <Sentence parts={sentence} named={named} /> : <span class="soft">{words.atStart}</span>}
      </p>
      <div class="transport-facts">
        <Find words={words} named={named} disabled={disabled} {...props.find} />
        <Place {...props} />
        <Run {...props} />
        <select
          class="transport-speed"
          aria-label={words.speed}
          title={words.speed}
          value={String(props.speed)}
          onChange={(event) => props.onSpeed(Number(event.currentTarget.value))}
        >
          {props.speeds.map((speed) => (
            <option key={speed} value={speed}>
              {words.perSecond(speed)}
            </option>
          ))}
        </select>
        {onByHand ? (
          <button
            type="button"
            class="button"
            aria-pressed={byHand}
            title={words.byHandHelp}
            data-testid="by-hand"
            disabled={disabled}
            onClick={() => onByHand(!byHand)}
          >
            <Icon name="hand" /> <span class="transport-hand">{words.byHand}</span>
          </button>
        ) : null}
      </div>
    </section>
  );
}

function Step({
  name,
  icon,
  testid,
  disabled,
  onClick,
}: {
  name: string;
  icon: IconName;
  testid: string;
  disabled: boolean;
  onClick(): void;
}) {
  return (
    <button
      type="button"
      class="button"
      title={name}
      aria-label={name}
      data-testid={testid}
      disabled={disabled}
      onClick={onClick}
    >
      <Icon name={icon} />
    </button>
  );
}

/** The position, which is also where another one can be typed. */
function Place({ words, at, events, onSeek }: TransportProps) {
  const [typing, setTyping] = useState(false);
  const [said, setSaid] = useState<"noNumber" | "last" | undefined>(undefined);
  const refused = said === "noNumber";
  const button = useRef<HTMLButtonElement>(null);
  /** Whether the keyboard has left the field: it goes on from where it came. */
  const left = useRef(false);
  useEffect(() => {
    // Who types fast has left before it is said here that the field is there.
    if (typing) return;
    if (left.current) button.current?.focus();
    left.current = false;
  }, [typing]);
  const close = (byKey: boolean) => {
    left.current = byKey;
    setSaid(undefined);
    setTyping(false);
  };
  // That it is the last one is of no more use elsewhere.
  useEffect(() => {
    if (at !== events) setSaid((before) => (before === "last" ? undefined : before));
  }, [at, events]);
  const press = (event: KeyboardEvent & { currentTarget: HTMLInputElement }) => {
    if (event.key === "Escape") close(true);
    if (event.key !== "Enter") return;
    const wanted = ungrouped(event.currentTarget.value);
    if (wanted === undefined) {
      setSaid("noNumber");
      return;
    }
    onSeek(wanted);
    close(true);
    if (wanted > events) setSaid("last");
  };
  return (
    <span class="transport-place">
      <span class="faint transport-step">{words.step} </span>
      {typing ? (
        <input
          class="input transport-jump"
          aria-label={words.jump}
          aria-invalid={refused}
          aria-describedby={refused ? "no-step" : undefined}
          inputMode="numeric"
          defaultValue={String(at)}
          ref={selectAtFirst}
          // It also comes when the field goes because of a key.
          onBlur={() => {
            if (!left.current) close(false);
          }}
          onInput={() => setSaid(undefined)}
          onKeyDown={press}
        />
      ) : (
        <button
          type="button"
          class="transport-position"
          title={words.jump}
          data-testid="position"
          data-value={at}
          ref={button}
          onClick={() => {
            setSaid(undefined);
            setTyping(true);
          }}
          onBlur={() => setSaid(undefined)}
        >
          {grouped(at)}
        </button>
      )}
      <span class="transport-total">
        <span class="faint"> {words.of} </span>
        <span data-testid="position-total" data-value={events}>
          {grouped(events)}
        </span>
      </span>
      <span class="transport-said" id="no-step" role="status">
        {refused ? words.noSuchStep(events) : said === "last" && at === events ? words.lastInstead(events) : ""}
      </span>
    </span>
  );
}

function selectAtFirst(element: HTMLInputElement | null): void {
  element?.focus();
  element?.select();
}

function Run({ words, seed, choices, onForgetChoices }: TransportProps) {
  return (
    <>
      {seed === undefined ? null : (
        <span class="transport-seed">
          <span class="faint">{words.seedIs}</span> {grouped(seed)}
        </span>
      )}
      {choices > 0 ? (
        <button type="button" class="transport-choices" title={words.forgetChoices} onClick={onForgetChoices}>
          {words.choicesByHand(choices)} <span aria-hidden="true">×</span>
        </button>
      ) : null}
    </>
  );
}
