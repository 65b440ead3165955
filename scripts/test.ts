import { globSync } from "node:fs";
import { availableParallelism } from "node:os";
import { join, relative } from "node:path";
import { run } from "node:test";
import { spec } from "node:test/reporters";
import { parseArgs } from "node:util";
import { runChecks } from "./run-checks.ts";
import { ROOT } from "./run-program.ts";

// `npm test`: all checks, then all tests. `npm test -- store --name revoke`: without the checks, only the tests in
// files whose path holds one of the words, and of these only those whose name matches.

/** A test that hangs is not waited for. */
const TEST_TIMEOUT_MS = 300_000;

/** What of all files is named at the end. */
const SLOWEST_FILES = 10;

/** Tests that start servers wait more than they work. */
const MIN_FILES_AT_ONCE = 4;

const { positionals: words, values } = parseArgs({
  allowPositionals: true,
  options: { name: { type: "string", multiple: true, default: [] } },
});
const begin = performance.now();
const isPart = words.length > 0 || values.name.length > 0;
const checks = isPart || (await runChecks());
const { passed, failed, times } = await runTests(findTests());
if (!isPart) console.log(describeSlowest(times));
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
  // Those that start servers take longest: begun first, they don't run alone at the end.
  const [first = [], others = []] = [true, false].map((isSlow) =>
    files.filter((file) => isWanted(file) && file.startsWith("test/") === isSlow).toSorted(),
  );
  return [...first, ...others];
}

interface FileTime {
  readonly file: string;
  readonly ms: number;
}

interface TestRun {
  readonly passed: number;
  readonly failed: number;
  readonly times: readonly FileTime[];
}

async function runTests(files: readonly string[]): Promise<TestRun> {
  let result = { passed: 0, failed: 0 };
  const times: FileTime[] = [];
  // With no file named, the runner would look for some by itself.
  if (files.length === 0) return { ...result, times };
  const stream = run({
    files: files.map((file) => join(ROOT, file)),
    concurrency: Math.max(MIN_FILES_AT_ONCE, availableParallelism()),
    timeout: TEST_TIMEOUT_MS,
    testNamePatterns: values.name,
  });
  stream.on("test:summary", ({ file, duration_ms: ms, counts }) => {
    const { tests, passed, skipped, todo } = counts;
    // Each file has one; that of all of them names none.
    if (file === undefined) result = { passed, failed: tests - passed - skipped - todo };
    else times.push({ file: relative(ROOT, file), ms });
  });
  for await (const text of stream.compose(new spec())) process.stdout.write(text);
  return { ...result, times };
}

function describeSlowest(times: readonly FileTime[]): string {
  const slowest = times.toSorted((one, other) => other.ms - one.ms).slice(0, SLOWEST_FILES);
  const rows = slowest.map(({ file, ms }) => `${(ms / 1000).toFixed(1).padStart(7)} s  ${file}`);
  return ["Slowest files:", ...rows].join("\n");
}
