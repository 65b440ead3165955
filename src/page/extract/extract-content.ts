import { compileSelector, selectNodes } from "../tree/select.ts";
import { SelectorSteps } from "../tree/selector-steps.ts";
import type { Selection, Tree } from "../tree/tree.ts";
import { baseUrlOf } from "./base-url.ts";
import { gatherFacts } from "./content/content-facts.ts";
import { explainPicks } from "./content/explain-picks.ts";
import { judgeBlocks } from "./content/judge-blocks.ts";
import { isMachinery, keepNodes } from "./content/keep-nodes.ts";
import { pickBlocks } from "./content/pick-blocks.ts";
import { tidyPicks } from "./content/tidy/tidy-picks.ts";
import { NO_TRACE, type Trace } from "./trace.ts";

export interface ExtractOptions {
  /** Where the page came from, after redirects: `<base>` is resolved against it. */
  readonly url: string;
  readonly onlyMainContent: boolean;
  /** CSS selectors of what the content is; empty: the engine chooses. */
  readonly includeSelectors: readonly string[];
  readonly excludeSelectors: readonly string[];
}

/** Chooses the main content of a page. Never throws on ugly HTML: it returns less. */
export function extractContent(
  tree: Tree,
  options: ExtractOptions,
  trace: Trace = NO_TRACE,
): Selection {
  const selectors = new Selectors(tree);
  const keep = chooseNodes(selectors, options, trace);
  trace.run(
    "exclude",
    () => dropSelected(selectors, options.excludeSelectors, keep),
    () => selectors.notes,
  );
  return { tree, keep, root: 0, baseUrl: baseUrlOf(tree, options.url) };
}

function chooseNodes(selectors: Selectors, options: ExtractOptions, trace: Trace): Uint8Array {
  const { tree } = selectors;
  if (options.includeSelectors.length > 0) {
    return trace.run("include", () => keepSelected(selectors, options.includeSelectors));
  }
  if (!options.onlyMainContent) return trace.run("whole page", () => keepEverything(tree));
  return keepMainContent(tree, trace);
}

/** The steps by which content is told from what stands around it. */
function keepMainContent(tree: Tree, trace: Trace): Uint8Array {
  const facts = trace.run("survey", () => gatherFacts(tree));
  const { likelihood } = trace.run("judge", () => judgeBlocks(facts));
  const { words } = facts.survey.blocks;
  const picked = trace.run("pick", () => pickBlocks(likelihood, words));
  trace.run(
    "tidy",
    () => tidyPicks({ content: facts, likelihood, picked }),
    (rules) => [...rules, ...explainPicks(facts, picked)],
  );
  return trace.run("keep", () => keepNodes(facts.survey, picked));
}

/** The page as it is, without what no reader sees. */
function keepEverything(tree: Tree): Uint8Array {
  const keep = new Uint8Array(tree.size);
  for (let node = 0; node < tree.size; node++) {
    if (isMachinery(tree, node)) node = (tree.end[node] ?? tree.size) - 1;
    else keep[node] = 1;
  }
  return keep;
}

/** What the caller calls the content, and what is around it. */
function keepSelected(selectors: Selectors, include: readonly string[]): Uint8Array {
  const { tree } = selectors;
  const whole = keepEverything(tree);
  const keep = new Uint8Array(tree.size);
  for (const node of selectors.outermost(include)) {
    keep.set(whole.subarray(node, tree.end[node]), node);
    for (let up = tree.parent[node] ?? -1; up >= 0 && keep[up] !== 1; up = tree.parent[up] ?? -1) {
      keep[up] = 1;
    }
  }
  keep[0] = 1;
  return keep;
}

function dropSelected(selectors: Selectors, exclude: readonly string[], keep: Uint8Array): void {
  for (const node of selectors.outermost(exclude)) keep.fill(0, node, selectors.tree.end[node]);
}

/** Finds what a request's selectors match on one page, all of them within one budget of steps. */
class Selectors {
  readonly tree: Tree;
  readonly #steps = new SelectorSteps();

  constructor(tree: Tree) {
    this.tree = tree;
  }

  get notes(): string[] {
    return this.#steps.areUsedUp ? ["selectors given up: too many steps on a page like this"] : [];
  }

  /** In document order; what is inside of another one that is selected is left out. */
  outermost(selectors: readonly string[]): readonly number[] {
    const found = selectors.flatMap((selector) => {
      const matcher = compileSelector(selector);
      return matcher === null ? [] : selectNodes(this.tree, matcher, this.#steps);
    });
    let end = 0;
    return found
      .sort((a, b) => a - b)
      .filter((node) => {
        if (node < end) return false;
        end = this.tree.end[node] ?? end;
        return true;
      });
  }
}
