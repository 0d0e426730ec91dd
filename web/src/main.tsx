/** Where the page begins: the browser's effects are taken in hand, and everything else gets them as arguments. */

import { scenarioFiles } from "virtual:scenarios";
import { effect, signal } from "@preact/signals";
import { render } from "preact";
import { App } from "./app/app";
import { focusOn, wishOf } from "./app/keys";
import { startPlayer } from "./app/player";
import { CoreClient, spawnCore } from "./core/client";
import { Actions } from "./state/actions";
import { Address } from "./state/address";
import { Preferences } from "./state/preferences";
import { Store } from "./state/store";
import { interfaceIn } from "./words";
import "./design/tokens.css";
import "./design/base.css";

const NARROW = "(width <= 760px)";
const DARK = "(prefers-color-scheme: dark)";
const ZOOM_STEP = 1.6;

function mediaSignal(query: string) {
  const list = matchMedia(query);
  const matches = signal(list.matches);
  list.addEventListener("change", () => {
    matches.value = list.matches;
  });
  return matches;
}

const store = new Store();
const preferences = new Preferences(() => localStorage);
const narrow = mediaSignal(NARROW);
const systemDark = mediaSignal(DARK);
const dark = signal(systemDark.value);

const core = new CoreClient(spawnCore, {
  restarted: (reason) => void actions.restarted(reason),
  failed: (reason) => actions.failed(reason),
});
const actions = new Actions(store, {
  core,
  address: new Address(history, {
    set: (callback, delay) => window.setTimeout(callback, delay),
    clear: (handle) => window.clearTimeout(handle),
  }),
  preferences,
  loadFiles: scenarioFiles,
  pageUrl: () => location.href.replace(/#.*$/s, ""),
  systemTheme: () => (systemDark.value ? "dark" : "light"),
});

store.language.value = preferences.language(navigator.languages);
store.theme.value = preferences.theme();

effect(() => {
  const { theme } = store;
  dark.value = theme.value === undefined ? systemDark.value : theme.value === "dark";
  if (theme.value) document.documentElement.dataset.theme = theme.value;
  else delete document.documentElement.dataset.theme;
});

effect(() => {
  const language = store.language.value;
  document.documentElement.lang = language === "zh" ? "zh-CN" : "en";
  const title = store.scenario.value?.title[language];
  const product = interfaceIn(language).product;
  document.title = title ? `${title} · ${product}` : product;
});

addEventListener("popstate", () => void actions.openAddress(location.hash));

addEventListener("keydown", (event) => {
  if (store.overlay.value || event.defaultPrevented) return;
  const { key, ctrlKey, metaKey, altKey } = event;
  const wish = wishOf({ key, ctrlKey, metaKey, altKey, on: focusOn(document.activeElement) });
  if (!wish) return;
  event.preventDefault();
  switch (wish.type) {
    case "step":
      return actions.step(wish.by);
    case "first":
      return actions.step(-Number.MAX_SAFE_INTEGER);
    case "last":
      return actions.step(Number.MAX_SAFE_INTEGER);
    case "play":
      return store.playing.value ? actions.pause() : actions.play();
    case "byHand":
      return actions.setByHand(!store.byHand.value);
    case "share":
      return void actions.share();
    case "help":
      return actions.show("help");
    case "zoom":
      return actions.zoomBy(wish.closer ? ZOOM_STEP : 1 / ZOOM_STEP);
    case "whole":
      return actions.showWhole();
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

const root = document.getElementById("app");
if (root) {
  render(<App store={store} actions={actions} dark={dark} narrow={narrow} copy={copy} />, root);
  startPlayer(store, actions);
  void actions.start(location.hash);
}
