/** Values that are too long for a sentence or a slot, in full. */
import type { ObjectInfo, WholeValue } from "../../core/wire";
import type { Interface } from "../../words";

export interface WholeProps {
  readonly words: Interface;
  readonly objects: readonly ObjectInfo[];
  readonly values: readonly WholeValue[];
}

export function Whole({ words, objects, values }: WholeProps) {
  if (values.length === 0) return null;
  const names = new Map(objects.map(({ id, name }) => [id, name]));
  return (
    <section class="objects" data-testid="whole-values">
      <h2 class="section-title">{words.wholeValues}</h2>
      <dl>
        {values.map(({ object, slot, text }) => (
          <div key={`${object} ${slot}`} class="whole">
            <dt>{object == null ? words.ofThisStep : words.placeOf(names.get(object) ?? String(object), slot)}</dt>
            <dd>
              <pre class="code">{text}</pre>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}
