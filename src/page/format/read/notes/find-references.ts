import { Tag, Trait, traitsOf } from "../../../tree/tag.ts";
import type { Selection, Tree } from "../../../tree/tree.ts";
import { keptText } from "../kept-text.ts";
import { forEachKept } from "./for-each-kept.ts";
import { fragmentOf, labelIn, namesOf } from "./note-names.ts";

/** An element that looks like the number of a footnote in a text. */
export interface Reference {
  readonly node: number;
  /** What it shows, without brackets. */
  readonly label: string;
  /** The id that it leads to; "" where it leads nowhere, and only the label tells which note is meant. */
  readonly target: string;
}

const MAX_REFERENCES = 2000;
const MAX_LABEL_LENGTH = 20;

const NAMED_REFERENCE =
  /foot-?note|foot-?ref|note-?ref|fn-?ref|side-?note|end-?note|citation|(?:^|[\s_-])(?:fn|fna|ftn|ref|cite)(?:$|[\s\d_:-])/i;
/** Attributes by which scripts know the note of a reference. */
const TARGET_ATTRIBUTES = ["data-definition", "data-footnote", "data-fn", "data-note"];

/** Links, labels and raised numbers that may refer to footnotes. */
export function findReferences(selection: Selection): readonly Reference[] {
  const references: Reference[] = [];
  forEachKept(selection, (node) => {
    if (references.length >= MAX_REFERENCES) return;
    const reference = readReference(selection, node);
    if (reference !== null) references.push(reference);
  });
  return references;
}

function readReference(selection: Selection, node: number): Reference | null {
  const { tree } = selection;
  const tag = tree.tag[node];
  if (tag === Tag.A) return readLink(selection, node);
  if (tag === Tag.LABEL) return readLabel(selection, node);
  return tag === Tag.SUP ? readRaised(selection, node) : null;
}

function readLink(selection: Selection, node: number): Reference | null {
  const { tree, baseUrl } = selection;
  const href = tree.attribute(node, "href");
  if (href === null || !href.includes("#")) return null;
  const text = keptText(selection, node, MAX_LABEL_LENGTH).trim();
  const label = labelIn(text);
  if (label === "" || !(/^\[.*\]$/.test(text) || isNamedReference(tree, node))) return null;
  const target = fragmentOf(href, baseUrl) || (href === "#" ? attributeTarget(tree, node) : "");
  return target === "" ? null : { node, label, target };
}

function readLabel(selection: Selection, node: number): Reference | null {
  const target = selection.tree.attribute(node, "for");
  const label = labelIn(keptText(selection, node, MAX_LABEL_LENGTH));
  if (target === null || label === "" || !isNamedReference(selection.tree, node)) return null;
  return { node, label, target };
}

/** A raised number is a footnote's only where it stands after a word or a sentence: others are powers. */
function readRaised({ tree, keep, ...rest }: Selection, node: number): Reference | null {
  const label = labelIn(keptText({ tree, keep, ...rest }, node, MAX_LABEL_LENGTH));
  const isAfterText = tree.tag[node - 1] === Tag.TEXT && AFTER_TEXT.test(tree.text(node - 1));
  const isPlain = (tree.end[node] ?? 0) === node + 2 && tree.tag[node + 1] === Tag.TEXT;
  return /^\d+$/.test(label) && isPlain && isAfterText ? { node, label, target: "" } : null;
}

const AFTER_TEXT = /(?:\p{L}{3}|\p{P})\s?$/u;

function isNamedReference(tree: Tree, link: number): boolean {
  let node = link;
  for (let level = 0; level < 3; level++) {
    if (tree.tag[node] === Tag.SUP) return true;
    if (namesOf(tree, node).some((name) => NAMED_REFERENCE.test(name))) return true;
    node = tree.parent[node] ?? 0;
    if (traitsOf(tree.tag[node] ?? 0) & Trait.BLOCK) break;
  }
  const end = tree.end[link] ?? link;
  for (let n = link + 1; n < end; n++) if (tree.tag[n] === Tag.SUP) return true;
  return false;
}

function attributeTarget(tree: Tree, link: number): string {
  let node = link;
  for (let level = 0; level < 3; level++) {
    for (const name of TARGET_ATTRIBUTES) {
      const target = tree.attribute(node, name);
      if (target) return target;
    }
    node = tree.parent[node] ?? 0;
  }
  return "";
}
