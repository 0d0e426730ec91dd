import { expect, it } from "vitest";
import type { Companion } from "../../core/companion";
import type { ClientAct, PageClient, TcpModule, TcpSession } from "../../core/tcp";
import type { ClockNow, ClockSettings, Moment } from "../../core/wire";
import { Address } from "../address";
import { TcpActions } from "./actions";
import { MOST_CLIENTS } from "./clients";
import { pack } from "./link";
import { LONGEST_FILE_CHARACTERS } from "./sessions";
import { TcpStore } from "./store";

const SETTINGS: ClockSettings = {
  acceptLoop: "serial",
  onWriteError: "serverDies",
  intervalMs: 1000,
  connectionsMax: 4096,
  smallBuffers: false,
};
const CLOCK: ClockNow = {
  state: { life: 1, status: { type: "running", address: "127.0.0.1:8000" } },
  settings: SETTINGS,
  swarm: 0,
};

/** A session that only counts, and remembers what it heard. */
class FakeSession {
  readonly heard: string[] = [];
  constructor(public events = 0) {}
  #take(what: string) {
    this.heard.push(what);
    this.events += 1;
  }
  hearServer = ({ events }: { events: readonly unknown[] }) => {
    for (const _ of events) this.#take("server");
  };
  hearClient = (number: number, { what }: ClientAct) => this.#take(`client ${number} ${what}`);
  hearSettings = () => this.#take("settings");
  hearRunning = (address: string) => this.#take(`running ${address}`);
  hearLost = () => this.#take("lost");
  beginAnew = () => {
    this.events = 0;
    this.heard.push("anew");
  };
  summary = () => ({ events: this.events, lanes: [], full: false });
  moment = (at: number) => ({ at, goroutines: [], objects: [], output: [] }) as unknown as Moment;
  log = () => [];
  find = (): number | undefined => undefined;
  window = () => ({ dense: false });
  write = () => `session of ${this.events}`;
}

interface FakeClient extends PageClient {
  readonly did: string[];
  readonly hear: (act: ClientAct) => void;
  readonly window: number | undefined;
  end(): void;
}

/** A page without a page: frames are drawn, and promises settled, when the test says so. */
function chapter({ shipped = "session of 7", companion = true } = {}) {
  const store = new TcpStore();
  const sessions: FakeSession[] = [];
  const clients: FakeClient[] = [];
  const asked: string[] = [];
  const addresses: string[] = [];
  let frame: (() => void) | undefined;
  let soon: (() => void) | undefined;
  const read: number[] = [];
  let loads = 0;
  const module: TcpModule = {
    session: () => {
      const session = new FakeSession();
      sessions.push(session);
      return session as unknown as TcpSession;
    },
    read: (text) => {
      read.push(text.length);
      const events = /^session of (\d+)$/.exec(text)?.[1];
      if (events === undefined) throw { message: { en: "no session", zh: "" } };
      return new FakeSession(Number(events)) as unknown as TcpSession;
    },
    client: (hear) => {
      const did: string[] = [];
      let end = () => {};
      const client: FakeClient = {
        did,
        hear,
        window: undefined,
        end: () => end(),
        run(_url, _secret, window) {
          Object.assign(client, { window });
          return new Promise((resolve) => {
            end = () => resolve(undefined);
          });
        },
        pause: (paused) => void did.push(paused ? "pause" : "resume"),
        endWriting: async () => void did.push("endWriting"),
        write: async () => {},
        reset: () => void did.push("reset"),
        close: () => {
          did.push("close");
          end();
        },
      };
      clients.push(client);
      return client;
    },
  };
  const line = {
    bridge: { url: "ws://x/api/tcp", secret: "s" },
    look: async () => actions.server.found(false),
    set: async (settings: ClockSettings) => void asked.push(JSON.stringify(settings)),
    start: async () => "refused in words",
    swarm: async (count: number) => void asked.push(`swarm ${count}`),
  };
  const write = (_: unknown, __: string, url: string) => void addresses.push(url);
  const actions: TcpActions = new TcpActions(store, {
    load: async () => {
      loads += 1;
      return module;
    },
    shipped: async () => shipped,
    companion: companion ? (line as unknown as Companion) : undefined,
    address: new Address(
      { pushState: write, replaceState: write },
      {
        set: (callback) => {
          soon = callback;
          return 1;
        },
        clear: () => {},
      },
    ),
    pageUrl: "http://page/",
    language: () => "en",
    nowMs: () => 0,
    settled: async () => {},
    nextFrame: (callback) => {
      frame = callback;
    },
  });
  return {
    store,
    actions,
    sessions,
    clients,
    asked,
    addresses,
    read,
    draw: () => frame?.(),
    write: () => soon?.(),
    loads: () => loads,
    live: () => sessions.at(-1) as FakeSession,
    open: async (fragment = "#/tcp-clock") => {
      await actions.sessions.openAddress(fragment);
      if (companion) actions.server.news({ type: "clock", ...CLOCK });
    },
  };
}

