/** The room of a chapter's words, and of the runs that can be asked for. */
import type { Signal } from "@preact/signals";
import { isChanged } from "../state/draft";
import type { Explorations } from "../state/exploration";
import type { RealTime } from "../state/real-time";
import { FormView } from "../views/form/form-view";
import { RealTimeView } from "../views/form/real-time-view";
import { PresetsView } from "../views/presets/presets-view";
import { WordsView } from "../views/words/words-view";
import { interfaceIn } from "../words";
import type { RoomProps } from "./rooms";

export interface WordsRoomProps extends RoomProps {
  readonly narrow: Signal<boolean>;
  readonly explorations: Explorations;
  readonly realTime: RealTime;
}

export function WordsRoom({ store, actions, explorations, realTime, narrow }: WordsRoomProps) {
  const language = store.language.value;
  const words = interfaceIn(language);
  const scenario = store.scenario.value;
  const files = store.files.value;
  const run = store.run.value;
  if (!scenario) return null;
  return (
    <>
      {files ? (
        <WordsView
          blocks={files.words[language]}
          scenario={scenario.id}
          label={store.label.value ?? store.keptLabel.value}
          kept={store.keptLabel.value}
          asking={{
            words,
            language,
            wrongLimits: store.limitErrors.value,
            explored: store.exploredHere.value,
            guesses: store.guesses.value,
            asItOpens: store.asItOpens.value,
            onGuess: (option, can) => explorations.guess(option, can),
            onFindOut: () => explorations.start(),
            onOpen: (outcome) => void explorations.open(outcome),
          }}
          bytesOf={(role, count) => {
            const bytes = run?.lanes.find((lane) => lane.role === role)?.futureBytes;
            if (!bytes) return undefined;
            return count === 1 ? `${bytes} B` : words.bytes(bytes * count);
          }}
          onLabel={(label) => actions.page.pointAtLabel(label)}
          onKeep={(label) => {
            actions.page.keepLabel(label);
            // Where the program is beside the words, it is in sight already.
            if (narrow.value) actions.page.openPanel("program");
          }}
          onLink={(fragment) => void actions.places.openLink(fragment)}
        />
      ) : null}
      <PresetsView
        words={words}
        language={language}
        presets={scenario.presets}
        fields={scenario.fields}
        current={run?.spec}
        onRun={(spec) => void actions.runs.openRun(spec)}
      />
      <FormView
        words={words}
        language={language}
        fields={scenario.fields}
        draft={store.draft.value}
        errors={store.draftErrors.value}
        refusals={store.draftRefusals.value}
        changed={run !== undefined && isChanged(store.draft.value, run.spec, scenario.fields)}
        onEdit={(change) => actions.form.edit(change)}
        onRun={() => void actions.form.run()}
        onReset={() => actions.form.reset()}
      />
      <RealTimeView
        words={words}
        speed={store.realTimeSpeed.value}
        underWay={store.realTime.value}
        over={store.realTimeOver.value?.run === run ? store.realTimeOver.value : undefined}
        onSpeed={(speed) => realTime.setSpeed(speed)}
        onStart={() => realTime.start()}
        onPress={() => realTime.press()}
        onStop={() => realTime.stop()}
      />
    </>
  );
}
