/** What a notice says: to the reader, and to the page that embeds this one. */
import type { Language, Refusal } from "../core/wire";
import type { Notice } from "../state/store";
import { type Interface, say } from ".";
import { groupedIn } from "./numbers";

export function noticeIn(notice: Notice, words: Interface, language: Language): string {
  const told = ({ message }: Refusal) => groupedIn(say(message, language));
  switch (notice.kind) {
    case "badLink":
      return words.because(words.badLink, told(notice.refusal)) + (notice.instead ? words.shownInstead : "");
    case "badFile":
      return say(notice.why, language);
    case "refused":
      return words.because(words.refused, told(notice.refusal));
    case "badOther":
      return words.because(words.compare.refused, told(notice.refusal));
    case "differs":
      return words.differs(notice.difference.from, notice.difference.to);
    case "beyond":
      return words.beyond(notice.step, notice.events);
    case "badView":
      return notice.bad.map(({ name, came }) => words.badView(name, came)).join("");
    case "uncompared":
      return told(notice.refusal);
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
