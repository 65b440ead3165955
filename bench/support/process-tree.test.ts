import assert from "node:assert/strict";
import { spawn } from "node:child_process";
import { once } from "node:events";
import { test } from "node:test";
import { readProcessTree } from "./process-tree.ts";

// A process whose child works for 300 ms of CPU time, ends, and is waited for; then both stay silent.
const PARENT = `
const { spawnSync } = require("node:child_process");
const child = "const { user } = process.cpuUsage(); while (process.cpuUsage().user - user < 300_000);";
spawnSync(process.execPath, ["-e", child]);
console.log("done");
setTimeout(() => {}, 30_000);
`;

test("a process tree counts the CPU time of children that have ended, and the memory of those that live", async () => {
  const parent = spawn(process.execPath, ["-e", PARENT], { stdio: ["ignore", "pipe", "inherit"] });
  try {
    await once(parent.stdout, "data");
    const tree = readProcessTree(parent.pid ?? 0);
    assert.equal(tree.processes, 1);
    assert.ok(tree.cpuMs >= 300, `${tree.cpuMs} ms`);
    assert.ok(tree.rssBytes > 10 * 2 ** 20 && tree.peakRssBytes >= tree.rssBytes);
  } finally {
    parent.kill("SIGKILL");
  }
});

test("of a process that is gone there is nothing to read", () => {
  // Process ids end at 2^22 on Linux.
  const { processes, cpuMs, rssBytes } = readProcessTree(2 ** 22 + 1);
  assert.deepEqual([processes, cpuMs, rssBytes], [0, 0, 0]);
});
