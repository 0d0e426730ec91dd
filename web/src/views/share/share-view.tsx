/** This moment as a link, to be copied. */
import { useRef, useState } from "preact/hooks";
import { Dialog } from "../../design/dialog";
import { baseOf, isLoopback } from "../../state/base";
import type { Interface } from "../../words";
import "./share.css";

export interface ShareProps {
  readonly words: Interface;
  readonly at: number;
  readonly events: number;
  readonly digest: string;
  /** Absent until the core has written it. */
  readonly link: { readonly url: string; readonly markdown: string; readonly iframe: string } | undefined;
  onCopy(text: string): Promise<boolean>;
  /** What links begin with, as typed; undefined as built. */
  readonly base: string | undefined;
  onBase(typed: string): void;
  onCompare(link: string): void;
  onSave(kind: "trace" | "chrome"): void;
  onPicture(kind: "svg" | "png"): void;
  onOpen(file: File): void;
  onClose(): void;
}

export function ShareView({
  words,
  at,
  events,
  digest,
  link,
  base,
  onBase,
  onCopy,
  onCompare,
  onSave,
  onPicture,
  onOpen,
  onClose,
}: ShareProps) {
  const badBase = base !== undefined && base.trim() !== "" && baseOf(base) === undefined;
  return (
    <Dialog title={words.shareTitle} closeName={words.close} kind="corner" onClose={onClose}>
      <p class="soft">{words.shareHelp(at, events)}</p>
      <Copyable words={words} name={words.link} testid="share-link" text={link?.url ?? ""} main onCopy={onCopy} />
      {link && isLoopback(link.url) ? <p class="share-own soft">{words.ownMachine}</p> : null}
      <Copyable
        words={words}
        name={words.markdown}
        testid="share-markdown"
        text={link?.markdown ?? ""}
        onCopy={onCopy}
      />
      <Copyable words={words} name={words.iframe} testid="share-iframe" text={link?.iframe ?? ""} onCopy={onCopy} />
      <div class="share-row">
        <label class="section-title" for="share-base">
          {words.shareBase}
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
          {badBase ? words.badBase : ""}
        </p>
      </div>
      <form
        class="share-row"
        onSubmit={(event) => {
          event.preventDefault();
          const field = event.currentTarget.elements.namedItem("other");
          if (field instanceof HTMLInputElement && field.value.trim() !== "") onCompare(field.value);
        }}
      >
        <label class="section-title" for="compare-link">
          {words.compare.paste}
        </label>
        <div class="share-line">
          <input
            id="compare-link"
            name="other"
            class="input code share-text"
            placeholder={words.compare.pasteHelp}
            autocomplete="off"
            data-testid="compare-link"
          />
          <button type="submit" class="button" data-testid="compare-start">
            {words.compare.start}
          </button>
        </div>
      </form>
      <div class="share-row">
        <h3 class="section-title">{words.files}</h3>
        <div class="share-line">
          <button type="button" class="button" data-testid="save-trace" onClick={() => onSave("trace")}>
            {words.saveTrace}
          </button>
          <button type="button" class="button" data-testid="save-chrome" onClick={() => onSave("chrome")}>
            {words.saveChrome}
          </button>
          {(["svg", "png"] as const).map((kind) => (
            <button
              key={kind}
              type="button"
              class="button"
              data-testid={`save-${kind}`}
              onClick={() => onPicture(kind)}
            >
              {words.savePicture(kind.toUpperCase())}
            </button>
          ))}
          <label class="button share-open">
            {words.openFile}
            <input
              class="unseen"
              type="file"
              accept=".json,application/json"
              data-testid="open-file"
              onChange={(event) => {
                const [file] = event.currentTarget.files ?? [];
                if (file) onOpen(file);
              }}
            />
          </label>
        </div>
      </div>
      <p class="share-digest faint">
        {words.digest} <code data-testid="share-digest">{digest}</code>
      </p>
    </Dialog>
  );
}

interface CopyableProps {
  readonly words: Interface;
  readonly name: string;
  readonly testid: string;
  readonly text: string;
  readonly main?: boolean;
  onCopy(text: string): Promise<boolean>;
}

function Copyable({ words, name, testid, text, main, onCopy }: CopyableProps) {
  const input = useRef<HTMLInputElement>(null);
  const [outcome, setOutcome] = useState<"copied" | "selected" | undefined>(undefined);
  const copy = async () => {
    const copied = await onCopy(text);
    if (!copied) {
      input.current?.focus();
      input.current?.select();
    }
    setOutcome(copied ? "copied" : "selected");
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
          {outcome === "copied" ? words.copied : words.copy}
        </button>
      </div>
      <p class="share-outcome faint" role="status">
        {outcome === "selected" ? words.copyByHand : ""}
      </p>
    </div>
  );
}
