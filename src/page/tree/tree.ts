import type { TagId } from "./tag.ts";

/**
 * A parsed page in flat arrays. Nodes are numbered from 0 in document order (preorder), so the subtree of
 * node n is the range [n, end[n]): its first child, if it has one, is n + 1, and the sibling after child c
 * is end[c]. Node 0 is the document; its children are what the page has at top level, `html` as a rule.
 * Comments and doctypes are not kept. Nothing in it changes after parsing.
 */
export interface Tree {
  /** How many nodes there are. */
  readonly size: number;
  /** {@link TagId} of an element; TEXT for a text node, DOCUMENT for node 0. */
  readonly tag: Uint16Array;
  readonly parent: Int32Array;
  readonly end: Int32Array;
  /** Elements above, the document included: 0 for node 0. */
  readonly depth: Uint16Array;
  /** {@link NodeFlag} bits; they are inherited by what is inside. */
  readonly flags: Uint8Array;
  /** The name of an element in lower case, also of those that have no id of their own. */
  name(node: number): string;
  /** The text of a text node, entities decoded; "" for elements. */
  text(node: number): string;
  /** The decoded value of an attribute, "" when it has none, null when it is absent. Names in lower case. */
  attribute(node: number, name: string): string | null;
  /** The class attributes of the page, read when they are first asked for. */
  classes(): Classes;
  /** All attributes of an element, in source order, the first of equal names. */
  attributes(node: number): readonly (readonly [name: string, value: string])[];
  /** True when the page was cut because it exceeds a limit of the parser. */
  readonly truncated: boolean;
}

/** The class attributes of a page by number: most elements repeat one, so that what is asked of it is asked once. */
export interface Classes {
  /** For each node the number of its class attribute; 0 where it has none. */
  readonly of: Int32Array;
  /** By number: as written, entities decoded. */
  readonly values: readonly string[];
}

/** Facts of a node that hold for its whole subtree. */
export const NodeFlag = {
  /** Inside `<noscript>`. */
  NOSCRIPT: 1,
  /** Inside `<template>`. */
  TEMPLATE: 2,
  /** Concealed by the `hidden` attribute, `aria-hidden`, or an inline style. */
  HIDDEN: 4,
  /** Inside `<svg>` or `<math>`. */
  FOREIGN: 8,
  /** Inside `<pre>`, `<textarea>` or `<listing>`: white space counts. */
  PREFORMATTED: 16,
} as const;

/**
 * A choice of nodes of a tree: what a format writes out. `keep[n]` 1: the node is written, and its children
 * are looked at one by one; 0: it is left out with its whole subtree.
 */
export interface Selection {
  readonly tree: Tree;
  readonly keep: Uint8Array;
  /** Where to start: the subtree outside of it is not looked at. */
  readonly root: number;
  /** Against which relative URLs are resolved: `<base>` on the final URL. */
  readonly baseUrl: string;
}
