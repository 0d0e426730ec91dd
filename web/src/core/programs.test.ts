import { describe, expect, it } from "vitest";
import { Programs } from "./programs";

/** A core that knows some programs, and says who it is. */
class FakeCore {
  freed = false;

  constructor(
    readonly name: string,
    private readonly known: readonly string[],
  ) {}

  begin(program: string): string {
    if (!this.known.includes(program)) throw { kind: "program", message: { en: `no ${program}`, zh: "" } };
    return `${program} in ${this.name}`;
  }
  free(): void {
    this.freed = true;
  }
}

function two(begin: "first" | "every" = "first") {
  const cores = { first: new FakeCore("first", ["a"]), every: new FakeCore("every", ["a", "b"]) };
  const loaded: string[] = [];
  const host = { gone: false };
  const load = (name: "first" | "every") => async () => {
    loaded.push(name);
    if (host.gone) throw new TypeError("gone");
    return cores[name];
  };
  const programs = new Programs<FakeCore>({ first: load("first"), every: load("every") }, begin);
  return { programs, cores, loaded, host };
}

describe("which core is asked", () => {
  it("is the small one for the first program, and nothing else is loaded", async () => {
    const { programs, loaded } = two();
    expect((await programs.ask((core) => core.begin("a"))).answer).toBe("a in first");
    expect(loaded).toEqual(["first"]);
  });

  it("is the one with every program for another, and what was run before is still asked of the small one", async () => {
    const { programs, cores } = two();
    expect((await programs.ask((core) => core.begin("b"))).answer).toBe("b in every");
    expect(await programs.asked).toBe(cores.first);
    expect(cores.first.freed).toBe(false);
  });

  it("is the one with every program for everything, once a run in it has finished", async () => {
    const { programs, cores, loaded } = two();
    const { core } = await programs.ask((asked) => asked.begin("b"));
    await programs.finished(core);
    expect(await programs.asked).toBe(cores.every);
    expect(cores.first.freed).toBe(true);
    expect((await programs.ask((asked) => asked.begin("a"))).answer).toBe("a in every");
    await programs.finished(core);
    expect([cores.every.freed, loaded]).toEqual([false, ["first", "every"]]);
  });

  it("stays the small one when a run of the first program finishes", async () => {
    const { programs, cores } = two();
    await programs.ask((core) => core.begin("b"));
    await programs.finished(cores.first);
    expect([await programs.asked, cores.first.freed]).toEqual([cores.first, false]);
  });

  it("is the one with every program from the start where the page says so", async () => {
    const { programs, loaded } = two("every");
    expect((await programs.ask((core) => core.begin("b"))).answer).toBe("b in every");
    expect(loaded).toEqual(["every"]);
  });
});

it("a program that nobody knows is refused by the one with every program", async () => {
  const { programs } = two();
  await expect(programs.ask((core) => core.begin("c"))).rejects.toMatchObject({ message: { en: "no c" } });
  const { core } = await programs.ask((asked) => asked.begin("b"));
  await programs.finished(core);
  await expect(programs.ask((asked) => asked.begin("c"))).rejects.toMatchObject({ kind: "program" });
});

it("a module that does not come is a refusal, and is asked for again the next time", async () => {
  const { programs, host, loaded } = two();
  await programs.asked;
  host.gone = true;
  await expect(programs.ask((core) => core.begin("b"))).rejects.toMatchObject({ kind: "load", field: null });
  expect((await programs.ask((core) => core.begin("a"))).answer).toBe("a in first");
  host.gone = false;
  expect((await programs.ask((core) => core.begin("b"))).answer).toBe("b in every");
  expect(loaded).toEqual(["first", "every", "every"]);
});

it("whatever else goes wrong is thrown as it is", async () => {
  const { programs, loaded } = two();
  const failing = programs.ask(() => {
    throw new Error("unreachable");
  });
  await expect(failing).rejects.toThrow("unreachable");
  expect(loaded).toEqual(["first"]);
});
