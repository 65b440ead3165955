import { Tag } from "../../../tree/tag.ts";
import type { Selection, Tree } from "../../../tree/tree.ts";
import { keptChildren } from "../kept-children.ts";
import { keptText } from "../kept-text.ts";
import { createNoteFinder, leadMark } from "./find-notes.ts";
import { findReferences } from "./find-references.ts";

/** Which elements are footnotes, and which refer to them. */
export interface NotePlan {
  readonly hasNotes: boolean;
  /** The label of the footnote that an element refers to; null for other elements. */
  referenceAt(node: number): string | null;
  /** The label of the footnote that an element is; null for other elements. */
  noteAt(node: number): string | null;
  /** True for a list most of whose items are footnotes. */
  isNoteList(list: number): boolean;
  /** True for what a footnote shows besides its text: its number, the way back to the reference. */
  isMark(node: number): boolean;
}

const NO_NOTES: NotePlan = {
  hasNotes: false,
  referenceAt: () => null,
  noteAt: () => null,
  isNoteList: () => false,
  isMark: () => false,
};

/** What a way back looks like, the note's own number in front of it among them. */
const WAY_BACK_TEXT = /^(?:[\s↩↵⏎⤴↑^⇑⬆←«[\]().\da-z*†‡§]|\uFE0E|\uFE0F){0,8}$/iu;

/** Finds the footnotes of a selection, by links, by what they are named, or by their numbers under a rule. */
export function planNotes(selection: Selection): NotePlan {
  const references = findReferences(selection);
  if (references.length === 0) return NO_NOTES;
  const findNote = createNoteFinder(selection);
  const labels = new Map<number, string>();
  const notes = new Map<number, string>();
  const taken = new Set<string>();
  for (const reference of references) {
    const note = isWithin(selection.tree, reference.node, notes) ? null : findNote(reference);
    if (note === null) continue;
    const label = notes.get(note) ?? newLabel(reference.label, taken);
    notes.set(note, label);
    labels.set(reference.node, label);
  }
  return notes.size === 0 ? NO_NOTES : createPlan(selection, labels, notes);
}

/** Labels are one word, and each note has its own. */
function newLabel(text: string, taken: Set<string>): string {
  const wanted = /^[\da-z]+$/i.test(text) ? text : String(taken.size + 1);
  let label = wanted;
  for (let copy = 2; taken.has(label); copy++) label = `${wanted}-${copy}`;
  taken.add(label);
  return label;
}

function isWithin(tree: Tree, node: number, notes: ReadonlyMap<number, string>): boolean {
  let around = node;
  while (around > 0 && !notes.has(around)) around = tree.parent[around] ?? 0;
  return around > 0;
}

function createPlan(
  selection: Selection,
  labels: ReadonlyMap<number, string>,
  notes: ReadonlyMap<number, string>,
): NotePlan {
  const { tree } = selection;
  const marks = new Set<number>();
  for (const note of notes.keys()) {
    const mark = leadMark(selection, note);
    if (mark !== null) marks.add(mark);
  }
  const isWayBack = (node: number): boolean =>
    tree.tag[node] === Tag.A &&
    /^[^?]*#/.test(tree.attribute(node, "href") ?? "") &&
    WAY_BACK_TEXT.test(keptText(selection, node, 16)) &&
    isWithin(tree, node, notes);
  return {
    hasNotes: true,
    referenceAt: (node) => labels.get(node) ?? null,
    noteAt: (node) => notes.get(node) ?? null,
    isNoteList: (list) => {
      const items = keptChildren(selection, list).filter((child) => tree.tag[child] === Tag.LI);
      const noteItems = items.filter((item) => notes.has(item));
      return noteItems.length > 0 && 2 * noteItems.length >= items.length;
    },
    isMark: (node) => marks.has(node) || isWayBack(node),
  };
}
