import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import type { Selection, Tree } from "../../tree/tree.ts";
import { keptText } from "./kept-text.ts";

/** Which links are numbers of footnotes, and which elements are the footnotes that they lead to. */
export interface NotePlan {
  /** The label of the footnote that a link leads to; null for other links. */
  labelOf(link: number): string | null;
  /** The label of the footnote that an element is; null for other elements. */
  noteAt(node: number): string | null;
  /** True for a list most of whose items are footnotes. */
  isNoteList(list: number): boolean;
  /** True for a link in a footnote that leads back to its number in the text. */
  isWayBack(link: number): boolean;
}

const NO_NOTES: NotePlan = {
  labelOf: () => null,
  noteAt: () => null,
  isNoteList: () => false,
  isWayBack: () => false,
};

const MAX_REFERENCES = 2000;
/** A note is short; whatever holds headings is a section. */
const MAX_NOTE_NODES = 500;

const LABEL = /^[[(^]*\s*([\da-z]{1,4}|[ivxlc]{1,6}|[*†‡§¶]{1,3})\s*[\])]*$/i;
const NAMED_REFERENCE =
  /foot-?note|note-?ref|fn-?ref|side-?note|end-?note|citation|(?:^|[\s_-])(?:fn|ftn|ref|cite)(?:$|[\s\d_:-])/i;
const NAMED_NOTE =
  /foot-?note|end-?note|side-?note|cite_note|(?:^|[\s_-])(?:fn|ftn|edn|note|bib|ref)(?:$|[\s\d_:.-])|^_?(?:fn|ftn|edn)[\w-]*$/i;
/** What a way back looks like, the note's own number in front of it among them. */
const WAY_BACK_TEXT = /^(?:[\s↩↵⏎⤴↑^⇑⬆←«[\]().\da-z*†‡§]|\uFE0E|\uFE0F){0,8}$/iu;

/**
 * Finds footnotes: links whose text is a number or a sign, and that lead to an element of the selection which
 * leads back or is named a note.
 */
export function planNotes(selection: Selection): NotePlan {
  const references = findReferences(selection);
  if (references.length === 0) return NO_NOTES;
  const nodeById = findIds(selection);
  const labels = new Map<number, string>();
  const notes = new Map<number, string>();
  const taken = new Set<string>();
  for (const { link, target, text } of references) {
    const note = noteOf(selection.tree, nodeById.get(target), link, target);
    if (note === null) continue;
    const label = notes.get(note) ?? newLabel(text, taken);
    notes.set(note, label);
    labels.set(link, label);
  }
  return notes.size === 0 ? NO_NOTES : createPlan(selection, labels, notes);
}

interface Reference {
  readonly link: number;
  /** The id that it leads to. */
  readonly target: string;
  readonly text: string;
}

/** Links that look like the numbers of footnotes. */
function findReferences(selection: Selection): readonly Reference[] {
  const references: Reference[] = [];
  forEachKept(selection, (node) => {
    if (selection.tree.tag[node] !== Tag.A || references.length >= MAX_REFERENCES) return;
    const target = fragmentOf(selection.tree.attribute(node, "href"));
    const text = target === "" ? "" : labelText(selection, node);
    if (text !== "" && isReference(selection.tree, node)) {
      references.push({ link: node, target, text });
    }
  });
  return references;
}

function findIds(selection: Selection): ReadonlyMap<string, number> {
  const nodeById = new Map<string, number>();
  const { tree } = selection;
  forEachKept(selection, (node) => {
    if (tree.tag[node] === Tag.TEXT) return;
    const name = tree.tag[node] === Tag.A ? tree.attribute(node, "name") : null;
    const id = tree.attribute(node, "id") ?? name;
    if (id !== null && !nodeById.has(id)) nodeById.set(id, node);
  });
  return nodeById;
}

