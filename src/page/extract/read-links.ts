import { Tag } from "../tree/tag.ts";
import type { Tree } from "../tree/tree.ts";
import { AddressRoom } from "../url/address-room.ts";
import { resolveUrl } from "../url/resolve-url.ts";
import { baseUrlOf } from "./base-url.ts";

/**
 * Where the links of a page lead: absolute http(s) addresses without fragment, each once, in document order, as far
 * as there is room for them.
 */
export function readLinks(
  tree: Tree,
  { url }: { readonly url: string },
  room = new AddressRoom(Number.POSITIVE_INFINITY),
): string[] {
  const baseUrl = baseUrlOf(tree, url);
  const written = new Set<string>();
  const links = new Set<string>();
  for (let node = 1; node < tree.size && !room.isFull; node++) {
    if (tree.tag[node] !== Tag.A && tree.tag[node] !== Tag.AREA) continue;
    const href = tree.attribute(node, "href");
    if (href === null || written.has(href)) continue;
    written.add(href);
    const link = resolveUrl(baseUrl, href.trim());
    if (link !== null && !links.has(link) && room.take(link)) links.add(link);
  }
  return [...links];
}
