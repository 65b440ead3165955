import { ATTRIBUTE_NAMES } from "./attribute-name.ts";
import { createEntityDecoder } from "./decode-entities.ts";
import { equalsName } from "./name-table.ts";
import { ATTRIBUTE_STRIDE, type NodeArrays } from "./node-arrays.ts";
import { readClasses } from "./read-classes.ts";
import { FIRST_UNNAMED_TAG, nameOfTag, Tag } from "./tag.ts";
import type { Classes, Tree } from "./tree.ts";

export interface ParsedSource {
  readonly html: string;
  readonly arrays: NodeArrays;
  /** Names of the tags from {@link FIRST_UNNAMED_TAG} on. */
  readonly names: readonly string[];
  readonly truncated: boolean;
}

const ATTRIBUTE_IDS: ReadonlyMap<string, number> = new Map(
  ATTRIBUTE_NAMES.map((name, id) => [name, id]),
);

/** The tree that the parser's arrays show: strings are cut from the source when they are asked for. */
export function createFlatTree({ html, arrays, names, truncated }: ParsedSource): Tree {
  const { size } = arrays;
  const decoder = createEntityDecoder();
  const { from, to, attributes, morePieces, tag } = arrays;

  const hasReturns = html.includes("\r");

  const readPiece = (start: number, end: number): string => {
    const raw = start < 0 ? html.slice(~start, end) : html.slice(start, end);
    const text = hasReturns ? unifyLineEnds(raw) : raw;
    return start < 0 ? text : decoder.decodeText(text);
  };

  const readText = (node: number): string => {
    const first = readPiece(from[node] ?? 0, to[node] ?? 0);
    const more = morePieces.get(node);
    if (more === undefined) return first;
    const pieces = [first];
    for (let i = 0; i < more.length; i += 2) pieces.push(readPiece(more[i] ?? 0, more[i + 1] ?? 0));
    return pieces.join("");
  };

  const readValue = (at: number): string =>
    decoder.decodeAttribute(html.slice(attributes[at + 3], attributes[at + 4]));

  // A page may be one long text, which is asked for again and again.
  let lastRead = 0;
  let lastText = "";

  let classes: Classes | null = null;

  const isElement = (node: number): boolean => node > 0 && node < size && tag[node] !== Tag.TEXT;

  const tree: Tree = {
    size,
    tag: tag.subarray(0, size),
    parent: arrays.parent.subarray(0, size),
    end: arrays.end.subarray(0, size),
    depth: arrays.depth.subarray(0, size),
    flags: arrays.flags.subarray(0, size),
    truncated,
    name(node) {
      const id = tag[node] ?? 0;
      return id < FIRST_UNNAMED_TAG ? nameOfTag(id) : (names[id - FIRST_UNNAMED_TAG] ?? "");
    },
    text(node) {
      if (tag[node] !== Tag.TEXT || node >= size) return "";
      if (node !== lastRead) {
        lastText = readText(node);
        lastRead = node;
      }
      return lastText;
    },
    attribute(node, name) {
      if (!isElement(node)) return null;
      const id = ATTRIBUTE_IDS.get(name) ?? 0;
      const stop = (to[node] ?? 0) * ATTRIBUTE_STRIDE;
      for (let at = (from[node] ?? 0) * ATTRIBUTE_STRIDE; at < stop; at += ATTRIBUTE_STRIDE) {
        if (attributes[at] !== id) continue;
        const isSame =
          id > 0 || equalsName(name, html, attributes[at + 1] ?? 0, attributes[at + 2] ?? 0);
        if (isSame) return readValue(at);
      }
      return null;
    },
    classes: () => (classes ??= readClasses(tree)),
    attributes(node) {
      const found = new Map<string, string>();
      if (!isElement(node)) return [];
      const stop = (to[node] ?? 0) * ATTRIBUTE_STRIDE;
      for (let at = (from[node] ?? 0) * ATTRIBUTE_STRIDE; at < stop; at += ATTRIBUTE_STRIDE) {
        const name = html.slice(attributes[at + 1], attributes[at + 2]).toLowerCase();
        if (!found.has(name)) found.set(name, readValue(at));
      }
      return [...found];
    },
  };
  return tree;
}

function unifyLineEnds(text: string): string {
  return text.includes("\r") ? text.replace(/\r\n?/g, "\n") : text;
}
