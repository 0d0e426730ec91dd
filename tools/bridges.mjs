// This companion's bridge beside those of others, measured in one run on one machine: a part of `npm run bench`.
//
// `--fetch` installs the others into target/rivals by cargo and pip; without it, those that are there are measured. `--quick`
// only shows that it works. Needs Linux, whose /proc says what a process uses.

import { spawn } from "node:child_process";
import { existsSync, mkdtempSync, writeFileSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { capture, main, Problem, root, run } from "./run.mjs";

const quick = process.argv.includes("--quick");
const SECONDS = quick ? 1 : 3;
/** Each is measured so often, in turns, and the median counts: other work on the machine hits all alike. */
const ROUNDS = quick ? 1 : 3;
const MEASURED = ["up", "down", "both", "round-trip", "opens"];
const WEBSOCAT = "1.14.1";
const WEBSOCKIFY = "0.13.0";

const path = (name) => fileURLToPath(new URL(name, root));
const target = process.env.CARGO_TARGET_DIR ?? path("target");
const built = (name) => join(target, "release", name);
const rivals = join(target, "rivals");

/** The bridges: how each is started at a port, for a target. */
function bridges() {
  const dist = mkdtempSync(join(tmpdir(), "bridges-"));
  writeFileSync(join(dist, "index.html"), "");
  const websocat = join(rivals, "bin", "websocat");
  const websockify = join(rivals, "websockify");
  return [
    {
      name: "chanscope",
      path: "/api/tcp",
      options: ["--token", "t"],
      command: (port, goal) =>
        [built("chanscope"), "serve", "--port", port, "--clock-port", 0, "--token", "t", "--dist", dist].concat([
          "--bridge-target",
          goal,
        ]),
    },
    {
      name: "plain axum",
      command: (port, goal) => [built("examples/plain"), "--listen", `127.0.0.1:${port}`, "--target", goal],
    },
    existsSync(websocat) && {
      name: `websocat ${WEBSOCAT}`,
      command: (port, goal) => [websocat, "--binary", "--exit-on-eof", `ws-l:127.0.0.1:${port}`, `tcp:${goal}`],
    },
    existsSync(websockify) && {
      name: `websockify ${WEBSOCKIFY}`,
      // One process a connection: what each costs cannot be read from the first one.
      options: [],
      forks: true,
      environment: { PYTHONPATH: websockify },
      command: (port, goal) => ["python3", "-m", "websockify", `127.0.0.1:${port}`, goal],
    },
  ].filter(Boolean);
}

async function fetchRivals() {
  await run("cargo", "install", "websocat", "--version", WEBSOCAT, "--root", rivals, "--quiet");
  const folder = join(rivals, "websockify");
  await run("python3", "-m", "pip", "install", "--quiet", "--target", folder, `websockify==${WEBSOCKIFY}`);
}

/** A port that is free now. */
function freePort() {
  return new Promise((resolve) => {
    const server = createServer().listen(0, "127.0.0.1", () => {
      const { port } = server.address();
      server.close(() => resolve(port));
    });
  });
}

/** Starts a bridge, has it measured, and ends it. */
async function measure(bridge, what) {
  const [port, goal] = [await freePort(), `127.0.0.1:${await freePort()}`];
  const [program, ...args] = bridge.command(port, goal).map(String);
  const child = spawn(program, args, { stdio: "ignore", env: { ...process.env, ...bridge.environment } });
  try {
    await listening(port, child);
    const url = `ws://127.0.0.1:${port}${bridge.path ?? "/"}`;
    const known = bridge.forks ? [] : ["--pid", child.pid];
    const options = ["--url", url, "--target", goal, "--seconds", SECONDS, ...known, ...(bridge.options ?? [])];
    if (bridge.path === undefined) options.push("--plain");
    const { status, output } = await capture(built("examples/load"), ...options.map(String), ...what);
    if (status !== 0) throw new Problem(`${bridge.name}: ${output}`);
    return Object.assign(
      {},
      ...output
        .trim()
        .split("\n")
        .map((line) => JSON.parse(line)),
    );
  } finally {
    child.kill();
  }
}

async function listening(port, child) {
  const { connect } = await import("node:net");
  for (;;) {
    if (child.exitCode !== null) throw new Problem(`it ended with ${child.exitCode} before it listened`);
    const there = await new Promise((resolve) => {
      const socket = connect(port, "127.0.0.1", () => resolve(true)).on("error", () => resolve(false));
      socket.on("connect", () => socket.destroy());
    });
    if (there) return;
    await new Promise((resolve) => setTimeout(resolve, 20));
  }
}

function median(values) {
  const sorted = values.filter((value) => value !== null && value !== undefined).sort((a, b) => a - b);
  return sorted[Math.floor(sorted.length / 2)];
}

const shown = (value, digits = 0) => (value === undefined ? "–" : value.toFixed(digits));

function row(bridge, rounds, idle) {
  const of = (pick) => median(rounds.map(pick));
  const direction = (name) =>
    `${shown(of((each) => each[name].megabytes_a_second))} (${shown(of((each) => each[name].cpu_ms_a_gigabyte))})`;
  return [
    bridge.name,
    direction("up"),
    direction("down"),
    direction("both"),
    `${shown(of((each) => each.roundTrip.p50_us))} / ${shown(of((each) => each.roundTrip.p99_us))}`,
    shown(of((each) => each.opens)),
    idle ? `${shown(idle.kib_each, 1)} at ${idle.connections}` : "–",
  ];
}

await main(async () => {
  if (process.platform !== "linux") throw new Problem("this reads /proc, which only Linux has");
  if (process.argv.includes("--fetch")) await fetchRivals();
  await run("cargo", "build", "--release", "-p", "chanscope-companion", "--bins", "--examples");
  const all = bridges();
  const rounds = new Map(all.map((bridge) => [bridge, []]));
  for (let round = 0; round < ROUNDS; round += 1) {
    for (const bridge of all) rounds.get(bridge).push(await measure(bridge, MEASURED));
  }
  const rows = [];
  for (const bridge of all) {
    const { idle } = bridge.forks ? {} : await measure(bridge, ["idle"]);
    rows.push(row(bridge, rounds.get(bridge), idle));
  }
  const titles = ["", "up", "down", "there and back", "round trip, µs", "opens a second", "idle, KiB each"];
  const lines = [titles, titles.map((_, index) => (index === 0 ? "---" : "---:")), ...rows];
  console.log(lines.map((cells) => `| ${cells.join(" | ")} |`).join("\n"));
});
