// `npm run audit`: what we depend on, looked at by cargo-deny and npm: licences, sources, duplicates, known weaknesses.
//
// The first run installs cargo-deny into target/tools, which takes some minutes. Known weaknesses are asked of databases on
// the network; one that cannot be reached counts as failed, since nobody has looked. `-- --offline` asks for the rest.

import { existsSync } from "node:fs";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { answer, capture, main, Problem, root, run } from "./run.mjs";

const VERSION = "0.20.2";
const folder = fileURLToPath(new URL("target/tools", root));
const deny = join(folder, "bin", process.platform === "win32" ? "cargo-deny.exe" : "cargo-deny");

/** What is asked; `database` where the answer comes from the network. */
const questions = [
  { name: "crates: licences, duplicates, sources", run: [deny, "check", "licenses", "bans", "sources"] },
  { name: "crates: known weaknesses", run: [deny, "check", "advisories"], database: /failed to fetch advisory/ },
  {
    name: "npm: known weaknesses",
    run: ["npm", "audit", "--loglevel", "error"],
    database: /audit endpoint returned an error|ENOTFOUND/,
  },
];

async function fetchDeny() {
  if (existsSync(deny) && answer(deny, "--version") === `cargo-deny ${VERSION}`) {
    return;
  }
  console.log(`installing cargo-deny ${VERSION} into target/tools, once`);
  const options = ["--locked", "--root", folder, "--no-default-features", "--quiet", "--force"];
  await run("cargo", "install", `cargo-deny@${VERSION}`, ...options);
}

/** What came of a question: nothing where all is well. */
async function ask({ run: command, database }) {
  const { status, output } = await capture(...command);
  if (status === 0) {
    return undefined;
  }
  const unreachable = database?.test(output) ?? false;
  return { verdict: unreachable ? "its database cannot be reached" : "FAILED", output: output.trimEnd() };
}

await main(async () => {
  const offline = process.argv.includes("--offline");
  await fetchDeny();
  const asked = questions.filter(({ database }) => !offline || database === undefined);
  const troubles = [];
  for (const question of asked) {
    const trouble = await ask(question);
    console.log(`${question.name.padEnd(40)}${trouble?.verdict ?? "ok"}`);
    if (trouble !== undefined) {
      troubles.push(trouble);
    }
  }
  if (troubles.length > 0) {
    throw new Problem(troubles.map(({ output }) => output).join("\n\n"));
  }
});
