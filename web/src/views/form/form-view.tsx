/** The settings of a run: a form made from the scenario's own description of them. */
import { useEffect, useRef } from "preact/hooks";
import type { Field, Language } from "../../core/wire";
import { type Draft, type DraftErrors, SEED, STRATEGY } from "../../state/draft";
import { type Interface, say } from "../../words";
import "./form.css";

export interface FormProps {
  readonly words: Interface;
  readonly language: Language;
  readonly fields: readonly Field[];
  readonly draft: Draft;
  readonly errors: DraftErrors;
  /** How often what the form says was refused: the first row that is wrong then takes the focus. */
  readonly refusals: number;
  /** The draft differs from the run at hand. */
  readonly changed: boolean;
  onEdit(change: Draft): void;
  onRun(): void;
  onReset(): void;
}

export function FormView(props: FormProps) {
  const { words, fields, draft, errors, refusals, changed, onEdit, onRun, onReset } = props;
  const form = useRef<HTMLFormElement>(null);
  const heard = useRef(refusals);
  useEffect(() => {
    if (heard.current === refusals) return;
    heard.current = refusals;
    const row = form.current?.querySelector(".form-row:has(.form-problem)");
    row?.querySelector<HTMLElement>("input, select")?.focus({ preventScroll: true });
    // What is wrong with it stands below it, and has to be in view too.
    row?.scrollIntoView({ block: "center" });
  }, [refusals]);
  return (
    <form
      class="form"
      ref={form}
      noValidate
      aria-label={words.settings}
      onSubmit={(event) => {
        event.preventDefault();
        onRun();
      }}
    >
      <h2 class="section-title">{words.settings}</h2>
      {fields.map((field) => (
        <Row key={field.name} field={field} {...props} />
      ))}
      <div class="form-row">
        <label for="setting-strategy">{words.strategy}</label>
        <select
          id="setting-strategy"
          class="input"
          value={String(draft[STRATEGY] ?? "")}
          onChange={(event) => onEdit({ [STRATEGY]: event.currentTarget.value })}
        >
          {Object.entries(words.strategies).map(([value, text]) => (
            <option key={value} value={value}>
              {text}
            </option>
          ))}
        </select>
      </div>
      <div class="form-row">
        <label for="setting-seed">{words.seed}</label>
        <NumberInput name={SEED} value={String(draft[SEED] ?? "")} wrong={SEED in errors} onEdit={onEdit} />
        <Problem name={SEED} label={words.seed} {...props} />
      </div>
      <div class="form-actions">
        <button type="submit" class={changed ? "button button-ink" : "button"} data-testid="run">
          {words.run}
        </button>
        {changed ? (
          <button type="button" class="button button-quiet" onClick={onReset}>
            {words.reset}
          </button>
        ) : null}
      </div>
    </form>
  );
}

function Row({ field, ...props }: { field: Field } & FormProps) {
  const { language, draft, errors, onEdit } = props;
  const { name, label, help, domain } = field;
  const id = `setting-${name}`;
  const value = draft[name];
  const control = () => {
    switch (domain.type) {
      case "flag":
        return (
          <input
            id={id}
            type="checkbox"
            checked={value === true}
            onChange={(event) => onEdit({ [name]: event.currentTarget.checked })}
          />
        );
      case "choice":
        return (
          <select
            id={id}
            class="input"
            value={String(value ?? "")}
            onChange={(event) => onEdit({ [name]: event.currentTarget.value })}
          >
            {domain.options.map((option) => (
              <option key={option.value} value={option.value}>
                {say(option.label, language)}
              </option>
            ))}
          </select>
        );
      case "number":
        return <NumberInput name={name} value={String(value ?? "")} wrong={name in errors} onEdit={onEdit} />;
    }
  };
  return (
    <div class="form-row" title={say(help, language)}>
      <label for={id}>{say(label, language)}</label>
      {control()}
      <Problem name={name} label={say(label, language)} {...props} />
    </div>
  );
}

function NumberInput({
  name,
  value,
  wrong,
  onEdit,
}: { name: string; value: string; wrong: boolean } & Pick<FormProps, "onEdit">) {
  return (
    <input
      id={`setting-${name}`}
      name={name}
      class="input form-number"
      inputMode="numeric"
      autoComplete="off"
      value={value}
      aria-invalid={wrong}
      aria-describedby={wrong ? `problem-${name}` : undefined}
      onInput={(event) => onEdit({ [name]: event.currentTarget.value })}
    />
  );
}

function Problem({ name, label, errors, words }: { name: string; label: string } & FormProps) {
  const error = errors[name];
  if (!error) return null;
  return (
    <p class="form-problem" id={`problem-${name}`} data-testid={`problem-${name}`} role="alert">
      {words.notWhole(label, error.typed, error.min, error.max)}
    </p>
  );
}
