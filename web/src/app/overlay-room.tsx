/** What lies over the page: the list of chapters, the keys, and how to share a moment. */
import type { Store } from "../state/store";
import { ChaptersView } from "../views/chapters/chapters-view";
import { HelpView } from "../views/help/help-view";
import { ShareView } from "../views/share/share-view";
import { type Caption, pngOf, svgOf } from "../views/timeline/picture";
import { interfaceIn } from "../words";
import { dialogsIn } from "../words/dialogs";
import { noticeIn } from "../words/notice";
import { TCP_PLACE } from "../words/tcp-place";
import { TcpShare } from "./parts";
import type { TcpRoomProps } from "./rooms";

export interface OverlayRoomProps extends TcpRoomProps {
  copy(text: string): Promise<boolean>;
  save(name: string, content: string | Blob, type?: string): void;
}

/** Which program a picture of the timeline is of, at which step, and what that did. */
function captionOf(store: Store): Caption {
  const language = store.language.value;
  const { atStart, pictureTitle } = interfaceIn(language);
  const events = store.run.value?.events ?? 0;
  const sentence = store.moment.value?.event?.sentence.map(({ text }) => text).join("");
  return {
    title: pictureTitle(store.scenario.value?.title[language] ?? "", store.at.value, events),
    description: sentence ?? atStart,
  };
}

export function OverlayRoom(props: OverlayRoomProps) {
  const { store, actions, tcp, tcpEntry, copy, save } = props;
  const language = store.language.value;
  const words = interfaceIn(language);
  const run = store.run.value;
  const close = () => actions.page.show(undefined);
  switch (store.overlay.value) {
    case "help":
      return (
        <HelpView
          words={words}
          said={dialogsIn(language).keys}
          letters={store.letterKeys.value}
          onLetters={(on) => actions.page.setLetterKeys(on)}
          onClose={close}
        />
      );
    case "chapters":
      return (
        <ChaptersView
          words={words}
          language={language}
          catalogue={store.catalogue.value}
          current={tcp.open.value ? TCP_PLACE.id : store.scenario.value?.id}
          beside={[TCP_PLACE]}
          onBeside={() => {
            close();
            tcpEntry.enter();
          }}
          onOpen={({ presets }) => {
            close();
            const spec = presets[0]?.spec;
            if (spec) void actions.runs.openRun(spec);
          }}
          onHelp={() => actions.page.show("help")}
          onClose={close}
        />
      );
    case "share":
      if (tcp.open.value) return <TcpShare {...props} closeName={words.close} onClose={close} />;
      return run ? (
        <ShareView
          words={words}
          said={dialogsIn(language).share}
          at={store.at.value}
          events={run.events}
          digest={run.digest}
          links={store.shared.value}
          onCopy={copy}
          base={store.base.value}
          onBase={(typed) => actions.sharing.setBase(typed)}
          onCompare={async (link) => {
            const refused = await actions.comparisons.compareWith(link);
            if (refused) return noticeIn({ kind: "badOther", refusal: refused }, words, language);
            if (store.overlay.value === "share") close();
            return undefined;
          }}
          onPicture={(kind) => {
            const { current } = props.picture;
            const name = `${run.spec.scenario}.${kind}`;
            const file = current && (kind === "svg" ? svgOf(current, captionOf(store)) : pngOf(current));
            if (file !== undefined) save(name, file, "image/svg+xml");
          }}
          onSave={(kind) => void actions.sharing.file(kind).then((file) => file && save(file.name, file.text))}
          onOpen={(file) => {
            close();
            void file.text().then((text) => actions.sharing.openFile(text));
          }}
          onClose={close}
        />
      ) : null;
    case undefined:
      return null;
  }
}
