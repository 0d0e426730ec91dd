// Running other programs, for the scripts beside this one. No dependencies: these scripts run before `npm ci`.

import { spawn, spawnSync } from "node:child_process";
import { realpathSync } from "node:fs";
import { fileURLToPath, pathToFileURL } from "node:url";

/** The folder of the project. */
export const root = new URL("../", import.meta.url);
const cwd = fileURLToPath(root);

// On Windows npm is a script, which only a shell can start.
const needsShell = (program) => process.platform === "win32" && program === "npm";

/** Something that the reader has to put right. Its message is all there is to say: no stack is printed. */
export class Problem extends Error {}

/** Runs a program with the terminal as its own. Throws a Problem when it fails. */
export async function run(program, ...args) {
  const status = await exitStatus(program, args, { stdio: "inherit" });
  if (status !== 0) {
    throw new Problem(`${[program, ...args].join(" ")} failed (status ${status})`);
  }
}

/** Runs a program and gives its exit status and everything it printed, without colours. */
export async function capture(program, ...args) {
  const chunks = [];
  const { NO_COLOR, ...environment } = process.env;
  const env = { ...environment, FORCE_COLOR: "0", CARGO_TERM_COLOR: "never" };
  const status = await exitStatus(program, args, { env, stdio: ["ignore", "pipe", "pipe"] }, (child) => {
    child.stdout.on("data", (chunk) => chunks.push(chunk));
    child.stderr.on("data", (chunk) => chunks.push(chunk));
  });
  return { status, output: Buffer.concat(chunks).toString() };
}

/** What a program prints, or nothing when it is not there or fails. */
export function answer(program, ...args) {
  const { status, stdout } = spawnSync(program, args, { cwd, shell: needsShell(program), encoding: "utf8" });
  return status === 0 ? stdout.trim() : undefined;
}

/** Whether this module is the one that node was started with. */
export function isMain(meta) {
  return process.argv[1] !== undefined && meta.url === pathToFileURL(realpathSync(process.argv[1])).href;
}

/** Runs a script's main function; a Problem ends the process with its message and status 1. */
export async function main(body) {
  try {
    await body();
  } catch (error) {
    if (!(error instanceof Problem)) {
      throw error;
    }
    console.error(`\n${error.message}`);
    process.exitCode = 1;
  }
}

function exitStatus(program, args, options, attach = () => {}) {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, { cwd, shell: needsShell(program), ...options });
    attach(child);
    child.on("error", (error) => reject(new Problem(`cannot run ${program}: ${error.message}`)));
    child.on("close", (status, signal) => resolve(status ?? signal));
  });
}