const server = (count: number) => ({
  type: "events" as const,
  dropped: 0,
  next: count,
  events: Array.from({ length: count }, () => ({}) as never),
});

it("shows what happens where there is a companion, and the shipped session where there is none", async () => {
  const there = chapter();
  await there.open();
  expect([there.store.showing.value, there.store.line.value]).toEqual(["live", "connected"]);
  const alone = chapter({ companion: false });
  await alone.open();
  expect([alone.store.showing.value, alone.store.line.value, alone.store.run.value.events]).toEqual([
    "shipped",
    "none",
    7,
  ]);
});

it("follows the end until the reader steps away from it, and again from there", async () => {
  const { actions, store, draw, open } = chapter();
  await open();
  actions.server.news(server(5));
  draw();
  expect([store.at.value, store.run.value.events]).toEqual([5, 5]);
  actions.cursor.step(-2);
  actions.server.news(server(4));
  draw();
  expect([store.at.value, store.run.value.events]).toEqual([3, 9]);
  actions.cursor.seek(9);
  actions.server.news(server(1));
  draw();
  expect(store.at.value).toBe(10);
});

it("opens as many clients as there may be, each under a number of its own", async () => {
  const { actions, store, clients, open } = chapter();
  await open();
  actions.clients.open(3);
  actions.clients.open(1000);
  expect(clients).toHaveLength(MOST_CLIENTS);
  clients[1]?.end();
  await Promise.resolve();
  await Promise.resolve();
  expect(store.clients.value.map(({ number }) => number)).not.toContain(2);
  actions.clients.open(1);
  expect(store.clients.value.at(-1)?.number).toBe(MOST_CLIENTS + 1);
});

it("passes what is done to a client on, and remembers it", async () => {
  const { actions, store, clients, open } = chapter();
  await open();
  actions.clients.open(1);
  clients[0]?.hear({ what: "dial" });
  expect(store.clients.value).toEqual([{ number: 1, connected: false, paused: false, halfClosed: false }]);
  clients[0]?.hear({ what: "opened" });
  actions.clients.pause(1, true);
  actions.clients.endWriting(1);
  expect(store.clients.value).toEqual([{ number: 1, connected: true, paused: true, halfClosed: true }]);
  actions.clients.reset(1);
  actions.clients.close(1);
  actions.clients.close(99);
  expect(clients[0]?.did).toEqual(["pause", "endWriting", "reset", "close"]);
});

it("gives clients a small window when the clock has small buffers", async () => {
  const { actions, clients, open } = chapter();
  await open();
  actions.clients.open(1);
  actions.server.news({ type: "clock", ...CLOCK, settings: { ...SETTINGS, smallBuffers: true } });
  actions.clients.open(1);
  expect(clients.map(({ window }) => window)).toEqual([undefined, 1024]);
});

it("begins anew with the clients that are open, and goes on hearing them", async () => {
  const { actions, clients, live, sessions, open } = chapter();
  await open();
  actions.clients.open(1);
  actions.sessions.beginAnew();
  clients[0]?.hear({ what: "received" });
  expect(sessions).toHaveLength(1);
  expect(live().heard).toEqual(["anew", "settings", "client 1 received"]);
  expect(clients[0]?.did).toEqual([]);
});

it("records changes of the settings, and says what was refused", async () => {
  const { actions, store, live, asked, open } = chapter();
  await open();
  await actions.server.set({ intervalMs: 20 });
  expect(JSON.parse(asked[0] ?? "")).toEqual({ ...SETTINGS, intervalMs: 20 });
  actions.server.news({ type: "clock", ...CLOCK });
  expect(live().heard).toEqual([]);
  actions.server.news({ type: "clock", ...CLOCK, settings: { ...SETTINGS, intervalMs: 20 } });
  expect(live().heard).toEqual(["settings"]);
  await actions.server.start();
  expect(store.refused.value).toBe("refused in words");
});

