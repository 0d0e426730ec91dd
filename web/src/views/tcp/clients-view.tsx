/** The clients: those of this page, the swarm, and how to be one from a terminal. */
import { useRef, useState } from "preact/hooks";
import type { OpenClient } from "../../state/tcp/store";
import type { TcpInterface } from "../../words/tcp";
import "./tcp.css";

export interface ClientsProps {
  readonly words: TcpInterface;
  readonly clients: readonly OpenClient[];
  readonly swarm: number;
  /** Where the server is, for commands. */
  readonly address: string | undefined;
  readonly disabled: boolean;
  onOpen(count: number): void;
  onPause(number: number, paused: boolean): void;
  onEndWriting(number: number): void;
  onReset(number: number): void;
  onClose(number: number): void;
  onSwarm(count: number): void;
  onCopy(text: string): Promise<boolean>;
}

export function ClientsView(props: ClientsProps) {
  const { words, clients, disabled, onOpen, onReset, onClose } = props;
  const opener = useRef<HTMLButtonElement>(null);
  // Whoever closes a client by keyboard goes on from the button that opens one.
  const leaving = (then: (number: number) => void) => (number: number) => {
    opener.current?.focus();
    then(number);
  };
  return (
    <>
      <section class="tcp-section" aria-label={words.clients}>
        <h2 class="section-title">{words.clients}</h2>
        <div class="tcp-buttons">
          {(
            [
              [1, "tcp-open", words.openOne],
              [3, "tcp-open-three", words.openThree],
            ] as const
          ).map(([count, id, text]) => (
            <button
              key={id}
              type="button"
              class="button"
              data-testid={id}
              disabled={disabled}
              onClick={() => onOpen(count)}
              ref={count === 1 ? opener : null}
            >
              {text}
            </button>
          ))}
        </div>
        {clients.length === 0 ? <p class="faint">{words.noClients}</p> : null}
        <ul class="tcp-clients">
          {clients.map((client) => (
            <ClientRow
              key={client.number}
              client={client}
              {...props}
              onReset={leaving(onReset)}
              onClose={leaving(onClose)}
            />
          ))}
        </ul>
      </section>
      <Swarm {...props} />
      <Terminal {...props} />
    </>
  );
}

function ClientRow({
  client: { number, connected, paused, halfClosed },
  words,
  onPause,
  onEndWriting,
  onReset,
  onClose,
}: { client: OpenClient } & ClientsProps) {
  const name = words.client(number);
  return (
    <li class="tcp-client" data-testid={`tcp-client-${number}`}>
      <b class="tcp-client-name">{name}</b>
      <span class="tcp-buttons">
        <button type="button" class="button" aria-pressed={paused} onClick={() => onPause(number, !paused)}>
          {paused ? words.resume : words.pause}
          <span class="unseen"> {name}</span>
        </button>
        <button type="button" class="button" disabled={!connected || halfClosed} onClick={() => onEndWriting(number)}>
          {words.endWriting}
          <span class="unseen"> {name}</span>
        </button>
        <button type="button" class="button" disabled={!connected} onClick={() => onReset(number)}>
          {words.reset}
          <span class="unseen"> {name}</span>
        </button>
        <button type="button" class="button" data-testid={`tcp-close-${number}`} onClick={() => onClose(number)}>
          {words.close}
          <span class="unseen"> {name}</span>
        </button>
      </span>
    </li>
  );
}

const SWARM_AT_FIRST = 20;

function Swarm({ words, swarm, disabled, onSwarm }: ClientsProps) {
  const [wanted, setWanted] = useState(String(SWARM_AT_FIRST));
  return (
    <form
      class="tcp-section"
      aria-label={words.swarm}
      onSubmit={(event) => {
        event.preventDefault();
        const count = Number(wanted);
        if (Number.isInteger(count) && count >= 0) onSwarm(count);
      }}
    >
      <h2 class="section-title">{words.swarm}</h2>
      <div class="tcp-buttons">
        <input
          class="input tcp-number"
          type="number"
          min={0}
          aria-label={words.swarm}
          data-testid="tcp-swarm-count"
          value={wanted}
          onInput={(event) => setWanted(event.currentTarget.value)}
        />
        <button type="submit" class="button" data-testid="tcp-swarm" disabled={disabled}>
          {words.swarmSet}
        </button>
        <span class="soft" role="status" data-testid="tcp-swarm-open" data-value={swarm}>
          {words.swarmOpen(swarm)}
        </span>
      </div>
    </form>
  );
}

function Terminal({ words, address, onCopy }: ClientsProps) {
  const [host, port] = (address ?? "127.0.0.1:8000").split(":", 2);
  return (
    <section class="tcp-section" aria-label={words.terminal}>
      <h2 class="section-title">{words.terminal}</h2>
      <Command words={words} text={`nc ${host} ${port}`} means={words.nc} onCopy={onCopy} />
      <Command
        words={words}
        text={`curl --http0.9 --no-buffer http://${host}:${port}`}
        means={words.curl}
        onCopy={onCopy}
      />
    </section>
  );
}

function Command({
  words,
  text,
  means,
  onCopy,
}: {
  words: TcpInterface;
  text: string;
  means: string;
  onCopy(text: string): Promise<boolean>;
}) {
  const [copied, setCopied] = useState(false);
  return (
    <div class="tcp-command">
      <code>{text}</code>
      <button
        type="button"
        class="button button-quiet"
        onClick={() => void onCopy(text).then((done) => setCopied(done))}
      >
        {copied ? words.copied : words.copy}
        <span class="unseen"> {text}</span>
      </button>
      <p class="soft">{means}</p>
    </div>
  );
}
