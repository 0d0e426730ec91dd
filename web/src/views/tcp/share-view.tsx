/** A session to be given away: as a link when it is short, and as a file in any case. */
import { useRef, useState } from "preact/hooks";
import { Dialog } from "../../design/dialog";
import { OpenFile } from "../../design/open-file";
import type { TcpShared } from "../../state/tcp/store";
import type { TcpInterface } from "../../words/tcp";
import "./tcp.css";

export interface TcpShareProps {
  readonly words: TcpInterface;
  readonly closeName: string;
  readonly shared: TcpShared;
  onCopy(text: string): Promise<boolean>;
  onSave(): void;
  onOpen(file: File): void;
  onClose(): void;
}

export function TcpShareView({ words, closeName, shared, onCopy, onSave, onOpen, onClose }: TcpShareProps) {
  const input = useRef<HTMLInputElement>(null);
  const [copied, setCopied] = useState(false);
  const url = typeof shared === "object" ? shared.url : "";
  return (
    <Dialog title={words.shareTitle} closeName={closeName} kind="corner" onClose={onClose}>
      {shared === "long" ? (
        <p class="tcp-problem" data-testid="tcp-too-long">
          {words.tooLong}
        </p>
      ) : (
        <>
          <p class="soft">{words.shareHelp}</p>
          <label class="section-title" for="tcp-link">
            {words.link}
          </label>
          <div class="tcp-buttons">
            <input
              id="tcp-link"
              class="input code tcp-link"
              readOnly
              data-testid="share-link"
              value={url}
              ref={input}
              onFocus={(event) => event.currentTarget.select()}
            />
            <button
              type="button"
              class="button button-now"
              disabled={url === ""}
              onClick={() =>
                void onCopy(url).then((done) => {
                  setCopied(done);
                  if (!done) input.current?.select();
                })
              }
            >
              {copied ? words.copied : words.copy}
            </button>
          </div>
        </>
      )}
      <h3 class="section-title">{words.file}</h3>
      <div class="tcp-buttons">
        <button type="button" class="button" data-testid="tcp-save" onClick={onSave}>
          {words.save}
        </button>
        <OpenFile text={words.openFile} look="button tcp-open-file" testid="tcp-open-file" onOpen={onOpen} />
      </div>
    </Dialog>
  );
}
