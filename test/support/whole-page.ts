import { parseHtml } from "../../src/page/tree/parse-html.ts";
import type { Selection } from "../../src/page/tree/tree.ts";

/** A page of which everything is content; `keep` may still be changed. */
export function wholePage(html: string, baseUrl = "https://example.com/"): Selection {
  const tree = parseHtml(html);
  return { tree, keep: new Uint8Array(tree.size).fill(1), root: 0, baseUrl };
}
