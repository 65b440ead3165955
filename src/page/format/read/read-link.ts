import { Trait } from "../../tree/tag.ts";
import type { Flow } from "./flow.ts";
import { foldTitle } from "./fold-title.ts";
import { holdsTrait } from "./holds-tag.ts";
import type { LinkTarget } from "./inline-collector.ts";
import { keptText } from "./kept-text.ts";
import { fragmentOf } from "./notes/note-names.ts";
import type { ElementReader, Reading } from "./reading.ts";

/** Signs by which a heading links to itself; characters for private use are those of icon fonts. */
const PERMALINK_TEXT = /^(?:[\s¶#§🔗⚓]|\uFE0E|\uFE0F|\p{Co})*$/u;
const PERMALINK_CLASS =
  /\b(?:headerlink|header-anchor|heading-anchor|anchorjs-link|anchor-link|permalink|hash-link|headinglink)\b/i;

/**
 * A link; without a target that a reader can go to it is text, as are headings that lead to a place in their own page.
 * The sign by which a heading links to itself is none.
 */
export const readLink: ElementReader = (reading, node, flow) => {
  if (isPermalink(reading, node, flow)) return;
  const link = isWithinPage(reading, node, flow) ? null : readTarget(reading, node);
  if (link === null) reading.children(node, flow);
  else flow.within({ kind: "link", link }, () => reading.children(node, flow));
};

function readTarget({ tree, addresses }: Reading, node: number): LinkTarget | null {
  const written = tree.attribute(node, "href");
  const href = written === null ? null : addresses.link(written);
  if (href === null) return null;
  const title = foldTitle(tree.attribute(node, "title") ?? "");
  return {
    href,
    title,
    onlyInHeading: holdsTrait(tree, node, Trait.HEADING),
    used: false,
    pictures: 0,
  };
}

/** A heading that leads to itself, or back to where the page lists it. */
function isWithinPage({ tree, selection }: Reading, node: number, flow: Flow): boolean {
  return flow.isHeading && fragmentOf(tree.attribute(node, "href"), selection.baseUrl) !== "";
}

function isPermalink({ tree, selection }: Reading, node: number, flow: Flow): boolean {
  const href = tree.attribute(node, "href");
  if (href === null || !href.includes("#")) return false;
  const className = tree.attribute(node, "class");
  if (className === null && !flow.isHeading) return false;
  const text = keptText(selection, node, 8);
  return PERMALINK_TEXT.test(text) && (flow.isHeading || PERMALINK_CLASS.test(className ?? ""));
}
