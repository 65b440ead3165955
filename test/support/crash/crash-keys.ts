import assert from "node:assert/strict";
import { z } from "zod";
import { runQuern } from "../run-quern.ts";
import { TEST_KEY } from "../start-quern.ts";

export interface CrashKey {
  readonly secret: string;
  readonly account: string;
}

/** Three keys: that of the environment, one that shares its account, and one of another account. */
export async function makeCrashKeys(dataDir: string): Promise<CrashKey[]> {
  const keys = [{ secret: TEST_KEY, account: "default" }];
  for (const account of ["default", "other"]) {
    const run = await runQuern(["keys", "create", "--json", "--account", account], {
      env: { QUERN_DATA_DIR: dataDir },
    });
    assert.equal(run.code, 0, run.stderr);
    keys.push({ secret: createdKey.parse(JSON.parse(run.stdout)).key, account });
  }
  return keys;
}

const createdKey = z.looseObject({ key: z.string() });
