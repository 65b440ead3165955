import { Tag } from "../tree/tag.ts";
import type { Tree } from "../tree/tree.ts";
import { resolveLink } from "../url/resolve-url.ts";

/** A longer one would be repeated in each address of the page: far more would be written than was read. */
const MAX_BASE_LENGTH = 2048;

/** Against which the addresses of a page are resolved: its first `<base>` with an address, on its own URL. */
export function baseUrlOf(tree: Tree, url: string): string {
  const { tag } = tree;
  for (let node = tag.indexOf(Tag.BASE); node >= 0; node = tag.indexOf(Tag.BASE, node + 1)) {
    const href = tree.attribute(node, "href");
    if (href === null) continue;
    const base = href.length <= MAX_BASE_LENGTH ? resolveLink(url, href) : null;
    // Resolved it can be many times as long: each character outside of ASCII becomes up to twelve.
    return base !== null && base.length <= MAX_BASE_LENGTH ? base : url;
  }
  return url;
}
