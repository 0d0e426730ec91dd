/** The page's end of the bridge, against a companion that does what a test wants: credit, ends, resets, close codes. */
import { readFileSync } from "node:fs";
import { afterEach, beforeAll, beforeEach, expect, it, vi } from "vitest";
import { __wbg_reset_state, initSync, Tcp, TcpClient } from "../../web/gen/tcp/tcp.js";
import type { FromPage, ToPage } from "../../web/src/core/wire";

const ALL = 256 * 1024;
const ADDRESSES = { local: "127.0.0.1:40000", remote: "127.0.0.1:8000" };

/** A WebSocket whose other end is the test. */
class FakeSocket {
  static last: FakeSocket;
  readonly sent: (FromPage | number)[] = [];
  onmessage: ((event: unknown) => void) | null = null;
  onclose: ((event: unknown) => void) | null = null;
  closed: number | undefined;

  constructor(
    readonly url: string,
    readonly protocols: string[],
  ) {
    FakeSocket.last = this;
  }

  send(data: string | Uint8Array) {
    this.sent.push(typeof data === "string" ? JSON.parse(data) : data.byteLength);
  }

  close(code?: number) {
    this.closed ??= code ?? 1000;
  }

  tell(message: ToPage) {
    this.onmessage?.({ data: JSON.stringify(message) });
  }

  bytes(count: number, fill = "x") {
    const data = new TextEncoder().encode(fill.repeat(count)).buffer;
    this.onmessage?.({ data });
  }

  isClosed(code: number) {
    this.onclose?.({ code });
  }

  /** Credit that the page gave. */
  given() {
    return this.sent.reduce<number>(
      (sum, each) => (typeof each === "object" && each.type === "credit" ? sum + each.bytes : sum),
      0,
    );
  }
}

interface Act {
  readonly what: string;
  readonly text?: string;
  readonly code?: number;
}

const settle = () => new Promise((resolve) => setTimeout(resolve, 0));

async function opened(window = ALL) {
  const acts: Act[] = [];
  const client = new TcpClient((act: Act) => acts.push(act));
  const over = client.run("ws://127.0.0.1:8080/api/tcp", "abc", window);
  await settle();
  const socket = FakeSocket.last;
  socket.tell({ type: "opened", ...ADDRESSES, credit: ALL });
  await settle();
  return { client, over, socket, acts, names: () => acts.map(({ what }) => what) };
}

beforeAll(() => {
  initSync({ module: readFileSync(new URL("../../web/gen/tcp/tcp_bg.wasm", import.meta.url)) });
});
beforeEach(() => vi.stubGlobal("WebSocket", FakeSocket));
afterEach(() => vi.unstubAllGlobals());

it("dials with the subprotocol and the secret, gives credit, and copies until the end", async () => {
  const { over, socket, acts } = await opened();
  expect(socket.protocols).toEqual(["chanscope.tcp.v1", "chanscope.secret.abc"]);
  expect(socket.sent).toEqual([{ type: "credit", bytes: ALL }]);
  socket.bytes(3, "ab");
  socket.tell({ type: "end" });
  await over;
  expect(acts).toEqual([
    { what: "dial" },
    { what: "opened", local: ADDRESSES.local },
    { what: "received", text: "ababab" },
    { what: "ended" },
  ]);
  expect(socket.closed).toBe(1000);
});

it("gives no more credit than the window while nobody reads, and as much as was read after that", async () => {
  const { client, socket, names } = await opened(1000);
  client.pause(true);
  socket.bytes(600);
  await settle();
  socket.bytes(400);
  await settle();
  // What was read before nobody took it any more, and no more than that: what lies here stays within the window.
  expect(socket.given()).toBe(1600);
  client.pause(false);
  await settle();
  expect(names().filter((name) => name === "received")).toHaveLength(2);
  socket.bytes(600);
  await settle();
  expect(socket.given()).toBe(2600);
  client.close();
});

