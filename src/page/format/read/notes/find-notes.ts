import { Tag, Trait, traitsOf } from "../../../tree/tag.ts";
import type { Selection, Tree } from "../../../tree/tree.ts";
import { keptText } from "../kept-text.ts";
import type { Reference } from "./find-references.ts";
import { forEachKept } from "./for-each-kept.ts";
import { fragmentOf, labelIn, namesOf } from "./note-names.ts";

/** Finds the footnote that a reference means; null where it means none. */
export type NoteFinder = (reference: Reference) => number | null;

/** A note is short; whatever holds headings is a section. */
const MAX_NOTE_NODES = 500;

const NAMED_NOTE =
  /foot-?(?:note|def)|end-?note|side-?note|cite_note|(?:^|[\s_-])(?:fn|fna|ftn|edn|note|bib|ref)(?:$|[\s\d_:.-])|^_?(?:fn|ftn|edn|ref)[\w.:-]*$/i;
/** How ids of notes are made of their numbers. */
const ID_PREFIXES = ["footnote-", "fn-", "fn:", "fn", "fn_", "note-", "note", "ref-", "ref"];
const NOTES_HEADING =
  /^\s*(?:foot-?\s?notes?|end-?\s?notes?|notes?|references?|anmerkungen|fußnoten|notes et références|notas|note|примечания|przypisy|脚注|注釈|注释|註釋|각주)\s*:?\s*$/i;

export function createNoteFinder(selection: Selection): NoteFinder {
  const nodeById = findIds(selection);
  let leads: ReadonlyMap<string, Lead> | null = null;
  return (reference) => {
    const { tree } = selection;
    const byId = idsOf(reference).map((id) => nodeById.get(id));
    for (const anchor of byId) {
      const note = anchor === undefined ? null : noteAround(selection, anchor, reference);
      if (note !== null) return note;
    }
    leads ??= findLeads(selection);
    const lead = leads.get(reference.label);
    if (!lead || lead.block < reference.node) return null;
    const isMeant = lead.isWayBack || lead.boundary > reference.node;
    return isMeant && !isSection(tree, lead.block) ? lead.block : null;
  };
}

function idsOf({ target, label }: Reference): readonly string[] {
  return target === "" ? ID_PREFIXES.map((prefix) => prefix + label) : [target];
}

/** The block that an id marks as a note. Notes come after what refers to them. */
function noteAround(
  { tree, baseUrl }: Selection,
  anchor: number,
  reference: Reference,
): number | null {
  const note = blockAround(tree, anchor);
  if (note <= reference.node || isSection(tree, note)) return null;
  const isNamed =
    NAMED_NOTE.test(tree.attribute(anchor, "id") ?? "") ||
    namesOf(tree, note).some((name) => NAMED_NOTE.test(name));
  return isNamed || leadsBack(tree, note, idsAround(tree, reference.node), baseUrl) ? note : null;
}

function findIds(selection: Selection): ReadonlyMap<string, number> {
  const { tree } = selection;
  const nodeById = new Map<string, number>();
  forEachKept(selection, (node) => {
    if (tree.tag[node] === Tag.TEXT || tree.tag[node] === Tag.INPUT) return;
    const name = tree.tag[node] === Tag.A ? tree.attribute(node, "name") : null;
    const id = tree.attribute(node, "id") ?? name;
    if (id !== null && !nodeById.has(id)) nodeById.set(id, node);
  });
  return nodeById;
}

/** A block that begins with a label. */
interface Lead {
  readonly block: number;
  /** The rule or heading before it that parts notes from the text; -1 without one. */
  readonly boundary: number;
  /** The label is a link to where it came from. */
  readonly isWayBack: boolean;
}

function findLeads(selection: Selection): ReadonlyMap<string, Lead> {
  const { tree } = selection;
  const leads = new Map<string, Lead>();
  let boundary = -1;
  forEachKept(selection, (node) => {
    const tag = tree.tag[node];
    if (isBoundary(selection, node)) boundary = node;
    if (tag !== Tag.P && tag !== Tag.LI) return;
    const mark = leadMark(selection, node);
    const label = mark === null ? "" : labelIn(keptText(selection, mark));
    if (mark === null || label === "") return;
    const isWayBack = /ftnref|fnref|footnoteref/i.test(linkWithin(tree, mark));
    if (isWayBack || boundary >= 0) leads.set(label, { block: node, boundary, isWayBack });
  });
  return leads;
}

function isBoundary(selection: Selection, node: number): boolean {
  const { tree } = selection;
  if (tree.tag[node] === Tag.HR) return true;
  const isHeading = (traitsOf(tree.tag[node] ?? 0) & Trait.HEADING) > 0;
  return isHeading && NOTES_HEADING.test(keptText(selection, node, 40));
}

function linkWithin(tree: Tree, node: number): string {
  const end = tree.end[node] ?? node;
  for (let n = node; n < end; n++)
    if (tree.tag[n] === Tag.A) return tree.attribute(n, "href") ?? "";
  return "";
}

/** The element at the head of a block that shows nothing but a label: raised, bold, or a link. */
export function leadMark(selection: Selection, block: number): number | null {
  const { tree, keep } = selection;
  const end = tree.end[block] ?? block;
  let text = block + 1;
  while (text < end && (tree.tag[text] !== Tag.TEXT || tree.text(text).trim() === "")) {
    text = keep[text] === 1 || tree.tag[text] === Tag.TEXT ? text + 1 : (tree.end[text] ?? end);
  }
  if (text >= end || labelIn(tree.text(text)) === "") return null;
  let mark: number | null = null;
  for (let node = tree.parent[text] ?? 0; node > block; node = tree.parent[node] ?? 0) {
    if (labelIn(keptText(selection, node, 20)) === "") break;
    mark = node;
  }
  return mark;
}

/** Ids by which a note may lead back to a reference. */
function idsAround(tree: Tree, reference: number): ReadonlySet<string> {
  const ids = new Set<string>();
  let node = reference;
  for (let level = 0; level < 3 && node > 0; level++) {
    const id = tree.attribute(node, "id") ?? tree.attribute(node, "name");
    if (id !== null) ids.add(id);
    node = tree.parent[node] ?? 0;
  }
  return ids;
}

function leadsBack(tree: Tree, note: number, ids: ReadonlySet<string>, baseUrl: string): boolean {
  const end = tree.end[note] ?? note;
  for (let n = note; n < end; n++) {
    if (tree.tag[n] === Tag.A && ids.has(fragmentOf(tree.attribute(n, "href"), baseUrl)))
      return true;
  }
  return false;
}

function isSection(tree: Tree, note: number): boolean {
  const end = tree.end[note] ?? note;
  if (end - note > MAX_NOTE_NODES) return true;
  for (let n = note; n < end; n++) if (traitsOf(tree.tag[n] ?? 0) & Trait.HEADING) return true;
  return false;
}

/** An id may stand on a mark at the head of a note. */
function blockAround(tree: Tree, anchor: number): number {
  let node = anchor;
  while (node > 0 && !(traitsOf(tree.tag[node] ?? 0) & Trait.BLOCK)) node = tree.parent[node] ?? 0;
  return node;
}
