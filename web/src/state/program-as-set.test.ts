import { describe, expect, it } from "vitest";
import { readSource } from "../../build/labels";
import { programAsSet } from "./program-as-set";

const CONDITIONS = readSource(`package main

const (
	how  = "one" // or "two", "three"
	wait = true
)

func main() {
	if how == "one" || how == "two" {
		first() //= do
		return
	}
	if !wait && other {
		second() //= do
	}
	if how != "two" {
		third() //= do
	}
	for i := range 3 {
		if wait {
			return
		}
		fourth() //= again
	}
}

func next() {
	if wait {
		fifth() //= wait
	} else {
		sixth() //= wait
	}
}
`);

const PROGRAM = readSource(`package main

const given = "both" // or "captured", "loop"

const (
	count    = 4 // setting jobs
	capacity = 2
	early    = true
)

func main() {
	switch given {
	case "loop":
		inALoop() //= start
		return
	case "captured":
		a := x         //= read
		fmt.Println(a) //= print
	default:
		fmt.Println(x) //= print
	}
	if given == "captured" {
		again() //= again
	} else {
		never() //= start
	}
	x += 1 //= add
	select {
	case <-done: //= print
	default:
	}
}
`);

describe("a program as it is set", () => {
  it("stands as it is written where nothing else is set", () => {
    const { lines } = programAsSet(PROGRAM, { given: "both", jobs: 4 });
    expect(lines).toEqual(PROGRAM.lines);
  });

  it("has the settings of the run, and lists the other values beside them", () => {
    const { lines } = programAsSet(PROGRAM, { given: "captured", jobs: 9, capacity: 0, early: false });
    expect(lines[2]).toBe('const given = "captured" // or "both", "loop"');
    expect(lines.slice(5, 8)).toEqual(["    count    = 9 // setting jobs", "    capacity = 0", "    early    = false"]);
  });

  it("has labels where it runs", () => {
    const lit = (given: string) => programAsSet(PROGRAM, { given }).labels;
    expect(lit("captured")).toMatchObject({ read: [17], print: [18, 29], again: [23], add: [27] });
    // Neither is reached: it stays as it is.
    expect(lit("captured").start).toEqual([14, 25]);
    expect(lit("both")).toMatchObject({ print: [20, 29], start: [25] });
    // It returns there.
    expect(lit("loop")).toMatchObject({ start: [14], print: [18, 20, 29] });
  });

  it("has labels where several constants together let it run, and not behind a return that is met", () => {
    const lit = (how: string, wait: boolean) => programAsSet(CONDITIONS, { how, wait }).labels;
    expect(lit("one", true)).toMatchObject({ do: [10], wait: [29] });
    expect(lit("three", true)).toMatchObject({ do: [17], wait: [29] });
    // Whether somebody else lets the second run is not known here, nor whether the loop is ever begun.
    expect(lit("three", false)).toMatchObject({ do: [14, 17], again: [23], wait: [31] });
    expect(lit("three", true).again).toEqual([23]);
  });

  it("keeps a label that only other variants have, since words point at it", () => {
    expect(programAsSet(PROGRAM, { given: "loop" }).labels).toMatchObject({ read: [17], again: [23] });
  });
});
