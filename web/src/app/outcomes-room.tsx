/** The room of what can happen in a program. */
import type { Explorations } from "../state/exploration";
import { OutcomesView } from "../views/outcomes/outcomes-view";
import { interfaceIn } from "../words";
import type { RoomProps } from "./rooms";

export interface OutcomesRoomProps extends RoomProps {
  readonly explorations: Explorations;
  readonly pageUrl: string;
  copy(text: string): Promise<boolean>;
}

export function OutcomesRoom({ store, actions, explorations, pageUrl, copy }: OutcomesRoomProps) {
  const language = store.language.value;
  return (
    <OutcomesView
      words={interfaceIn(language)}
      language={language}
      explored={store.exploredHere.value}
      limits={store.limits.value}
      errors={store.limitErrors.value}
      current={store.run.value?.digest}
      onStart={() => explorations.start()}
      onCancel={() => explorations.cancel()}
      onLimits={(change) => explorations.editLimits(change)}
      onOpen={(outcome, at) => void explorations.open(outcome, at)}
      onCompare={({ spec, link }) => void actions.comparisons.compareRun(spec, link ?? undefined)}
      onCopy={(fragment) => copy(pageUrl + fragment)}
    />
  );
}
