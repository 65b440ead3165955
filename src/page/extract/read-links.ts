import { Tag } from "../tree/tag.ts";
import type { Tree } from "../tree/tree.ts";
import { resolveUrl } from "../url/resolve-url.ts";
import { baseUrlOf } from "./base-url.ts";

/** Longer addresses carry data. */
const MAX_LINK_LENGTH = 4096;

/** Where the links of a page lead: absolute http(s) addresses without fragment, each once, in document order. */
export function readLinks(tree: Tree, { url }: { readonly url: string }): string[] {
  const baseUrl = baseUrlOf(tree, url);
  const written = new Set<string>();
  const links = new Set<string>();
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.A && tree.tag[node] !== Tag.AREA) continue;
    const href = tree.attribute(node, "href");
    if (href === null || written.has(href)) continue;
    written.add(href);
    const link = resolveUrl(baseUrl, href.trim());
    if (link !== null && link.length <= MAX_LINK_LENGTH) links.add(link);
  }
  return [...links];
}
