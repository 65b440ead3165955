import assert from "node:assert/strict";
import { z } from "zod";
import { createApi } from "./api.ts";
import { runQuern } from "./run-quern.ts";
import type { Quern } from "./start-quern.ts";
import { waitUntil } from "./wait-until.ts";

export interface CreatedKey {
  readonly id: string;
  readonly key: string;
}

/** Makes a key in the terminal, and waits until the running server knows it. */
export async function createKey(quern: Quern, ...flags: string[]): Promise<CreatedKey> {
  const run = await runQuern(["keys", "create", "--json", ...flags], {
    env: { QUERN_DATA_DIR: quern.dataDir },
  });
  assert.equal(run.code, 0, run.stderr);
  const created = createdKey.parse(JSON.parse(run.stdout));
  await waitUntil(() => isKnown(quern, created.key), KNOWN_WITHIN_MS);
  return created;
}

/** Whether the server opens to this key just now. */
export async function isKnown(quern: Quern, key: string): Promise<boolean> {
  return (await createApi(quern).send({ path: "/v1/nothing", key })).status !== 401;
}

/** The contract says 2 seconds; a busy machine gets a little more. */
export const KNOWN_WITHIN_MS = 2500;

const createdKey = z.looseObject({ id: z.string(), key: z.string() });
