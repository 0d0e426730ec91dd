/** The keys, and what hands do on the timeline. */
import { Dialog } from "../../design/dialog";
import type { Interface } from "../../words";
import "./help.css";

export interface HelpProps {
  readonly words: Interface;
  onClose(): void;
}

export function HelpView({ words, onClose }: HelpProps) {
  const keys: ReadonlyArray<readonly [keys: readonly string[], does: string]> = [
    [["←", "→"], words.keyList.step],
    [["Page Up", "Page Down"], words.keyList.ten],
    [["Home", "End"], words.keyList.ends],
    [["n", "p"], words.keyList.find],
    [["↑", "↓", "Enter"], words.keyList.lines],
    [["Space"], words.keyList.play],
    [["h"], words.keyList.hand],
    [["+", "−", "0"], words.keyList.zoom],
    [["e"], words.keyList.outcomes],
    [["s"], words.keyList.share],
    [["?"], words.keyList.help],
  ];
  return (
    <Dialog title={words.keys} closeName={words.close} kind="middle" onClose={onClose}>
      <dl class="help-keys">
        {keys.map(([names, does]) => (
          <div key={does}>
            <dt>
              {names.map((name) => (
                <kbd key={name}>{name}</kbd>
              ))}
            </dt>
            <dd>{does}</dd>
          </div>
        ))}
      </dl>
      <p class="soft">{words.mouse}</p>
    </Dialog>
  );
}
