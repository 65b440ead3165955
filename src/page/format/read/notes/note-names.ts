import type { Tree } from "../../../tree/tree.ts";

/** The number or sign of a footnote, alone or in brackets. */
const LABEL = /^[[(]?\s*([\da-z]{1,4}|[ivxlc]{1,6}|[*†‡§¶]{1,3})\s*[\])]?[.:]?$/i;

/** The label that a text is; "" for other texts. */
export function labelIn(text: string): string {
  return LABEL.exec(text.trim())?.[1] ?? "";
}

/** What elements say of themselves in the attributes that name them. */
export function namesOf(tree: Tree, node: number): string[] {
  return ["class", "id", "role", "epub:type", "rel"]
    .map((name) => tree.attribute(node, name))
    .filter((value) => value !== null);
}

/** The id that an address leads to; "" for addresses of other pages. */
export function fragmentOf(href: string | null, baseUrl: string): string {
  const written = href === null ? "" : withinPage(href, baseUrl);
  try {
    return decodeURIComponent(written);
  } catch {
    // Percent signs that encode nothing are part of the id.
    return written;
  }
}

/** Some pages write out their own address. */
function withinPage(href: string, baseUrl: string): string {
  const [address = "", fragment = ""] = href.split(/#(.*)/s);
  const [page = ""] = baseUrl.split("#", 1);
  return address === "" || address === page ? fragment : "";
}
