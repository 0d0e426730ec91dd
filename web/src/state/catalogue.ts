/** What is known of the programs: of the first one from the start, of the others once somebody wants one. */
import { CoreRefused, RunCancelled, type RunUnderWay } from "../core/client";
import type { RunSpec, ScenarioInfo } from "../core/wire";
import type { CoreLine } from "./questions";
import type { Store } from "./store";

export interface Catalogue {
  /** What opens by default. */
  readonly first: ScenarioInfo;
  /** Loads the list of all, in the order of the chapters. */
  every(): Promise<readonly ScenarioInfo[]>;
}

export class KnownPrograms {
  constructor(
    private readonly store: Store,
    private readonly catalogue: Catalogue,
  ) {
    store.catalogue.value = [catalogue.first];
  }

  /** Has the list of all in the store. Fails where it cannot be loaded. */
  async list(): Promise<void> {
    const { store, catalogue } = this;
    if (store.catalogue.value.length === 1) store.catalogue.value = await catalogue.every();
  }

  /** Asks the core for a run, once it is known what there is to say of its program; refused where that does not come. */
  run(core: CoreLine, spec: RunSpec, onProgress: (events: number) => void): RunUnderWay {
    if (this.store.catalogue.value.some(({ id }) => id === spec.scenario)) return core.run(spec, onProgress);
    let cancelled = false;
    let underWay: RunUnderWay | undefined;
    const begin = () => {
      if (cancelled) throw new RunCancelled();
      underWay = core.run(spec, onProgress);
      return underWay.summary;
    };
    return {
      summary: this.list().catch(notListed).then(begin),
      cancel: () => {
        cancelled = true;
        underWay?.cancel();
      },
    };
  }
}

function notListed(error: unknown): never {
  const reason = error instanceof Error ? error.message : String(error);
  const message = { en: `the list of programs could not be loaded: ${reason}`, zh: `无法加载程序列表：${reason}` };
  throw new CoreRefused({ kind: "load", field: null, message });
}
