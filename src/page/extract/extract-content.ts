import type { TraceStep } from "../../contract/page.ts";
import type { Selection, Tree } from "../tree/tree.ts";

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
export function extractContent(_tree: Tree, _options: ExtractOptions): Extraction {
  throw new Error("being written");
}
