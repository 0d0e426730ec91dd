/** A search for tests: nobody runs it. */
import type { ExploreSpec } from "./wire";

export const spec: ExploreSpec = {
  scenario: "any",
  config: {},
  executions: 10,
  steps: 10,
  samples: 0,
  preemptions: null,
  orderOfOutput: false,
};
