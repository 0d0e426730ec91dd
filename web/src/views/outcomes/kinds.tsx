/** Outcomes by kind, above the list of them: how often it ends well, and how often each thing goes wrong. */
import type { ExploreReport } from "../../core/wire";
import { Seal, sealOf } from "../../design/seal";
import type { Interface } from "../../words";
import { inOrder } from "./in-order";
import { nameOf } from "./outcome-row";
import { percentOf } from "./shares";

/** Nothing where the list says the same, with one outcome of each kind. */
export function Kinds({ words, report }: { readonly words: Interface; readonly report: ExploreReport }) {
  const { kinds, total, executions } = report;
  if (kinds.length < 2 || kinds.length === total) return null;
  const said = words.outcomes;
  return (
    <ul class="outcomes-kinds" data-testid="outcome-kinds">
      {inOrder(kinds, report.outcomes.length).map(({ verdict, outcomes, count }, index) => (
        <li key={index} title={said.ofKind(said.outcomes(outcomes), said.searched(count))}>
          <Seal kind={sealOf(verdict)} /> <b>{nameOf(verdict, words)}</b> {percentOf(count, executions)} %
        </li>
      ))}
    </ul>
  );
}
