import { join } from "node:path";
import type { SqlEngine } from "../../src/store/sql-engine.ts";
import { SqliteClient } from "../../src/store/sqlite-client.ts";
import { createSqliteEngine } from "../../src/store/sqlite-engine.ts";
import { withTempFolder } from "./temp-folder.ts";

/** The engine under a store, on a new database. */
export async function withSqliteEngine(
  work: (engine: SqlEngine, file: string) => Promise<void>,
  { heapMiB = 64 }: { heapMiB?: number } = {},
): Promise<void> {
  await withTempFolder(async (folder) => {
    const file = join(folder, "quern.db");
    const owner = new SqliteClient({ file, busyTimeoutMs: 1000, heapMiB });
    const scanner = new SqliteClient({ file, busyTimeoutMs: 1000, heapMiB });
    await owner.open({ mayMigrate: true });
    try {
      await work(createSqliteEngine({ owner, scanner }), file);
    } finally {
      await scanner.stop();
      await owner.stop();
    }
  });
}
