/** The keys, and what hands do on the timeline. */
import { Dialog } from "../../design/dialog";
import type { Interface } from "../../words";
import type { DialogWords } from "../../words/dialogs";
import "./help.css";

export interface HelpProps {
  readonly words: Interface;
  readonly said: DialogWords["keys"];
  /** Keys of one letter or sign do something. */
  readonly letters: boolean;
  onLetters(on: boolean): void;
  onClose(): void;
}

export function HelpView({ words, said, letters, onLetters, onClose }: HelpProps) {
  const keys: ReadonlyArray<readonly [keys: readonly string[], does: string]> = [
    [["←", "→"], said.does.step],
    [["Page Up", "Page Down"], said.does.ten],
    [["Home", "End"], said.does.ends],
    [["n", "p"], said.does.find],
    [["↑", "↓", "Enter"], said.does.lines],
    [["Space"], said.does.play],
    [["h"], said.does.hand],
    [["+", "−", "0"], said.does.zoom],
    [["e"], said.does.outcomes],
    [["s"], said.does.share],
    [["?"], said.does.help],
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
      <label class="help-letters">
        <input
          type="checkbox"
          checked={letters}
          aria-describedby="letters-help"
          data-testid="letter-keys"
          onChange={(event) => onLetters(event.currentTarget.checked)}
        />
        {said.letters}
      </label>
      <p class="soft help-letters-help" id="letters-help">
        {said.lettersHelp}
      </p>
      <p class="soft help-mouse">{said.mouse}</p>
      <p class="soft help-touch">{said.touch}</p>
    </Dialog>
  );
}
