import assert from "node:assert/strict";
import { execFile } from "node:child_process";
import { cp, mkdir, readFile, symlink, writeFile } from "node:fs/promises";
import { delimiter, join } from "node:path";
import { test } from "node:test";
import { promisify } from "node:util";
import { withTempFolder } from "../test/support/temp-folder.ts";
import { ROOT } from "./run-program.ts";

const FAKE_NPM = `#!/bin/sh
echo "$@" >> npm-calls
echo "npm says something on stdout"
`;

/** A checkout whose npm only notes what it is asked. */
async function withCheckout(
  work: (checkout: { run: () => Promise<string>; folder: string }) => Promise<void>,
): Promise<void> {
  await withTempFolder(async (folder) => {
    await cp(join(ROOT, "package-lock.json"), join(folder, "package-lock.json"));
    await cp(
      join(ROOT, "scripts/install-missing.mjs"),
      join(folder, "scripts/install-missing.mjs"),
    );
    await mkdir(join(folder, "bin"));
    await writeFile(join(folder, "bin/npm"), FAKE_NPM, { mode: 0o755 });
    const run = async () => {
      const env = { PATH: [join(folder, "bin"), "/usr/bin", "/bin"].join(delimiter) };
      const file = join(folder, "scripts/install-missing.mjs");
      const { stdout, stderr } = await promisify(execFile)(process.execPath, [file], { env });
      assert.equal(stdout, "", "standard output belongs to the program");
      return stderr;
    };
    await work({ run, folder });
  });
}

test("where everything is there nothing is done and nothing is said", async () => {
  await withCheckout(async ({ run, folder }) => {
    await symlink(join(ROOT, "node_modules"), join(folder, "node_modules"));
    assert.equal(await run(), "");
  });
});

test("a fresh clone gets its packages, without their install scripts", async () => {
  await withCheckout(async ({ run, folder }) => {
    assert.match(await run(), /Installing packages \(npm ci\)/);
    const calls = await readFile(join(folder, "npm-calls"), "utf8");
    assert.match(calls, /^ci --ignore-scripts .*\n$/);
  });
});

test("packages that are not those of the lock file are replaced", async () => {
  await withCheckout(async ({ run, folder }) => {
    const record = await readFile(join(ROOT, "node_modules/.package-lock.json"), "utf8");
    const parsed: { packages: Record<string, { version: string }> } = JSON.parse(record);
    const [first] = Object.values(parsed.packages);
    assert.ok(first !== undefined);
    first.version = "0.0.0-other";
    await mkdir(join(folder, "node_modules"));
    await writeFile(join(folder, "node_modules/.package-lock.json"), JSON.stringify(parsed));
    assert.match(await run(), /Installing packages/);
  });
});
