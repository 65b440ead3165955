import assert from "node:assert/strict";
import { test } from "node:test";
import { type FlagTable, parseFlags } from "./flags.ts";

const TABLE: FlagTable = {
  port: { value: "N", help: "" },
  json: { help: "" },
  header: { value: "H", repeats: true, help: "" },
  output: { value: "DIR", short: "o", help: "" },
};

test("flags and arguments come in any order, with and without =", () => {
  const { flags, positionals } = parseFlags(["a", "--port=1", "b", "--json", "-o", "dir"], TABLE);
  assert.deepEqual(positionals, ["a", "b"]);
  assert.deepEqual([flags.text("port"), flags.text("output")], ["1", "dir"]);
  assert.deepEqual([flags.isSet("json"), flags.isSet("header")], [true, false]);
});

test("one that repeats keeps all values, another the last", () => {
  const args = ["--header", "a: 1", "--header", "b: 2", "--port", "1", "--port", "2"];
  const { flags } = parseFlags(args, TABLE);
  assert.deepEqual(flags.texts("header"), ["a: 1", "b: 2"]);
  assert.deepEqual(flags.texts("port"), ["2"]);
});

test("- is a value, and so is what begins with - after =", () => {
  assert.equal(parseFlags(["--output", "-"], TABLE).flags.text("output"), "-");
  assert.equal(parseFlags(["--output=--x"], TABLE).flags.text("output"), "--x");
  assert.deepEqual(parseFlags(["--", "--json"], TABLE).positionals, ["--json"]);
});

const WRONG: readonly [args: string[], message: RegExp][] = [
  [["--prot", "1"], /no flag --prot; did you mean --port\?/],
  [["--constructor"], /no flag --constructor$/],
  [["-x"], /no flag -x/],
  [["--port"], /--port needs a value: N/],
  [["--port", "--json"], /--port needs a value, and "--json" looks like a flag/],
  [["--json=yes"], /--json takes no value/],
];

for (const [args, message] of WRONG) {
  test(`${args.join(" ")} is refused`, () => {
    assert.throws(() => parseFlags(args, TABLE), { name: "UsageError", message });
  });
}

test("numbers and words say what is allowed", () => {
  const { flags } = parseFlags(["--port", "1e3", "--output", "x"], TABLE);
  assert.throws(() => flags.wholeNumber("port", { min: 1 }), /--port is "1e3": allowed is a whole/);
  assert.throws(() => flags.oneOf("output", ["a", "b"]), /--output is "x": allowed is a, b/);
  assert.equal(flags.wholeNumber("header", { min: 1 }), null);
});
