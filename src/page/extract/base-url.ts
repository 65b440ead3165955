import { Tag } from "../tree/tag.ts";
import type { Tree } from "../tree/tree.ts";
import { resolveLink } from "../url/resolve-url.ts";

/** A longer one would be repeated in each address of the page: far more would be written than was read. */
const MAX_BASE_LENGTH = 2048;

/** Against which the addresses of a page are resolved: its first `<base>` with an address, on its own URL. */
export function baseUrlOf(tree: Tree, url: string): string {
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.BASE) continue;
    const href = tree.attribute(node, "href");
    if (href === null) continue;
    return (href.length <= MAX_BASE_LENGTH ? resolveLink(url, href) : null) ?? url;
  }
  return url;
}
