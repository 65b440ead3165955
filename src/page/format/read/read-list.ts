import { Tag, traitsOf } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import type { Block, List, ListItem } from "../document.ts";
import type { Flow } from "./flow.ts";
import { keptChildren } from "./kept-children.ts";
import type { ElementReader, Reading } from "./reading.ts";

interface OpenItem {
  readonly flow: Flow;
  /** An item as the page has it, without anything inside: kept, since numbers depend on it. */
  readonly isBlank: boolean;
  readonly hasParagraph: boolean;
  /** No item on the page: what stood in front of the first one. */
  readonly isStray: boolean;
}

/** What may stand between a list and its items without being one of them. */
const WRAPPERS: ReadonlySet<number> = new Set([
  Tag.DIV,
  Tag.SPAN,
  Tag.SECTION,
  Tag.FORM,
  Tag.TBODY,
]);

/** A list, also one whose items are wrapped or that holds text or lists between its items. */
export const readList: ElementReader = (reading, node, flow) => {
  if (reading.notes.isNoteList(node) || !flow.takesBlocks)
    return readItemsInLine(reading, node, flow);
  const items: OpenItem[] = [];
  collectItems(reading, node, flow, items);
  const list = toList(reading.tree, node, items);
  if (list === null) flow.border();
  else flow.block(list);
};

function readItemsInLine(reading: Reading, node: number, flow: Flow): void {
  const isCell = flow.kind === "cell";
  let number = readStart(reading.tree, node);
  flow.border();
  for (const child of keptChildren(reading.selection, node)) {
    flow.border();
    if (isCell && reading.tree.tag[child] === Tag.LI) {
      flow.text(number === null ? "• " : `${number++}. `);
      reading.children(child, flow);
    } else reading.node(child, flow);
  }
  flow.border();
}

function collectItems(reading: Reading, node: number, flow: Flow, items: OpenItem[]): void {
  const { tree } = reading;
  for (const child of keptChildren(reading.selection, node)) {
    const tag = tree.tag[child] ?? Tag.TEXT;
    if (tag === Tag.LI) items.push(readItem(reading, child, flow));
    else if (isWrapper(reading, child)) collectItems(reading, child, flow, items);
    else if (tag !== Tag.TEXT || tree.text(child).trim() !== "") {
      reading.node(child, strayFlow(flow, items));
    }
  }
}

/** What stands between items belongs to the one before. */
function strayFlow(flow: Flow, items: OpenItem[]): Flow {
  const before = items.at(-1);
  if (before) return before.flow;
  const stray = flow.inner("blocks");
  items.push({ flow: stray, isBlank: false, hasParagraph: false, isStray: true });
  return stray;
}

function readItem(reading: Reading, node: number, flow: Flow): OpenItem {
  const inner = flow.inner("blocks");
  reading.children(node, inner);
  const children = keptChildren(reading.selection, node);
  return {
    flow: inner,
    isBlank: (reading.tree.end[node] ?? 0) === node + 1,
    hasParagraph: children.some((child) => reading.tree.tag[child] === Tag.P),
    isStray: false,
  };
}

function isWrapper({ tree, selection }: Reading, node: number): boolean {
  const tag = tree.tag[node] ?? Tag.TEXT;
  const isKnown = traitsOf(tag) !== 0;
  if (tag === Tag.TEXT || (isKnown && !WRAPPERS.has(tag))) return false;
  return keptChildren(selection, node).some((child) => tree.tag[child] === Tag.LI);
}

function toList(tree: Tree, node: number, open: readonly OpenItem[]): List | null {
  const only = open.length === 1 && open[0]?.isStray ? open[0].flow.finish() : [];
  if (only.length === 1 && only[0]?.kind === "list") return only[0];
  const items: ListItem[] = [];
  let loose = false;
  for (const { flow, isBlank, hasParagraph } of open) {
    const blocks = flow.finish();
    if (blocks.length === 0 && !(isBlank && open.length > 1)) continue;
    items.push({ done: flow.task, blocks });
    loose ||= blocks.length > 0 && (hasParagraph || countTextBlocks(blocks) > 1);
  }
  if (items.every((item) => item.blocks.length === 0)) return null;
  return { kind: "list", start: readStart(tree, node), loose, items };
}

function countTextBlocks(blocks: readonly Block[]): number {
  return blocks.filter((block) => block.kind !== "list").length;
}

/** The number of the first item; null for lists without numbers. */
function readStart(tree: Tree, node: number): number | null {
  if (tree.tag[node] !== Tag.OL) return null;
  const start = Number.parseInt(tree.attribute(node, "start") ?? "1", 10);
  return start >= 0 && start <= MAX_START ? start : 1;
}

/** Markdown reads no number of more than nine digits. */
const MAX_START = 999_999_000;
