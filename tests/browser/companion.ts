/** A companion of a test's own: its clock can be changed and killed without another test seeing it. */
import { type ChildProcess, spawn } from "node:child_process";

export interface Companion {
  /** Where its page is. */
  readonly url: string;
  /** Where its clock is: `address:port`. */
  readonly clock: string;
  stop(): Promise<void>;
}

export async function startCompanion(port = 0): Promise<Companion> {
  const { CHANSCOPE } = process.env;
  if (!CHANSCOPE) throw new Error("CHANSCOPE names the binary that serves the page");
  const child = spawn(CHANSCOPE, ["serve", "--port", String(port), "--clock-port", "0"], {
    stdio: ["ignore", "pipe", "inherit"],
  });
  const said = await untilSaid(child, /Ctrl-C ends it/);
  const url = /Chanscope is at (\S+)/.exec(said)?.[1];
  const clock = /TCP clock is at ([\d.:]+);/.exec(said)?.[1];
  if (!url || !clock) throw new Error(`the companion said: ${said}`);
  return {
    url: url.endsWith("/") ? url : `${url}/`,
    clock,
    stop: () =>
      new Promise((resolve) => {
        if (child.exitCode !== null) return resolve();
        child.once("exit", () => resolve());
        child.kill("SIGTERM");
      }),
  };
}

function untilSaid(child: ChildProcess, what: RegExp): Promise<string> {
  return new Promise((resolve, reject) => {
    let said = "";
    child.stdout?.on("data", (data: Buffer) => {
      said += data.toString();
      if (what.test(said)) resolve(said);
    });
    child.once("exit", (status) => reject(new Error(`the companion ended with ${status}: ${said}`)));
  });
}
