/** The page's few icons, drawn on a grid of 16. Whoever uses one gives it a name. */

const PATHS = {
  first: "M4 3.5v9M12.5 3.5 7 8l5.5 4.5z",
  back: "M10.5 3.5 5 8l5.5 4.5z",
  play: "M5 3.2 12.5 8 5 12.8z",
  pause: "M5.5 3.5v9M10.5 3.5v9",
  forward: "M5.5 3.5 11 8l-5.5 4.5z",
  previousOf: "M9.5 4 5.5 8l4 4M12.5 8h.2M2.8 8h.2",
  nextOf: "M6.5 4l4 4-4 4M3.3 8h.2M13 8h.2",
  last: "M12 3.5v9M3.5 3.5 9 8l-5.5 4.5z",
  plus: "M8 3.5v9M3.5 8h9",
  minus: "M3.5 8h9",
  fit: "M2.5 4v8M13.5 4v8M5 8h6M6.8 6 4.8 8l2 2M9.2 6l2 2-2 2",
  list: "M5.5 4h8M5.5 8h8M5.5 12h8M2.5 4h.4M2.5 8h.4M2.5 12h.4",
  lanes: "M2.5 4h6M6 8h7.5M3.5 12h8",
  funnel: "M2.5 4h11M5 8h6M7 12h2",
  order: "M3 3.5v9M3 8h4M13 3.5v9M13 8H9M8 5.5v5",
  value: "M2.5 11.5c3 0 3-7 6-7M8 2.5l2.5 2L8 6.5M12.5 11.5h.2M9.5 11.5h.2",
  close: "M4 4l8 8M12 4l-8 8",
  theme: "M8 2.5a5.5 5.5 0 1 0 0 11z",
  chevron: "M4.5 6.5 8 10l3.5-3.5",
  hand: "M8 13.5V8M8 8 4 3.5M8 8l4-4.5",
  keys: "M5.9 5.8a2.1 2.1 0 1 1 3 2c-.7.4-.9.8-.9 1.6M8 12v.2",
} as const;

const FILLED: ReadonlySet<string> = new Set(["first", "back", "play", "forward", "last", "theme"]);

export type IconName = keyof typeof PATHS;

export function Icon({ name }: { readonly name: IconName }) {
  const filled = FILLED.has(name);
  return (
    <svg viewBox="0 0 16 16" aria-hidden="true">
      {name === "theme" ? <circle cx="8" cy="8" r="5.5" fill="none" stroke="currentColor" stroke-width="1.5" /> : null}
      <path
        d={PATHS[name]}
        fill={filled ? "currentColor" : "none"}
        stroke="currentColor"
        stroke-width={filled ? 1.25 : 1.6}
        stroke-linecap="round"
        stroke-linejoin="round"
      />
    </svg>
  );
}

/** The mark of the page: a channel with a value in it. */
export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 28 16" aria-hidden="true">
      <path d="M1 1.75h26M1 14.25h26" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" />
      <rect class="logo-value" x="15" y="5" width="9" height="6" rx="1.5" />
      <rect class="logo-slot" x="4" y="5" width="9" height="6" rx="1.5" />
    </svg>
  );
}
