import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";

const APART_TAGS: ReadonlySet<number> = new Set([Tag.NAV, Tag.FOOTER, Tag.ASIDE, Tag.STYLE]);
const APART_NAMES =
  /(?:^|[\s_-])(?:comment|comments|commentlist|respond|related|recommended|sidebar|widget|footer|popular|trending|more-from|read-next|newsletter|reviews?|testimonials?|carousel|promo|advert(?:isement)?)(?:$|[\s_-])/i;

/** Whether a node belongs to something beside the article: comments, other articles, the page's frame. */
export function isApart(tree: Tree, node: number): boolean {
  for (let around = node; around > 0; around = tree.parent[around] ?? 0) {
    const tag = tree.tag[around] ?? 0;
    if (tag === Tag.BODY || tag === Tag.MAIN) return false;
    if (APART_TAGS.has(tag)) return true;
    const names = `${tree.attribute(around, "class") ?? ""} ${tree.attribute(around, "id") ?? ""}`;
    if (names !== " " && APART_NAMES.test(names)) return true;
  }
  return false;
}
