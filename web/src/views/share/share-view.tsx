/** The run at hand as a link, to this moment or to its start, to be copied. */
import { useRef, useState } from "preact/hooks";
import { Dialog } from "../../design/dialog";
import { OpenFile } from "../../design/open-file";
import { baseOf, isLoopback } from "../../state/base";
import type { Shared } from "../../state/store";
import type { Interface } from "../../words";
import type { DialogWords } from "../../words/dialogs";
import "./share.css";

export interface ShareProps {
  readonly words: Interface;
  readonly said: DialogWords["share"];
  readonly at: number;
  readonly events: number;
  readonly digest: string;
  /** Absent until the core has written them. */
  readonly links: Shared | undefined;
  onCopy(text: string): Promise<boolean>;
  /** What links begin with, as typed; undefined as built. */
  readonly base: string | undefined;
  onBase(typed: string): void;
  /** Answers why that could not be. */
  onCompare(link: string): Promise<string | undefined>;
  onSave(kind: "trace" | "chrome"): void;
  onPicture(kind: "svg" | "png"): void;
  onOpen(file: File): void;
  onClose(): void;
}

export function ShareView({
  words,
  said,
  at,
  events,
  digest,
  links,
  base,
  onBase,
  onCopy,
  onCompare,
  onSave,
  onPicture,
  onOpen,
  onClose,
}: ShareProps) {
  const [toMoment, setToMoment] = useState(true);
  const link = toMoment ? links?.moment : links?.run;
  const badBase = base !== undefined && base.trim() !== "" && baseOf(base) === undefined;
  return (
    <Dialog title={said.title} closeName={words.close} kind="corner" onClose={onClose}>
      <p class="soft">{said.help}</p>
      {at > 0 ? (
        <label class="share-moment">
          <input
            type="checkbox"
            checked={toMoment}
            data-testid="share-moment"
            onChange={(event) => setToMoment(event.currentTarget.checked)}
          />
          {said.moment(at, events)}
        </label>
      ) : null}
      <Copyable said={said} name={said.link} testid="share-link" text={link?.url ?? ""} main onCopy={onCopy} />
      {link && isLoopback(link.url) ? <p class="share-own soft">{said.ownMachine}</p> : null}
      <Copyable said={said} name={said.markdown} testid="share-markdown" text={link?.markdown ?? ""} onCopy={onCopy} />
      <Copyable said={said} name={said.iframe} testid="share-iframe" text={link?.iframe ?? ""} onCopy={onCopy} />
      <div class="share-row">
        <label class="section-title" for="share-base">
          {said.base}
        </label>
        <input
          id="share-base"
          class="input code share-base"
          type="url"
          value={base ?? ""}
          placeholder="https://"
          aria-invalid={badBase}
          aria-describedby={badBase ? "bad-base" : undefined}
          data-testid="share-base"
          onInput={(event) => onBase(event.currentTarget.value)}
        />
        <p class="share-outcome share-bad" id="bad-base" role="status">
          {badBase ? said.badBase : ""}
        </p>
      </div>
      <CompareWith words={words} onCompare={onCompare} />
      <div class="share-row">
        <h3 class="section-title">{said.files}</h3>
        <div class="share-line">
          <button type="button" class="button" data-testid="save-trace" onClick={() => onSave("trace")}>
            {said.saveTrace}
          </button>
          <button type="button" class="button" data-testid="save-chrome" onClick={() => onSave("chrome")}>
            {said.saveChrome}
          </button>
          {(["svg", "png"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="button"
              data-testid={`save-${kind}`}
              onClick={() => onPicture(kind)}
            >
              {said.savePicture(kind.toUpperCase())}
            </button>
          ))}
        </div>
        <OpenFile text={said.openFile} look="share-open" testid="open-file" onOpen={onOpen} />
      </div>
      <p class="share-digest faint">
        {words.digest} <code data-testid="share-digest">{digest}</code>
      </p>
    </Dialog>
  );
}

/** The link of another run. What is wrong with it is said below, and what was typed stays to be mended. */
function CompareWith({ words, onCompare }: Pick<ShareProps, "words" | "onCompare">) {
  const input = useRef<HTMLInputElement>(null);
  const [refused, setRefused] = useState<string | undefined>(undefined);
  const compare = async () => {
    const field = input.current;
    if (!field || field.value.trim() === "") return;
    const why = await onCompare(field.value);
    setRefused(why);
    if (why !== undefined) field.focus();
  };
  return (
    <form
      class="share-row"
      onSubmit={(event) => {
        event.preventDefault();
        void compare();
      }}
    >
      <label class="section-title" for="compare-link">
        {words.compare.paste}
      </label>
      <div class="share-line">
        <input
          id="compare-link"
          class="input code share-text"
          placeholder={words.compare.pasteHelp}
          autocomplete="off"
          aria-invalid={refused !== undefined}
          aria-describedby={refused === undefined ? undefined : "compare-refused"}
          data-testid="compare-link"
          ref={input}
          onInput={() => setRefused(undefined)}
        />
        <button type="submit" class="button" data-testid="compare-start">
          {words.compare.start}
        </button>
      </div>
      <p class="share-outcome share-bad" id="compare-refused" role="status" data-testid="compare-refused">
        {refused ?? ""}
      </p>
    </form>
  );
}

interface CopyableProps {
  readonly said: DialogWords["share"];
  readonly name: string;
  readonly testid: string;
  readonly text: string;
  readonly main?: boolean;
  onCopy(text: string): Promise<boolean>;
}

function Copyable({ said, name, testid, text, main, onCopy }: CopyableProps) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<{ readonly of: string; readonly copied: boolean } | undefined>(undefined);
  // Of another text nothing has come yet.
  const done = outcome?.of === text ? outcome : undefined;
  const copy = async () => {
    const copied = await onCopy(text);
    if (!copied) {
      input.current?.focus();
      input.current?.select();
    }
    setOutcome({ of: text, copied });
  };
  return (
    <div class="share-row">
      <label class="section-title" for={testid}>
        {name}
      </label>
      <div class="share-line">
        <input
          id={testid}
          class="input code share-text"
          readOnly
          data-testid={testid}
          value={text}
          ref={input}
          onFocus={(event) => event.currentTarget.select()}
        />
        <button
          type="button"
          class={main ? "button button-now" : "button"}
          data-testid={`${testid}-copy`}
          disabled={text === ""}
          onClick={() => void copy()}
        >
          {done?.copied ? said.copied : said.copy}
        </button>
      </div>
      <p class="share-outcome faint" role="status">
        {done?.copied === false ? said.copyByHand : ""}
      </p>
    </div>
  );
}
