/** Something that the reader has to be told once: a damaged link, a refusal, a replay that differs, a restart. */
import type { ComponentChildren } from "preact";
import type { Language } from "../../core/wire";
import { Icon } from "../../design/icons";
import type { Notice } from "../../state/store";
import type { Interface } from "../../words";
import { noticeIn } from "../../words/notice";
import "./notice.css";

export interface NoticeProps {
  readonly words: Interface;
  readonly language: Language;
  readonly notice: Notice;
  onSeek(position: number): void;
  onDismiss(): void;
}

export function NoticeView({ words, language, notice, onSeek, onDismiss }: NoticeProps) {
  return (
    <NoticeBar
      words={words}
      kind={notice.kind}
      wrong={notice.kind === "failed"}
      text={noticeIn(notice, words, language)}
      onDismiss={onDismiss}
    >
      {notice.kind === "differs" ? (
        <button type="button" class="button" onClick={() => onSeek(notice.difference.to)}>
          {words.showAt(notice.difference.to)}
        </button>
      ) : null}
    </NoticeBar>
  );
}

export interface NoticeBarProps {
  readonly words: Interface;
  readonly kind: string;
  /** Whether the page itself is broken. */
  readonly wrong?: boolean;
  readonly text: string;
  /** What can be done about it. */
  readonly children?: ComponentChildren;
  onDismiss(): void;
}

export function NoticeBar({ words, kind, wrong, text, children, onDismiss }: NoticeBarProps) {
  return (
    <div
      class={wrong ? "notice notice-bad" : "notice"}
      role={wrong ? "alert" : "status"}
      data-testid="notice"
      data-kind={kind}
    >
      <svg class="notice-sign" viewBox="0 0 16 16" aria-hidden="true">
        <path d="M8 1.5 15 14H1z" fill="currentColor" />
        <path class="notice-mark" d="M8 6v3.6M8 11.8v.2" />
      </svg>
      <p title={text}>{text}</p>
      {children}
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
