/** Named runs of a scenario, as links. */
import type { Field, Language, Preset, RunSpec } from "../../core/wire";
import { type Interface, say } from "../../words";
import "./presets.css";

export interface PresetsProps {
  readonly words: Interface;
  readonly language: Language;
  readonly presets: readonly Preset[];
  readonly fields: readonly Field[];
  /** The run at hand, every setting filled in. */
  readonly current: RunSpec | undefined;
  onRun(spec: RunSpec): void;
}

export function PresetsView({ words, language, presets, fields, current, onRun }: PresetsProps) {
  return (
    <nav class="presets" aria-label={words.presets}>
      <h2 class="section-title">{words.presets}</h2>
      <ul>
        {presets.map(({ id, title, spec }) => (
          <li key={id}>
            <a
              href={fragmentOf(spec)}
              data-preset={id}
              aria-current={current && isRunOf(spec, current, fields) ? "true" : undefined}
              onClick={(event) => {
                if (event.ctrlKey || event.metaKey || event.shiftKey) return;
                event.preventDefault();
                onRun(spec);
              }}
            >
              {say(title, language)}
            </a>
          </li>
        ))}
      </ul>
    </nav>
  );
}

/** The link to a preset as a reader could type it. Presets have no choices made by hand, so none are written. */
export function fragmentOf({ scenario, config, strategy, seed }: RunSpec): string {
  const settings = Object.entries(config).map(
    ([name, value]) => `${name}=${value === true ? "yes" : value === false ? "no" : value}`,
  );
  return `#/${scenario}?${[...settings, `strategy=${strategy}`, `seed=${seed}`].join("&")}`;
}

/**
 * Whether `current` is the run that a preset describes: all that the preset says holds, what it does not mention is as
 * the program has it by default, and nothing was chosen by hand.
 */
export function isRunOf(preset: RunSpec, current: RunSpec, fields: readonly Field[]): boolean {
  return (
    preset.scenario === current.scenario &&
    preset.strategy === current.strategy &&
    preset.seed === current.seed &&
    current.deviations.length === 0 &&
    fields.every(({ name, default: usual }) => current.config[name] === (preset.config[name] ?? usual))
  );
}
