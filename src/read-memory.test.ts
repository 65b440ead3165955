import assert from "node:assert/strict";
import { writeFile } from "node:fs/promises";
import { join } from "node:path";
import { test } from "node:test";
import { withTempFolder } from "../test/support/temp-folder.ts";
import { createMemoryReader, readFreeMemory } from "./read-memory.ts";

test("in a container the limit less what is used is free, and the file cache is free too", async () => {
  await withTempFolder(async (cgroup) => {
    await writeFile(join(cgroup, "memory.max"), "1000000\n");
    await writeFile(join(cgroup, "memory.current"), "900000\n");
    await writeFile(
      join(cgroup, "memory.stat"),
      "anon 500000\ninactive_file 300000\nactive_file 5\n",
    );
    assert.equal(readFreeMemory(cgroup), 400_000);
  });
});

test("without a limit the machine's own free memory counts", async () => {
  await withTempFolder(async (cgroup) => {
    await writeFile(join(cgroup, "memory.max"), "max\n");
    await writeFile(join(cgroup, "memory.current"), "900000\n");
    await writeFile(join(cgroup, "memory.stat"), "inactive_file 0\n");
    assert.ok(readFreeMemory(cgroup) > 1_000_000);
    assert.ok(readFreeMemory(join(cgroup, "nowhere")) > 1_000_000);
  });
});

test("a reading counts for a moment", () => {
  const read = createMemoryReader();
  assert.equal(read(), read());
});