it("leaves a companion that sends more than it may", async () => {
  const { over, socket, acts } = await opened(1000);
  socket.bytes(1001);
  await over;
  expect(socket.closed).toBe(4005);
  expect(acts.at(-1)).toEqual({ what: "broken", code: 4005 });
});

it("writes no more than there is credit for, and goes on when there is", async () => {
  const { client, socket, names } = await opened();
  const written = client.write("y".repeat(ALL + 10));
  await settle();
  const bytes = () => socket.sent.filter((each): each is number => typeof each === "number");
  expect(bytes()).toEqual([65_536, 65_536, 65_536, 65_536]);
  socket.tell({ type: "credit", bytes: 4 });
  await settle();
  socket.tell({ type: "credit", bytes: 100 });
  await written;
  expect(bytes().slice(4)).toEqual([4, 6]);
  expect(names()).toContain("wrote");
  client.close();
});

it("ends its half once, and reads on", async () => {
  const { client, over, socket, names } = await opened();
  await client.endWriting();
  await client.endWriting();
  await client.write("too late");
  socket.bytes(1);
  socket.tell({ type: "end" });
  await over;
  expect(socket.sent.filter((each) => typeof each === "object" && each.type === "end")).toHaveLength(1);
  expect(names()).toEqual(["dial", "opened", "halfClosed", "halfClosed", "received", "ended"]);
});

it("tells a reset from an end, in both directions", async () => {
  const theirs = await opened();
  theirs.socket.bytes(5);
  theirs.socket.tell({ type: "reset" });
  await theirs.over;
  expect(theirs.names().at(-1)).toBe("wasReset");
  const ours = await opened();
  ours.client.reset();
  await ours.over;
  expect(ours.socket.sent.at(-1)).toEqual({ type: "reset" });
  expect(ours.names()).toEqual(["dial", "opened", "resets"]);
});

it("says with which code it could not connect, or broke off", async () => {
  const acts: Act[] = [];
  const refused = new TcpClient((act: Act) => acts.push(act)).run("ws://x/api/tcp", "", undefined);
  await settle();
  FakeSocket.last.isClosed(4000);
  await refused;
  expect(acts).toEqual([{ what: "dial" }, { what: "dialFailed", code: 4000 }]);
  const died = await opened();
  died.socket.isClosed(4003);
  await died.over;
  expect(died.acts.at(-1)).toEqual({ what: "broken", code: 4003 });
});

it("closes the WebSocket when the client is interrupted, also while it dials", async () => {
  const { client, over, socket, names } = await opened();
  client.close();
  await over;
  expect([socket.closed, names().at(-1)]).toEqual([1000, "closes"]);
  const acts: Act[] = [];
  const dialling = new TcpClient((act: Act) => acts.push(act));
  const left = dialling.run("ws://x/api/tcp", "", undefined);
  await settle();
  dialling.close();
  await left;
  expect(acts.map(({ what }) => what)).toEqual(["dial", "closes"]);
});

it("breaks off when it is told what it does not know", async () => {
  const { over, socket, acts } = await opened();
  socket.onmessage?.({ data: '{"type":"mystery"}' });
  await over;
  expect(socket.closed).toBe(4006);
  expect(acts.at(-1)).toEqual({ what: "broken", code: 4006 });
});

it("is begun anew after a trap, and works again", async () => {
  const { client, acts } = await opened();
  __wbg_reset_state();
  // What the old one made is of no more use, and says so instead of reaching into the new one.
  expect(() => client.pause(true)).toThrow();
  expect(acts).toHaveLength(2);
  const session = new Tcp();
  session.hearLost(1);
  expect(session.summary()).toMatchObject({ events: 1 });
  const again = await opened();
  again.socket.bytes(3);
  again.socket.tell({ type: "end" });
  await again.over;
  expect(again.names()).toEqual(["dial", "opened", "received", "ended"]);
});
