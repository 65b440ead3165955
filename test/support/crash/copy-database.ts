import { join } from "node:path";
import { runQuern } from "../run-quern.ts";

/** Copies the database of a server that has it open, as its operator would, into a file of that folder. */
export async function copyDatabase(dataDir: string, folder: string): Promise<string> {
  const copy = join(folder, "copy.db");
  const run = await runQuern(["backup", copy], { env: { QUERN_DATA_DIR: dataDir } });
  if (run.code !== 0) throw new Error(`quern backup: ${run.stderr}`);
  return copy;
}