function forEachKept({ tree, keep, root }: Selection, visit: (node: number) => void): void {
  const end = tree.end[root] ?? root;
  for (let node = root; node < end; node++) {
    if (keep[node] === 1 || node === root) visit(node);
    else node = (tree.end[node] ?? end) - 1;
  }
}

/** The id that an address within the page leads to; "" for others. */
function fragmentOf(href: string | null): string {
  if (href === null || !href.startsWith("#")) return "";
  try {
    return decodeURIComponent(href.slice(1));
  } catch {
    // Percent signs that encode nothing are part of the id.
    return href.slice(1);
  }
}

/** The footnote that a link leads to; null where it is no footnote. */
function noteOf(
  tree: Tree,
  anchor: number | undefined,
  link: number,
  target: string,
): number | null {
  if (anchor === undefined) return null;
  const note = blockAround(tree, anchor);
  if (note <= link && link < (tree.end[note] ?? note)) return null;
  const isNamed =
    NAMED_NOTE.test(target) || namesOf(tree, note).some((name) => NAMED_NOTE.test(name));
  const isNote = isNamed || leadsBack(tree, note, idsAround(tree, link));
  return isNote && !isSection(tree, note) ? note : null;
}

function labelText(selection: Selection, link: number): string {
  return LABEL.exec(keptText(selection, link, 20).trim())?.[1] ?? "";
}

/** Footnotes' numbers are raised, or named what they are. */
function isReference(tree: Tree, link: number): boolean {
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

function namesOf(tree: Tree, node: number): string[] {
  return ["class", "id", "role", "epub:type", "rel"]
    .map((name) => tree.attribute(node, name))
    .filter((value) => value !== null);
}

/** Ids by which a note may lead back to a link. */
function idsAround(tree: Tree, link: number): Set<string> {
  const ids = new Set<string>();
  let node = link;
  for (let level = 0; level < 3 && node > 0; level++) {
    const id = tree.attribute(node, "id") ?? tree.attribute(node, "name");
    if (id !== null) ids.add(id);
    node = tree.parent[node] ?? 0;
  }
  return ids;
}

function leadsBack(tree: Tree, note: number, ids: ReadonlySet<string>): boolean {
  const end = Math.min(tree.end[note] ?? note, note + MAX_NOTE_NODES);
  for (let n = note; n < end; n++) {
    if (tree.tag[n] === Tag.A && ids.has(fragmentOf(tree.attribute(n, "href")))) return true;
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

/** Labels are one word, and each note has its own. */
function newLabel(text: string, taken: Set<string>): string {
  const wanted = /^[\da-z]+$/i.test(text) ? text : String(taken.size + 1);
  let label = wanted;
  for (let copy = 2; taken.has(label); copy++) label = `${wanted}-${copy}`;
  taken.add(label);
  return label;
}

function createPlan(
  { tree, keep }: Selection,
  labels: ReadonlyMap<number, string>,
  notes: ReadonlyMap<number, string>,
): NotePlan {
  const isInNote = (node: number): boolean => {
    let around = node;
    while (around > 0 && !notes.has(around)) around = tree.parent[around] ?? 0;
    return around > 0;
  };
  return {
    labelOf: (link) => labels.get(link) ?? null,
    noteAt: (node) => notes.get(node) ?? null,
    isNoteList: (list) => {
      let [items, noteItems] = [0, 0];
      const end = tree.end[list] ?? list;
      for (let n = list + 1; n < end; n = tree.end[n] ?? end) {
        if (tree.tag[n] !== Tag.LI || keep[n] !== 1) continue;
        items++;
        if (notes.has(n)) noteItems++;
      }
      return noteItems > 0 && 2 * noteItems >= items;
    },
    isWayBack: (link) =>
      fragmentOf(tree.attribute(link, "href")) !== "" &&
      WAY_BACK_TEXT.test(keptText({ tree, keep, root: link, baseUrl: "" }, link, 16)) &&
      isInNote(link),
  };
}
