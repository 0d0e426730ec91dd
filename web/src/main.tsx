/** Where the page begins: the browser's effects are taken in hand, and everything else gets them as arguments. */

import { catalogue } from "virtual:catalogue";
import { scenarioFiles } from "virtual:scenarios";
import { computed, effect, signal } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/app";
import { drawWithMoments } from "./app/drawn-at";
import { Embedded } from "./app/embedded";
import { focusOn, wishOf, ZOOM_STEP } from "./app/keys";
import { loadAhead } from "./app/parts";
import { startPlayer } from "./app/player";
import { obeyInTcp } from "./app/tcp-keys";
import { CoreClient, spawnCore } from "./core/client";
import { LoopClient, spawnLoop } from "./core/event-loop";
import { ExploreClient, spawnExplorer, spawnSearcher } from "./core/explorer";
import { connectToHost } from "./embed/host";
import { Actions } from "./state/actions/actions";
import { Address, type History } from "./state/address";
import { baseOf } from "./state/base";
import { Explorations } from "./state/exploration";
import { Preferences } from "./state/preferences";
import { RealTime } from "./state/real-time";
import { Store } from "./state/store";
import { TcpEntry } from "./state/tcp/entry";
import { TcpStore } from "./state/tcp/store";
import { interfaceIn, loadInterface } from "./words";
import { TCP_PLACE } from "./words/tcp-place";
import "./design/tokens.css";
import "./design/base.css";

const NARROW = "(width <= 760px)";
/** Too narrow for three columns and for the sentence beside the buttons. */
const MIDDLE = "(760px < width <= 1100px)";
/** Too low for two runs one above the other: in a frame, and in a page, which has its other rooms beside them. */
const LOW_FRAME = "(height < 400px), (width <= 760px) and (height < 500px)";
const LOW_PAGE = "(width > 760px) and (height < 600px)";
const PORTRAIT = "(orientation: portrait)";
/** An upright frame that is not tall has the room for lanes across it, and for little of them down it. */
const TALL = "(aspect-ratio <= 3/5)";
const DARK = "(prefers-color-scheme: dark)";

function mediaSignal(query: string) {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", () => {
    matches.value = list.matches;
  });
  return matches;
}

const query = new URLSearchParams(location.search);
/** In somebody else's page: nothing is stored, the address stays, keys and the wheel are the host's. */
const embedded = query.has("embed");
const pageUrl = location.origin + location.pathname;
/** What shared links begin with: as it was built, or else this very page. */
const sharedUrl = baseOf(import.meta.env.CHANSCOPE_BASE ?? "") ?? pageUrl;

const store = new Store();
function stored<S>(storage: () => S): () => S {
  return () => {
    if (embedded) throw new Error("an embedded page stores nothing");
    return storage();
  };
}
const preferences = new Preferences(
  stored(() => localStorage),
  stored(() => sessionStorage),
);
const narrow = mediaSignal(NARROW);
const middle = mediaSignal(MIDDLE);
const low = mediaSignal(embedded ? LOW_FRAME : LOW_PAGE);
const portrait = mediaSignal(embedded ? TALL : PORTRAIT);
/** Time runs down a phone that is held upright. */
const turned = computed(() => narrow.value && portrait.value);
const systemDark = mediaSignal(DARK);
const dark = signal(systemDark.value);

function addressLine(): History {
  const write = (method: "pushState" | "replaceState") => (_: unknown, unused: string, url: string) => {
    store.fragment.value = url;
    if (!embedded) history[method](null, unused, url);
  };
  return { pushState: write("pushState"), replaceState: write("replaceState") };
}

const core = new CoreClient(spawnCore, {
  restarted: (reason) => void actions.recovery.restarted(reason),
  failed: (reason) => actions.recovery.failed(reason),
});
const address = new Address(addressLine(), {
  set: (callback, delay) => window.setTimeout(callback, delay),
  clear: (handle) => window.clearTimeout(handle),
});

const tcp = new TcpStore();
const tcpEntry = new TcpEntry(tcp, {
  address,
  load: async () => (await import("./app/tcp-begin")).beginTcp({ store, tcp, address, pageUrl, embedded }),
  failed: (error) => actions.page.notLoaded(error),
});

const actions = new Actions(store, {
  core,
  address,
  preferences,
  catalogue,
  loadFiles: scenarioFiles,
  loadWords: loadInterface,
  pageUrl: () => sharedUrl,
  systemTheme: () => (systemDark.value ? "dark" : "light"),
  beside: tcpEntry,
});

