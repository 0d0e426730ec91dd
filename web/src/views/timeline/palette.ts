/** The design tokens as a canvas needs them: resolved for the theme at hand. */
import type { Colour } from "./draw-list";

export interface Palette {
  colour(name: Colour): string;
  readonly face: string;
  readonly codeFace: string;
  readonly smallSize: string;
}

const TOKENS: Readonly<Record<string, string>> = {
  paper: "--paper",
  ink: "--ink",
  soft: "--ink-soft",
  faint: "--ink-faint",
  rule: "--rule",
  ruleStrong: "--rule-strong",
  now: "--now",
  onNow: "--on-now",
  bad: "--bad",
};

/** Reads the tokens where `element` stands. A token may be a function of the theme, so the browser is asked to resolve it. */
export function readPalette(element: HTMLElement): Palette {
  const probe = document.createElement("span");
  element.append(probe);
  const resolved = new Map<string, string>();
  const resolve = (token: string) => {
    probe.style.color = `var(${token})`;
    return getComputedStyle(probe).color;
  };
  for (const [name, token] of Object.entries(TOKENS)) resolved.set(name, resolve(token));
  for (let hue = 0; hue < 6; hue += 1) resolved.set(`role${hue}`, resolve(`--role-${hue}`));
  probe.remove();
  const style = getComputedStyle(element);
  return {
    colour: (name) => resolved.get(name) ?? "currentcolor",
    face: style.getPropertyValue("--face"),
    codeFace: style.getPropertyValue("--face-code"),
    smallSize: style.getPropertyValue("--size-small").trim(),
  };
}
