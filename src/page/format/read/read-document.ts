import { Tag } from "../../tree/tag.ts";
import type { Selection } from "../../tree/tree.ts";
import { AddressRoom } from "../../url/address-room.ts";
import type { Block, Document, Inline, Note } from "../document.ts";
import { Addresses } from "./addresses.ts";
import { readerOf } from "./element-readers.ts";
import { Flow, type FlowKind } from "./flow.ts";
import { type NotePlan, planNotes } from "./notes/plan-notes.ts";
import { readText } from "./read-text.ts";
import type { Reading } from "./reading.ts";

/**
 * Reads what is selected of a page: the first half of the way to every format. Takes time linear in its size. A link
 * whose address finds no room is its text, and a picture its alternative text.
 */
export function readDocument(
  selection: Selection,
  room = new AddressRoom(Number.POSITIVE_INFINITY),
): Document {
  const flow = new Flow({ kind: "blocks" });
  const reading = new DocumentReading(selection, room);
  reading.node(selection.root, flow);
  for (const note of reading.marginNotes) flow.block(note);
  return flow.finish();
}

/** Nodes between two notations of one formula. */
const MAX_COPY_DISTANCE = 4;

class DocumentReading implements Reading {
  readonly selection: Selection;
  readonly tree: Selection["tree"];
  readonly addresses: Addresses;
  readonly notes: NotePlan;
  readonly marginNotes: Note[] = [];
  readonly last = { image: "", isFallback: false };
  #lastTex = "";
  #lastMathEnd = -MAX_COPY_DISTANCE;

  constructor(selection: Selection, room: AddressRoom) {
    this.selection = selection;
    this.tree = selection.tree;
    this.addresses = new Addresses(selection.baseUrl, room);
    this.notes = planNotes(selection);
  }

  node(node: number, flow: Flow): void {
    const tag = this.tree.tag[node] ?? Tag.TEXT;
    if (tag === Tag.TEXT) {
      readText(this.tree.text(node), flow);
      return;
    }
    if (this.#readNotePart(node, flow)) return;
    const read = readerOf(tag);
    if (read) read(this, node, flow);
    else this.children(node, flow);
  }

  children(node: number, flow: Flow): void {
    const { tree } = this;
    const { keep } = this.selection;
    const end = tree.end[node] ?? node;
    for (let child = node + 1; child < end; child = tree.end[child] ?? end) {
      // Formulas may stand in scripts, which no selection holds: their reader looks at what they are.
      if (keep[child] === 1 || tree.tag[child] === Tag.SCRIPT) this.node(child, flow);
    }
  }

  /** Whether an element is a footnote or belongs to one, and has been read as such. */
  #readNotePart(node: number, flow: Flow): boolean {
    const { notes } = this;
    const reference = notes.referenceAt(node);
    if (reference !== null) flow.atom({ kind: "note-reference", label: reference });
    if (reference !== null || notes.isMark(node)) return true;
    const label = flow.takesBlocks ? notes.noteAt(node) : null;
    if (label === null) return false;
    const blocks = this.blocks(node, flow);
    if (blocks.length > 0) flow.block({ kind: "note", label, blocks });
    return true;
  }

  /** It becomes a footnote, unless the page has it among its footnotes as well. */
  marginNote(node: number, flow: Flow): void {
    if (this.notes.hasNotes) return;
    const blocks = this.blocks(node, new Flow({ kind: "blocks" }));
    if (blocks.length === 0) return;
    const label = `s${this.marginNotes.length + 1}`;
    this.marginNotes.push({ kind: "note", label, blocks });
    flow.atom({ kind: "note-reference", label });
  }

  isCopy(node: number, tex: string): boolean {
    const distance = node - this.#lastMathEnd;
    const isCopy = tex === this.#lastTex && distance >= 0 && distance <= MAX_COPY_DISTANCE;
    this.#lastTex = tex;
    this.#lastMathEnd = this.tree.end[node] ?? node;
    return isCopy;
  }

  blocks(node: number, flow: Flow): readonly Block[] {
    const inner = flow.inner("blocks");
    this.children(node, inner);
    return inner.finish();
  }

  line(node: number, flow: Flow, kind: Exclude<FlowKind, "blocks"> = "line"): readonly Inline[] {
    const inner = flow.inner(kind);
    this.children(node, inner);
    return inner.finishLine();
  }
}
