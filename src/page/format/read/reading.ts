import type { Selection, Tree } from "../../tree/tree.ts";
import type { Block, Inline } from "../document.ts";
import type { Addresses } from "./addresses.ts";
import type { Flow, FlowKind } from "./flow.ts";
import type { NotePlan } from "./notes/plan-notes.ts";

/** What the readers of elements share while one selection is read. */
export interface Reading {
  readonly tree: Tree;
  readonly selection: Selection;
  readonly addresses: Addresses;
  readonly notes: NotePlan;
  /** The picture that was written last: its copy for browsers without scripts stands beside it. */
  readonly last: { image: string; isFallback: boolean };
  /** True when the same formula, in another notation, was read just before. Remembers this one. */
  isCopy(node: number, tex: string): boolean;
  /** A note that stands in the margin, beside the text where it is called. */
  marginNote(node: number, flow: Flow): void;
  node(node: number, flow: Flow): void;
  /** The kept children, one by one. */
  children(node: number, flow: Flow): void;
  /** The content of a container that stands in `flow`, gathered apart. */
  blocks(node: number, flow: Flow): readonly Block[];
  line(node: number, flow: Flow, kind?: Exclude<FlowKind, "blocks">): readonly Inline[];
}

/** Reads one element into a flow. */
export type ElementReader = (reading: Reading, node: number, flow: Flow) => void;
