import assert from "node:assert/strict";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { test } from "node:test";

test("README.md names every test here, and none that is not there", () => {
  const isThere = listTests();
  const isNamed = listNamed();
  assert.deepEqual(without(isNamed, isThere), [], "named, but not there");
  assert.deepEqual(without(isThere, isNamed), [], "there, but not named");
});

function without(names: readonly string[], known: readonly string[]): string[] {
  return names.filter((name) => !known.includes(name));
}

function listTests(): string[] {
  const files = readdirSync(import.meta.dirname).filter((name) => name.endsWith(".test.ts"));
  return files
    .filter((name) => name !== "inventory.test.ts")
    .map((name) => readFileSync(join(import.meta.dirname, name), "utf8"))
    .flatMap((source) => [...source.matchAll(/^test\(\s*"([^"]+)"/gm)])
    .map(([, name = ""]) => name);
}

/** The second cell of every row that is neither a head nor a rule. */
function listNamed(): string[] {
  const lines = readFileSync(join(import.meta.dirname, "README.md"), "utf8").split("\n");
  return lines
    .filter((line) => line.startsWith("|"))
    .map((line) => line.split("|")[2]?.trim() ?? "")
    .filter((cell) => cell !== "test" && !/^-+$/.test(cell));
}
