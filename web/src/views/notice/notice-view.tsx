/** Something that the reader has to be told once: a damaged link, a refusal, a replay that differs, a restart. */
import type { Language } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Notice } from "../../state/store";
import { type Interface, say } from "../../words";
import "./notice.css";

export interface NoticeProps {
  readonly words: Interface;
  readonly language: Language;
  readonly notice: Notice;
  onSeek(position: number): void;
  onDismiss(): void;
}

export function NoticeView({ words, language, notice, onSeek, onDismiss }: NoticeProps) {
  const wrong = notice.kind === "failed";
  const text = textOf(notice, words, language);
  return (
    <div
      class={wrong ? "notice notice-bad" : "notice"}
      role={wrong ? "alert" : "status"}
      data-testid="notice"
      data-kind={notice.kind}
    >
      <svg class="notice-sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1.5 15 14H1z" fill="currentColor" />
        <path class="notice-mark" d="M8 6v3.6M8 11.8v.2" />
      </svg>
      <p title={text}>{text}</p>
      {notice.kind === "differs" ? (
        <button type="button" class="button" onClick={() => onSeek(notice.difference.to)}>
          {words.showAt(notice.difference.to)}
        </button>
      ) : null}
      <button
        type="button"
        class="button button-quiet"
        title={words.dismiss}
        aria-label={words.dismiss}
        onClick={onDismiss}
      >
        <Icon name="close" />
      </button>
    </div>
  );
}

function textOf(notice: Notice, words: Interface, language: Language): string {
  switch (notice.kind) {
    case "badLink":
      return (
        words.because(words.badLink, say(notice.refusal.message, language)) + (notice.instead ? words.shownInstead : "")
      );
    case "badFile":
      return words.badFile[notice.why];
    case "refused":
      return words.because(words.refused, say(notice.refusal.message, language));
    case "differs":
      return words.differs(notice.difference.from, notice.difference.to);
    case "beyond":
      return words.beyond(notice.step, notice.events);
    case "badView":
      return notice.bad.map(({ name, came }) => words.badView(name, came)).join("");
    case "uncompared":
      return say(notice.refusal.message, language);
    case "notLoaded":
      return `${words.notLoaded} ${notice.reason}`;
    case "restarted":
      return words.restarted;
    case "brokeOff":
      return `${words.outcomes.brokeOff} ${notice.reason}`;
    case "loopBroke":
      return `${words.realTime.broke} ${notice.reason}`;
    case "failed":
      return `${words.coreFailed} ${words.coreFailedHelp} ${notice.reason}`;
  }
}
