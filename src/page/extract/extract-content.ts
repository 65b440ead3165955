import type { TraceStep } from "../../contract/page.ts";
import { Tag } from "../tree/tag.ts";
import type { Selection, Tree } from "../tree/tree.ts";
import { Hint, readHints } from "./hints.ts";
import { isProse, type Survey, sumIn, surveyPage } from "./survey.ts";

export interface ExtractOptions {
  /** Where the page came from, after redirects: `<base>` is resolved against it. */
  readonly url: string;
  readonly onlyMainContent: boolean;
  /** CSS selectors of what the content is; empty: the engine chooses. */
  readonly includeSelectors: readonly string[];
  readonly excludeSelectors: readonly string[];
}

export interface Extraction {
  readonly content: Selection;
  /** Empty unless asked for. */
  readonly trace: readonly TraceStep[];
}

/** Chooses the main content of a page. Never throws on ugly HTML: it returns less. */
export function extractContent(tree: Tree, options: ExtractOptions): Extraction {
  const survey = surveyPage(tree);
  const keep = new Uint8Array(tree.size).fill(1);
  if (options.onlyMainContent) dropNoise(survey, keep);
  const root = options.onlyMainContent ? chooseRoot(survey, keep) : 0;
  return { content: { tree, keep, root, baseUrl: options.url }, trace: [] };
}

const NOISE =
  Hint.NAVIGATION |
  Hint.FOOTER |
  Hint.CONSENT |
  Hint.OVERLAY |
  Hint.SHARE |
  Hint.PROMOTION |
  Hint.RELATED |
  Hint.PAGER |
  Hint.ACCOUNT |
  Hint.BREADCRUMB |
  Hint.ADVERTISEMENT |
  Hint.FORM |
  Hint.HEADER |
  Hint.ASIDE |
  Hint.COMMENTS;

function dropNoise(survey: Survey, keep: Uint8Array): void {
  const { tree, sums, blocks } = survey;
  const hints = readHints(tree);
  const h1 = tree.tag.indexOf(Tag.H1);
  const words = sums.words[blocks.count] ?? 0;
  const prose = sums.proseLength[blocks.count] ?? 0;
  for (let node = 1; node < tree.size; node++) {
    const end = tree.end[node] ?? tree.size;
    const isNoise =
      ((hints[node] ?? 0) & NOISE) > 0 &&
      !(h1 >= node && h1 < end) &&
      sumIn(survey, sums.proseLength, node) <= prose * 0.2 &&
      sumIn(survey, sums.words, node) <= words * 0.5;
    if (!isNoise) continue;
    keep[node] = 0;
    node = end - 1;
  }
}

/** The deepest element that holds most of what is left. */
function chooseRoot(survey: Survey, keep: Uint8Array): number {
  const { tree, blocks } = survey;
  const weights = new Float64Array(tree.size + 1);
  let dropped = 0;
  let block = 0;
  for (let node = 0; node < tree.size; node++) {
    if (keep[node] === 0 && node >= dropped) dropped = tree.end[node] ?? 0;
    let weight = 0;
    if (block < blocks.count && blocks.start[block] === node) {
      const text = (blocks.length[block] ?? 0) - (blocks.linkLength[block] ?? 0);
      if (node >= dropped) weight = isProse(blocks, block) ? text : text * 0.3;
      block += 1;
    }
    weights[node + 1] = (weights[node] ?? 0) + weight;
  }
  const enough = (weights[tree.size] ?? 0) * 0.75;
  let root = 0;
  for (let node = 1; node < tree.size; node++) {
    const weight = (weights[tree.end[node] ?? 0] ?? 0) - (weights[node] ?? 0);
    const isDeeper = (tree.depth[node] ?? 0) > (tree.depth[root] ?? 0);
    if (survey.isBorder[node] === 1 && isDeeper && weight >= enough) root = node;
  }
  return root;
}
