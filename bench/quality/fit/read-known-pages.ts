import { existsSync } from "node:fs";
import { readFile } from "node:fs/promises";
import { join } from "node:path";
import { getDomain } from "tldts";
import { z } from "zod";
import { type ContentFacts, gatherFacts } from "../../../src/page/extract/content/content-facts.ts";
import { extractPage } from "../../../src/page/extract-page.ts";
import { parseHtml } from "../../../src/page/tree/parse-html.ts";
import { labelBlocks } from "./label-blocks.ts";

/** A page whose content somebody has marked. */
export interface KnownPage {
  readonly set: string;
  readonly type: string;
  readonly fold: number;
  readonly content: string;
  readonly facts: ContentFacts;
  readonly labels: Float32Array;
}

const row = z.object({
  html_path: z.string(),
  url: z.string().nullish(),
  type: z.string().nullish(),
  gold_text: z.string().nullish(),
  gold_markdown: z.string().nullish(),
  gold_html: z.string().nullish(),
});

type Row = z.infer<typeof row>;

/** Sets of whole pages with all of their content; others hold fragments, or single sentences to look for. */
const SETS = [
  ...["cwced-zh", "daniel", "defuddle", "docs-pairs", "magic-article", "magic-forum", "newspaper"],
  ...["readability", "scrapinghub", "wcxb"],
];

/** Reads the sets that are there, of a folder as bench/README.md describes it. */
export async function readKnownPages(corpusDir: string, folds: number): Promise<KnownPage[]> {
  const pages: KnownPage[] = [];
  for (const set of SETS) {
    const index = join(corpusDir, set, "index.jsonl");
    if (!existsSync(index)) continue;
    const lines = (await readFile(index, "utf8")).split("\n").filter((line) => line !== "");
    for (const line of lines) {
      const known = await readKnownPage(join(corpusDir, set), row.parse(JSON.parse(line)));
      if (known !== null) pages.push({ ...known, set, fold: hashOf(known.site) % folds });
    }
  }
  return pages;
}

async function readKnownPage(folder: string, page: Row) {
  const content = contentOf(page);
  if (content.trim() === "") return null;
  const facts = gatherFacts(parseHtml(await readFile(join(folder, page.html_path), "utf8")));
  if (facts.survey.blocks.count === 0) return null;
  const labels = labelBlocks(facts.survey, content);
  // Content that is not on the page teaches nothing.
  if (!labels.some((label) => label > 0)) return null;
  const url = page.url ?? page.html_path;
  return { content, facts, labels, type: page.type ?? "all", site: getDomain(url) ?? url };
}

function contentOf({ gold_text, gold_markdown, gold_html }: Row): string {
  if (gold_text) return gold_text;
  if (gold_markdown) return gold_markdown.replace(LINK_TARGET, "]");
  return gold_html ? textOf(gold_html) : "";
}

const LINK_TARGET = /\]\([^)]*\)/g;

function textOf(html: string): string {
  const { data } = extractPage(html, {
    url: "http://page.invalid/",
    formats: ["text"],
    onlyMainContent: false,
  });
  return data.text ?? "";
}

function hashOf(text: string): number {
  let hash = 0;
  for (const char of text) hash = (Math.imul(hash, 31) + (char.codePointAt(0) ?? 0)) >>> 0;
  return hash;
}