it("asks for one change after the other, and none takes back the one before", async () => {
  const { actions, asked, open } = chapter();
  await open();
  const both = [actions.server.set({ smallBuffers: true }), actions.server.set({ intervalMs: 20 })];
  expect(asked).toHaveLength(0);
  await Promise.all(both);
  const told = { ...SETTINGS, smallBuffers: true, intervalMs: 20 };
  expect(asked.map((settings) => JSON.parse(settings))).toEqual([{ ...SETTINGS, smallBuffers: true }, told]);
  // What has been heard of is somebody else's to change.
  actions.server.news({ type: "clock", ...CLOCK, settings: told });
  actions.server.news({ type: "clock", ...CLOCK });
  await actions.server.set({ intervalMs: 30 });
  expect(JSON.parse(asked[2] ?? "")).toEqual({ ...SETTINGS, intervalMs: 30 });
});

it("knows that the server runs where the beginning of its story was dropped", async () => {
  const { actions, live, open } = chapter();
  await open();
  actions.server.news({ ...server(1), dropped: 9 });
  expect(live().heard).toEqual(["server", "running 127.0.0.1:8000", "settings"]);
});

it("keeps what was recorded when the companion goes", async () => {
  const { actions, store, live, open } = chapter();
  await open();
  actions.server.news(server(2));
  actions.server.gone();
  expect(live().heard).toEqual(["server", "server", "lost"]);
  expect([store.line.value, store.clock.value]).toEqual(["gone", undefined]);
});

it.each([
  ["at=99", 99, 7],
  ["at=x", "x", 0],
  [`at=${"x".repeat(30)}`, "x".repeat(20), 0],
  ["at=", "", 0],
])("says that there is no step %s, and which one is shown, until something else is", async (query, step, shown) => {
  const { actions, store } = chapter();
  await actions.sessions.openAddress(`#/tcp-clock?${query}`);
  expect([store.nowhere.value, store.at.value]).toEqual([{ step, events: 7, shown }, shown]);
  actions.sessions.openFile("session of 3");
  expect(store.nowhere.value).toBeUndefined();
});

it.each(["#/tcp-clock?speed=2", "#/tcp-clock?at=2&speed=2"])(
  "says what in %s means nothing here, until another address is opened",
  async (address) => {
    const { actions, store } = chapter();
    await actions.sessions.openAddress(address);
    actions.sessions.openFile("session of 3");
    expect(store.unknown.value).toEqual(["speed"]);
    await actions.sessions.openAddress("#/tcp-clock?at=3");
    expect(store.unknown.value).toEqual([]);
  },
);

it("says it still when the companion appears late and the chapter goes live, unless it was dismissed", async () => {
  for (const [dismissed, left] of [
    [false, ["speed"]],
    [true, []],
  ] as const) {
    const { actions, store } = chapter();
    await actions.sessions.openAddress("#/tcp-clock");
    actions.server.gone();
    await actions.sessions.openAddress("#/tcp-clock?speed=2");
    expect([store.showing.value, store.unknown.value]).toEqual(["shipped", ["speed"]]);
    if (dismissed) actions.sessions.dismissTrouble();
    actions.server.found(false);
    expect([store.showing.value, store.unknown.value]).toEqual(["live", left]);
  }
});

it.each([
  ["", 40],
  ["&at=x", 0],
  ["&at=x&view=3-20", 3],
])("enters a session that is shared at its end, and where the step cannot be read not there: %s", async (query, at) => {
  const { actions, store } = chapter();
  await actions.sessions.openAddress(`#/tcp-clock?session=${await pack("session of 40")}${query}`);
  expect([store.showing.value, store.at.value]).toEqual(["shared", at]);
});

it.each([
  ["view=3-20", 3, undefined],
  ["view=3-20&at=x", 3, { step: "x", events: 40, shown: 3 }],
  ["view=3-20&at=9", 9, undefined],
])(
  "of %s the stretch is shown, live or not, and without a step it is entered where it begins",
  async (query, at, nowhere) => {
    for (const companion of [true, false]) {
      const { actions, store } = chapter({ companion, shipped: "session of 40" });
      await actions.sessions.openAddress(`#/tcp-clock?${query}`);
      if (companion) actions.server.found(false);
      expect([store.showing.value, store.viewport.value, store.at.value]).toEqual(["shipped", { from: 3, to: 20 }, at]);
      expect([store.nowhere.value, store.unknown.value]).toEqual([nowhere, []]);
    }
  },
);

