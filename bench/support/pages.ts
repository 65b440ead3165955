import { mkdir, mkdtemp, readdir, rm, writeFile } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generatePage } from "./generate-page.ts";
import { say } from "./say.ts";

/** Saved pages on the disk, as UTF-8 text. */
export interface PageSet {
  readonly paths: readonly string[];
  [Symbol.asyncDispose](): Promise<void>;
}

interface PageSetOrder {
  /** Folders, separated by commas, that are searched for `*.html`; undefined: pages are generated. */
  readonly folders: string | undefined;
  readonly limit: number;
}

export async function openPages({ folders, limit }: PageSetOrder): Promise<PageSet> {
  if (folders === undefined) return generatePages(Math.min(limit, GENERATED_PAGES));
  const found = await Promise.all(folders.split(",").map(listPages));
  const paths = thinOut(found.flat(), limit);
  if (paths.length === 0) throw new Error(`No *.html in ${folders}`);
  say(`${paths.length} pages of ${folders}`);
  return { paths, [Symbol.asyncDispose]: () => Promise.resolve() };
}

const GENERATED_PAGES = 60;

async function listPages(folder: string): Promise<string[]> {
  const names = await readdir(folder, { recursive: true });
  return names
    .filter((name) => /\.html?$/i.test(name))
    .sort()
    .map((name) => join(folder, name));
}

/** Every so many, so that each folder is there in its proportion. */
function thinOut(paths: readonly string[], limit: number): string[] {
  if (paths.length <= limit) return [...paths];
  return Array.from({ length: limit }, (_, index) => {
    const path = paths[Math.floor((index * paths.length) / limit)];
    return path ?? "";
  });
}

async function generatePages(count: number): Promise<PageSet> {
  const folder = await mkdtemp(join(tmpdir(), "quern-bench-pages-"));
  await mkdir(folder, { recursive: true });
  const paths = Array.from({ length: count }, (_, seed) => join(folder, `${seed}.html`));
  await Promise.all(paths.map((path, seed) => writeFile(path, generatePage(seed))));
  say(`${count} generated pages (--pages DIR takes real ones)`);
  return {
    paths,
    [Symbol.asyncDispose]: () => rm(folder, { recursive: true, force: true }),
  };
}
