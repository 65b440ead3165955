import { mkdtemp, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { startOrigin } from "../support/start-origin.ts";

/** The least that is a page: a title and a sentence, so that what is measured is everything but the page. */
const NULL_PAGE = "<!doctype html><title>Nothing</title><p>There is nothing here to be read.</p>\n";

/** Serves the null page from a process of its own. */
export async function openNullPage() {
  const folder = await mkdtemp(join(tmpdir(), "quern-bench-null-"));
  const file = join(folder, "null.html");
  await writeFile(file, NULL_PAGE);
  const origin = await startOrigin([file]);
  return {
    url: origin.urls[0] ?? "",
    [Symbol.asyncDispose]: async () => {
      await origin[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