const explorations = new Explorations(
  store,
  new ExploreClient(spawnExplorer, spawnSearcher, navigator.hardwareConcurrency),
  actions.runs,
);
const realTime = new RealTime(store, new LoopClient(spawnLoop), actions.form, actions.runs);

const wantedLanguage = query.get("lang");
const language = preferences.language(wantedLanguage ? [wantedLanguage] : navigator.languages);
store.theme.value = preferences.theme();
store.letterKeys.value = preferences.letterKeys();

effect(() => {
  const { theme } = store;
  dark.value = theme.value === undefined ? systemDark.value : theme.value === "dark";
  if (theme.value) document.documentElement.dataset.theme = theme.value;
  else delete document.documentElement.dataset.theme;
});

effect(() => {
  const language = store.language.value;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const title = (tcp.open.value ? TCP_PLACE : store.scenario.value)?.title[language];
  const product = interfaceIn(language).product;
  document.title = title ? `${title} · ${product}` : product;
});

// On a narrow screen the other run is below the lanes, which another tab may hide.
effect(() => {
  if (store.compared.value && narrow.value) actions.page.openPanel("timeline");
});

// Nobody watches the run behind a dialog.
effect(() => {
  if (store.overlay.value) actions.cursor.pause();
});

addEventListener("popstate", () => void actions.places.openAddress(location.hash));

addEventListener("keydown", (event) => {
  if (embedded || store.overlay.value || event.defaultPrevented) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  const [on, letters] = [focusOn(document.activeElement), store.letterKeys.value];
  const wish = wishOf({ key, ctrlKey, metaKey, altKey, on, letters });
  if (!wish) return;
  event.preventDefault();
  if (tcp.open.value) return obeyInTcp(wish, { tcp, tcpEntry, actions });
  switch (wish.type) {
    case "step":
      return actions.cursor.step(wish.by);
    case "first":
      return actions.cursor.step(-Number.MAX_SAFE_INTEGER);
    case "last":
      return actions.cursor.step(Number.MAX_SAFE_INTEGER);
    case "play":
      return store.playing.value ? actions.cursor.pause() : actions.cursor.play();
    case "byHand":
      return actions.byHand.set(!store.byHand.value);
    case "outcomes":
      return actions.page.openPanel("outcomes");
    case "share":
      return void actions.sharing.share();
    case "help":
      return actions.page.show("help");
    case "find":
      return void actions.cursor.findNext(wish.backward);
    case "zoom":
      return actions.timeline.zoomBy(wish.closer ? ZOOM_STEP : 1 / ZOOM_STEP);
    case "whole":
      return actions.timeline.showWhole();
  }
});

async function copy(text: string): Promise<boolean> {
  try {
    await navigator.clipboard.writeText(text);
    return true;
  } catch {
    // No permission, or no clipboard outside a secure context: the reader copies by hand.
    return false;
  }
}

function save(name: string, content: string | Blob, type = "application/json"): void {
  const url = URL.createObjectURL(new Blob([content], { type: content instanceof Blob ? content.type : type }));
  const link = document.createElement("a");
  link.href = url;
  link.download = name;
  link.click();
  URL.revokeObjectURL(url);
}

function show(root: HTMLElement): void {
  const layout = { narrow, middle, low, turned };
  const screen = { store, actions, tcp, tcpEntry, dark, ...layout, picture: { current: undefined }, embedded };
  const whole = { ...screen, explorations, realTime, pageUrl, copy, save };
  // The core runs what is asked for while the page is drawn.
  void actions.places.openAddress(location.hash);
  render(embedded ? <Embedded {...screen} pageUrl={pageUrl} /> : <App {...whole} />, root);
  if (embedded && window.parent !== window) connectToHost(screen, window.parent);
  drawWithMoments(store, (callback) => void requestAnimationFrame(callback));
  startPlayer(store, actions.cursor);
  if (!embedded) loadAhead(store.moment);
}

/** Where the words of the reader's language do not come the page is in English, and says why. */
async function start(root: HTMLElement): Promise<void> {
  let missing: unknown;
  try {
    await loadInterface(language);
    store.language.value = language;
  } catch (error) {
    missing = error;
  }
  show(root);
  if (missing !== undefined) actions.page.notLoaded(missing);
}

const root = document.getElementById("app");
if (root) void start(root);

// Only the copy for static hosts keeps itself for use offline, and never inside somebody else's page.
if (import.meta.env.MODE === "static" && !embedded && "serviceWorker" in navigator) {
  navigator.serviceWorker.register("./service-worker.js").catch(() => {
    // Forbidden, as in some private windows: the page works and needs the network.
  });
}
