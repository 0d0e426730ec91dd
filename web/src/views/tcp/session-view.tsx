/** What the timeline shows: the live session or a recorded one, and the ways between them. */
import type { Line, Restarted, Showing } from "../../state/tcp/store";
import type { TcpInterface } from "../../words/tcp";
import "./tcp.css";

export interface SessionProps {
  readonly words: TcpInterface;
  readonly showing: Showing;
  readonly line: Line;
  readonly full: boolean;
  readonly restarted: Restarted | undefined;
  onLive(): void;
  onShipped(): void;
  onAnew(): void;
}

export function SessionView(props: SessionProps) {
  const { words, showing, line, full, restarted, onLive, onShipped, onAnew } = props;
  const canBeLive = line === "connected" || line === "gone";
  return (
    <section class="tcp-section" aria-label={words.session}>
      <h2 class="section-title">{words.session}</h2>
      <div class="tcp-session">
        <p data-testid="tcp-showing" data-showing={showing} role="status">
          {words.showing[showing]}
        </p>
        <span class="tcp-buttons">
          {showing !== "live" && canBeLive ? (
            <button type="button" class="button" data-testid="tcp-live" onClick={onLive}>
              {words.goLive}
            </button>
          ) : null}
          {showing === "live" ? (
            <button type="button" class="button" data-testid="tcp-anew" onClick={onAnew}>
              {words.beginAnew}
            </button>
          ) : null}
          {showing !== "shipped" ? (
            <button type="button" class="button" data-testid="tcp-shipped" onClick={onShipped}>
              {words.showShipped}
            </button>
          ) : null}
        </span>
      </div>
      {showing !== "live" && line === "connected" ? <p class="soft">{words.liveBelow}</p> : null}
      {full && showing === "live" ? <p class="tcp-problem">{words.full}</p> : null}
      {restarted ? (
        <p class="tcp-problem" role="alert" data-testid="tcp-restarted">
          {words.restarted} <code class="tcp-error">{restarted.reason}</code>{" "}
          {restarted.url === undefined ? null : <a href={restarted.url}>{words.restartedLink}</a>}
        </p>
      ) : null}
    </section>
  );
}
