/** What lies over the page: the list of chapters, the keys, and how to share a moment. */
import { ChaptersView } from "../views/chapters/chapters-view";
import { HelpView } from "../views/help/help-view";
import { ShareView } from "../views/share/share-view";
import { pngOf, svgOf } from "../views/timeline/picture";
import { interfaceIn } from "../words";
import { TCP_PLACE } from "../words/tcp-place";
import { TcpShare } from "./parts";
import type { TcpRoomProps } from "./rooms";

export interface OverlayRoomProps extends TcpRoomProps {
  copy(text: string): Promise<boolean>;
  save(name: string, content: string | Blob, type?: string): void;
}

export function OverlayRoom(props: OverlayRoomProps) {
  const { store, actions, tcp, tcpActions, copy, save } = props;
  const language = store.language.value;
  const words = interfaceIn(language);
  const run = store.run.value;
  const close = () => actions.page.show(undefined);
  switch (store.overlay.value) {
    case "help":
      return <HelpView words={words} onClose={close} />;
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
            tcpActions.sessions.enter();
          }}
          onOpen={({ presets }) => {
            close();
            const spec = presets[0]?.spec;
            if (spec) void actions.runs.openRun(spec);
          }}
          onClose={close}
        />
      );
    case "share":
      if (tcp.open.value) return <TcpShare {...props} closeName={words.close} onClose={close} />;
      return run ? (
        <ShareView
          words={words}
          at={store.at.value}
          events={run.events}
          digest={run.digest}
          link={store.shared.value}
          onCopy={copy}
          base={store.base.value}
          onBase={(typed) => actions.sharing.setBase(typed)}
          onCompare={(link) => {
            close();
            void actions.comparisons.compareWith(link);
          }}
          onPicture={(kind) => {
            const { current } = props.picture;
            const name = `${run.spec.scenario}.${kind}`;
            const file = current && (kind === "svg" ? svgOf(current) : pngOf(current));
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
