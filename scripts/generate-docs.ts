import { mkdir, readFile, writeFile } from "node:fs/promises";
import { dirname, join } from "node:path";
import { parseArgs } from "node:util";
import { listDrift } from "./docs/list-drift.ts";
import { renderDocuments } from "./docs/render-documents.ts";

// Writes the documents that are derived from the code; with --check says which of them are out of date.

const root = join(import.meta.dirname, "..");
const { values } = parseArgs({ options: { check: { type: "boolean", default: false } } });
const { version }: { version: string } = JSON.parse(
  await readFile(join(root, "package.json"), "utf8"),
);
const documents = renderDocuments({ version });

if (values.check) {
  const drifted = await listDrift(documents, root);
  for (const path of drifted) console.error(`${path} is out of date: run npm run docs`);
  process.exitCode = drifted.length === 0 ? 0 : 1;
} else {
  for (const [path, text] of documents) {
    await mkdir(dirname(join(root, path)), { recursive: true });
    await writeFile(join(root, path), text);
  }
}