it("a stretch that the reader has chosen is in the address, and one that the session does not have is told", async () => {
  const { actions, store, addresses, write } = chapter({ companion: false, shipped: "session of 40" });
  await actions.sessions.openAddress("#/tcp-clock?at=2&view=3-20");
  expect(store.viewport.value).toEqual({ from: 3, to: 20 });
  actions.timeline.setRoom({ pixels: 100, firstLane: 0, endLane: 3 });
  expect(store.viewport.value).toEqual({ from: 3, to: 20 });
  actions.timeline.panBy(1);
  write();
  expect(addresses.at(-1)).toBe("#/tcp-clock?at=2&view=4-21");
  await actions.sessions.share();
  expect(store.shared.value).toEqual({ url: expect.stringMatching(/at=2&view=4-21&session=/) });
  await actions.sessions.openAddress("#/tcp-clock?at=2&view=33-41");
  expect([store.unknown.value, store.zoomed.value]).toEqual([["view=33-41"], false]);
  actions.cursor.step(1);
  write();
  expect(addresses.at(-1)).toBe("#/tcp-clock?at=3");
});

it("refuses what is no session, and stays where it is", async () => {
  const { actions, store, open } = chapter();
  await open();
  actions.sessions.openFile("nonsense");
  expect(store.badSession.value).toEqual({ en: "no session", zh: "" });
  expect(store.showing.value).toBe("live");
});

it("hands the module no more of a file than it takes to see that it is too long", async () => {
  const { actions, read, open } = chapter();
  await open();
  const before = read.length;
  for (const length of [LONGEST_FILE_CHARACTERS, LONGEST_FILE_CHARACTERS + 1, LONGEST_FILE_CHARACTERS + 9]) {
    actions.sessions.openFile(" ".repeat(length));
  }
  expect(read.slice(before)).toEqual([
    LONGEST_FILE_CHARACTERS,
    LONGEST_FILE_CHARACTERS + 1,
    LONGEST_FILE_CHARACTERS + 1,
  ]);
});

it("writes the position of a recorded session to the address, and none of the live one", async () => {
  const { actions, addresses, write, open } = chapter();
  await open();
  actions.server.news(server(3));
  actions.cursor.step(-1);
  expect(addresses.filter((address) => address.includes("at="))).toEqual([]);
  await actions.sessions.openShipped();
  actions.cursor.seek(4);
  write();
  expect(addresses.at(-1)).toBe("#/tcp-clock?at=4");
});

it("begins the module anew after a trap, shows what was recorded, and says where it is", async () => {
  const { actions, store, clients, loads, live, open, draw } = chapter();
  await open();
  actions.clients.open(1);
  actions.server.news(server(6));
  draw();
  await actions.recovery.restart("unreachable");
  expect([loads(), store.showing.value, store.run.value.events, store.at.value]).toEqual([2, "file", 6, 6]);
  expect(store.restarted.value?.reason).toBe("unreachable");
  expect(store.restarted.value?.url).toMatch(/^http:\/\/page\/#\/tcp-clock\?at=6&session=/);
  expect([clients[0]?.did, store.clients.value]).toEqual([["close"], []]);
  expect(live().heard).toEqual(["running 127.0.0.1:8000", "settings"]);
  actions.clients.open(1);
  expect(store.showing.value).toBe("live");
});

it("gives up when it traps again and again", async () => {
  const { actions, store, loads, open } = chapter();
  await open();
  for (let trap = 0; trap < 5; trap += 1) await actions.recovery.restart("unreachable");
  expect([store.phase.value, loads()]).toEqual(["failed", 4]);
});

it("opens the live session where a trap has left nothing", async () => {
  const { actions, store, live, open } = chapter();
  await open();
  live().write = () => {
    throw new WebAssembly.RuntimeError("unreachable");
  };
  await actions.recovery.restart("unreachable");
  expect([store.showing.value, store.restarted.value]).toEqual(["live", { reason: "unreachable", url: undefined }]);
});
