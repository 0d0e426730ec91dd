/**
 * What can be done on the page: every action goes through here, by what it is about, and views only call back.
 *
 * Effects are handed in (`Effects`), so that all of it runs in a test without a browser.
 */
import type { Language } from "../../core/wire";
import type { Address } from "../address";
import { type Catalogue, KnownPrograms } from "../catalogue";
import type { Preferences, Theme } from "../preferences";
import { type CoreLine, Questions } from "../questions";
import type { LoadFiles } from "../scenario-files";
import type { Store } from "../store";
import { asShown } from "../view-link";
import { ByHand } from "./by-hand";
import { Comparisons } from "./comparisons";
import { Cursor } from "./cursor";
import { Form } from "./form";
import { Page } from "./page";
import { Places } from "./places";
import { Recovery, Traps } from "./recovery";
import { report } from "./report";
import { Runs } from "./runs";
import { Sharing } from "./sharing";
import { Timeline } from "./timeline";

/** Chapters that are no program: they have addresses beside those of runs. */
export interface Beside {
  /** Whether a fragment is an address of theirs, which is opened then. */
  open(fragment: string): boolean;
  /** A run takes their place. */
  leave(): void;
}

export interface Effects {
  readonly core: CoreLine;
  readonly address: Address;
  readonly preferences: Preferences;
  readonly catalogue: Catalogue;
  readonly loadFiles: LoadFiles;
  /** Has the interface in a language at hand. */
  readonly loadWords: (language: Language) => Promise<void>;
  /** The page's address without its query and its fragment. */
  readonly pageUrl: () => string;
  readonly systemTheme: () => Theme;
  readonly beside?: Beside;
}

export class Actions {
  readonly page: Page;
  readonly places: Places;
  readonly runs: Runs;
  readonly form: Form;
  readonly cursor: Cursor;
  readonly byHand: ByHand;
  readonly timeline: Timeline;
  readonly comparisons: Comparisons;
  readonly sharing: Sharing;
  readonly recovery: Recovery;

  constructor(store: Store, effects: Effects) {
    const { core, address, preferences, loadFiles, pageUrl, systemTheme, beside } = effects;
    const traps = new Traps();
    const programs = new KnownPrograms(store, effects.catalogue);
    const questions = new Questions(store, core, {
      fragment: (fragment) => address.replaceSoon(asShown(store, fragment)),
      failed: (error) => report(store, error),
    });
    const leaveBeside = () => beside?.leave();
    this.page = new Page(store, preferences, systemTheme, questions, programs, effects.loadWords);
    this.timeline = new Timeline(store, questions);
    this.cursor = new Cursor(store, core, questions, traps);
    this.runs = new Runs(store, { core, address, programs, loadFiles, leaveBeside }, questions, this.cursor, traps);
    this.form = new Form(store, this.runs);
    this.byHand = new ByHand(store, core, questions, this.cursor, this.runs);
    this.comparisons = new Comparisons(store, core, questions, this.cursor);
    const openBeside = (fragment: string) => beside?.open(fragment) ?? false;
    this.places = new Places(store, core, openBeside, programs, this.runs, this.comparisons);
    this.sharing = new Sharing(store, core, pageUrl, this.page, this.cursor, this.runs);
    this.recovery = new Recovery(store, traps, this.runs);
  }
}
