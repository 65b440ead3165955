import { Tag } from "../../tree/tag.ts";
import type { Block, Definitions, Inline } from "../document.ts";
import type { Flow } from "./flow.ts";
import { keptChildren } from "./kept-children.ts";
import type { ElementReader, Reading } from "./reading.ts";

interface OpenEntry {
  readonly terms: (readonly Inline[])[];
  readonly blocks: Block[];
}

/** Terms and what they mean, also where pairs are wrapped in `div`. Without terms it is plain blocks. */
export const readDefinitions: ElementReader = (reading, node, flow) => {
  flow.border();
  if (!flow.takesBlocks) {
    reading.children(node, flow);
    flow.border();
    return;
  }
  const entries: OpenEntry[] = [];
  collectEntries(reading, node, flow, entries);
  const filled = entries.filter(({ terms, blocks }) => terms.length > 0 || blocks.length > 0);
  if (filled.some(({ terms }) => terms.length > 0)) {
    flow.block({ kind: "definitions", entries: filled } satisfies Definitions);
  } else for (const { blocks } of filled) for (const block of blocks) flow.block(block);
};

function collectEntries(reading: Reading, node: number, flow: Flow, entries: OpenEntry[]): void {
  for (const child of keptChildren(reading.selection, node)) {
    const tag = reading.tree.tag[child];
    if (tag === Tag.DT) addTerm(reading.line(child, flow), entries);
    else if (tag === Tag.DD) openEntry(entries).blocks.push(...reading.blocks(child, flow));
    else if (tag === Tag.DIV) collectEntries(reading, child, flow, entries);
    else if (tag !== Tag.TEXT || reading.tree.text(child).trim() !== "") {
      const stray = flow.inner("blocks");
      reading.node(child, stray);
      openEntry(entries).blocks.push(...stray.finish());
    }
  }
}

function addTerm(term: readonly Inline[], entries: OpenEntry[]): void {
  if (term.length === 0) return;
  const last = entries.at(-1);
  if (last && last.blocks.length === 0) last.terms.push(term);
  else entries.push({ terms: [term], blocks: [] });
}

function openEntry(entries: OpenEntry[]): OpenEntry {
  const last = entries.at(-1);
  if (last) return last;
  const entry: OpenEntry = { terms: [], blocks: [] };
  entries.push(entry);
  return entry;
}
