import { readFile } from "node:fs/promises";
import { join } from "node:path";

/** The documents whose files say something else, or are not there. */
export async function listDrift(
  documents: ReadonlyMap<string, string>,
  root: string,
): Promise<string[]> {
  const drifted: string[] = [];
  for (const [path, text] of documents) {
    if ((await readIfThere(join(root, path))) !== text) drifted.push(path);
  }
  return drifted;
}

async function readIfThere(path: string): Promise<string | null> {
  try {
    return await readFile(path, "utf8");
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}
