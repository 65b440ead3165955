import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import { runChecks } from "./run-checks.ts";
import { ROOT } from "./run-program.ts";

// `npm test`: all checks, then all tests. `npm test -- store --name revoke`: without the checks, only the tests in
// files whose path holds one of the words, and of these only those whose name matches.

/** A test that hangs is not waited for. */
const TEST_TIMEOUT_MS = 300_000;

/** Tests that start servers wait more than they work. */
const MIN_FILES_AT_ONCE = 4;

const { positionals: words, values } = parseArgs({
  allowPositionals: true,
  options: { name: { type: "string", multiple: true, default: [] } },
});
const begin = performance.now();
const isPart = words.length > 0 || values.name.length > 0;
const checks = isPart || (await runChecks());
const { passed, failed } = await runTests(findTests());
const isGood = checks && failed === 0 && passed > 0;
const parts = [
  ...(isPart ? [] : [`checks ${checks ? "passed" : "FAILED"}`]),
  `${passed} tests passed`,
  `${failed} failed`,
  `${((performance.now() - begin) / 1000).toFixed(0)} s`,
];
console.log(`${isGood ? "ALL GOOD" : "NOT GOOD"}: ${parts.join(", ")}`);
// The form that programs look for in the last line.
console.log(`${passed} passed, ${failed + (checks ? 0 : 1)} failed`);
process.exitCode = isGood ? 0 : 1;

function findTests(): string[] {
  const files = globSync("{src,test,scripts,bench,packages}/**/*.test.ts", {
    cwd: ROOT,
    exclude: (path) => path.includes("node_modules"),
  });
  const isWanted = (file: string) =>
    words.length === 0 || words.some((word) => file.includes(word));
  return files.filter(isWanted).toSorted();
}

async function runTests(files: readonly string[]): Promise<{ passed: number; failed: number }> {
  let result = { passed: 0, failed: 0 };
  // With no file named, the runner would look for some by itself.
  if (files.length === 0) return result;
  const stream = run({
    files: files.map((file) => join(ROOT, file)),
    concurrency: Math.max(MIN_FILES_AT_ONCE, availableParallelism()),
    timeout: TEST_TIMEOUT_MS,
    testNamePatterns: values.name,
  });
  stream.on("test:summary", ({ file, counts: { tests, passed, skipped, todo } }) => {
    // Each file has one; that of all of them names none.
    if (file === undefined) result = { passed, failed: tests - passed - skipped - todo };
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
  return result;
}
