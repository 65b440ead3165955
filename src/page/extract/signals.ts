import {
  MAX_SIGNAL_ITEM_LENGTH,
  MAX_SIGNAL_ITEMS,
  type PageSignals,
} from "../../contract/page-signals.ts";
import { Tag, Trait, traitsOf } from "../tree/tag.ts";
import { NodeFlag, type Selection, type Tree } from "../tree/tree.ts";
import { isSilent } from "./content/survey.ts";
import { lazily } from "./lazily.ts";
import { TextFolder } from "./text-folder.ts";

/** Characters of {@link PageSignals.visibleText}. */
const MAX_VISIBLE_TEXT = 4000;
const MAX_NOSCRIPT_TEXT = 500;
const MAX_INLINE_SCRIPTS = 40;
const MAX_SCRIPT_START = 500;
const MIN_PROSE_LENGTH = 80;

/** Most pages say so much that the verdict asks for two counts and nothing else, so each signal is read when asked for. */
export function collectSignals(tree: Tree, readContent: () => Selection): PageSignals {
  const page = viewPage(tree);
  return lazily<PageSignals>({
    title: () => foldedText(tree, firstOf(page, [Tag.TITLE]), isAnything),
    visibleText: () => page.visible.start,
    visibleTextLength: () => page.visible.length,
    contentTextLength: () => lengthOfContent(readContent()),
    noscriptText: () => noscriptTextOf(page),
    headings: () => headingsOf(page),
    linkCount: () => countOf(page, isLink),
    mediaCount: () => countOf(page, isMedia),
    proseBlockCount: () => countOf(page, isProse),
    fieldCount: () => countOf(page, isField),
    passwordFieldCount: () => countOf(page, isPasswordField),
    scriptCount: () => scriptsOf(page).length,
    inlineScriptLength: () => inlineScriptsOf(page).reduce((sum, code) => sum + code.length, 0),
    inlineScripts: () =>
      inlineScriptsOf(page)
        .slice(0, MAX_INLINE_SCRIPTS)
        .map((code) => code.slice(0, MAX_SCRIPT_START)),
    scriptUrls: () => valuesOf(page, [Tag.SCRIPT], "src"),
    frameUrls: () => valuesOf(page, [Tag.IFRAME, Tag.FRAME], "src"),
    formActions: () => valuesOf(page, [Tag.FORM], "action"),
    markers: () => markersOf(page),
    emptyBlocks: () => emptyBlocksOf(page),
    metaRefresh: () => metaContent(page, "http-equiv", "refresh"),
    robots: () => (metaContent(page, "name", "robots") ?? "").toLowerCase(),
  });
}

interface PageView {
  readonly tree: Tree;
  readonly elements: readonly number[];
  readonly visible: TextFolder;
  /** Length of the visible text before each node; one more entry than nodes. */
  readonly visibleBefore: Int32Array;
}

type NodeTest = (page: PageView, node: number) => boolean;
type ReadTest = (tree: Tree, node: number) => boolean;

function viewPage(tree: Tree): PageView {
  const elements: number[] = [];
  for (let node = 1; node < tree.size; node++) {
    if (tree.tag[node] !== Tag.TEXT) elements.push(node);
  }
  const visible = new TextFolder(MAX_VISIBLE_TEXT);
  const visibleBefore = new Int32Array(tree.size + 1);
  addTexts(visible, tree, [0, tree.size], isVisible, visibleBefore);
  return { tree, elements, visible, visibleBefore };
}

function countOf(page: PageView, test: NodeTest): number {
  let found = 0;
  for (const node of page.elements) if (test(page, node)) found += 1;
  return found;
}

function firstOf({ tree, elements }: PageView, tags: readonly number[]): number {
  return elements.find((node) => tags.includes(tree.tag[node] ?? 0)) ?? tree.size;
}

// Texts

const UNSEEN_FLAGS = NodeFlag.NOSCRIPT | NodeFlag.TEMPLATE | NodeFlag.HIDDEN;

const isVisible: ReadTest = (tree, node) =>
  ((tree.flags[node] ?? 0) & UNSEEN_FLAGS) === 0 && !isSilent(tree, node);
const isAnything: ReadTest = () => true;

/** Adds the texts of a range of nodes, without the subtrees that `isRead` refuses. */
function addTexts(
  folder: TextFolder,
  tree: Tree,
  [from, to]: readonly [from: number, to: number],
  isRead: ReadTest,
  lengthBefore?: Int32Array,
): void {
  const blockEnds: number[] = [];
  for (let node = from; node < to; node++) {
    while (node >= (blockEnds.at(-1) ?? to)) {
      blockEnds.pop();
      folder.addGap();
    }
    const end = tree.end[node] ?? to;
    const isSkipped = !isRead(tree, node);
    if (lengthBefore !== undefined) lengthBefore[node] = folder.length;
    if (isSkipped) {
      lengthBefore?.fill(folder.length, node, end);
      node = end - 1;
    } else if (tree.tag[node] === Tag.TEXT) folder.add(tree.text(node));
    else if (isBlock(tree, node)) {
      folder.addGap();
      blockEnds.push(end);
    }
  }
  lengthBefore?.fill(folder.length, to);
}

function isBlock(tree: Tree, node: number): boolean {
  const tag = tree.tag[node] ?? 0;
  return (traitsOf(tag) & Trait.BLOCK) > 0 || tag === Tag.BR;
}

function foldedText(tree: Tree, node: number, isRead: ReadTest): string {
  const folder = new TextFolder(MAX_SIGNAL_ITEM_LENGTH);
  addTexts(folder, tree, [node, tree.end[node] ?? node], isRead);
  return folder.start;
}

function lengthOfContent({ tree, keep, root }: Selection): number {
  const folder = new TextFolder(0);
  const isKept: ReadTest = (_, node) => keep[node] === 1 && !isSilent(tree, node);
  addTexts(folder, tree, [root, tree.end[root] ?? root], isKept);
  return folder.length;
}

function noscriptTextOf({ tree, elements }: PageView): string {
  const folder = new TextFolder(MAX_NOSCRIPT_TEXT);
  let end = 0;
  for (const node of elements) {
    if (tree.tag[node] !== Tag.NOSCRIPT || node < end) continue;
    end = tree.end[node] ?? end;
    folder.addGap();
    addTexts(folder, tree, [node, end], (_, inside) => !isSilent(tree, inside));
  }
  return folder.start;
}

function headingsOf({ tree, elements }: PageView): readonly string[] {
  return elements
    .filter((node) => tree.tag[node] === Tag.H1 || tree.tag[node] === Tag.H2)
    .slice(0, MAX_SIGNAL_ITEMS)
    .map((node) => foldedText(tree, node, isVisible))
    .filter((text) => text !== "");
}

// Elements

const MEDIA: ReadonlySet<number> = new Set([
  Tag.IMG,
  Tag.PICTURE,
  Tag.VIDEO,
  Tag.AUDIO,
  Tag.CANVAS,
  Tag.OBJECT,
  Tag.EMBED,
]);
const PROSE: ReadonlySet<number> = new Set([Tag.P, Tag.LI, Tag.TD, Tag.PRE, Tag.BLOCKQUOTE]);
/** Types of input that nobody writes into. */
const PRESSED_TYPES: ReadonlySet<string> = new Set([
  "hidden",
  "submit",
  "button",
  "reset",
  "image",
]);

const isLink: NodeTest = ({ tree }, node) =>
  tree.tag[node] === Tag.A && tree.attribute(node, "href") !== null;

const isMedia: NodeTest = ({ tree }, node) =>
  MEDIA.has(tree.tag[node] ?? 0) &&
  ((tree.flags[node] ?? 0) & (NodeFlag.NOSCRIPT | NodeFlag.TEMPLATE)) === 0;

const isProse: NodeTest = (page, node) =>
  PROSE.has(page.tree.tag[node] ?? 0) && visibleLength(page, node) >= MIN_PROSE_LENGTH;

const isField: NodeTest = ({ tree }, node) => {
  const tag = tree.tag[node];
  if (tag === Tag.TEXTAREA || tag === Tag.SELECT) return true;
  return tag === Tag.INPUT && !PRESSED_TYPES.has(inputType(tree, node));
};

const isPasswordField: NodeTest = ({ tree }, node) =>
  tree.tag[node] === Tag.INPUT && inputType(tree, node) === "password";

function inputType(tree: Tree, node: number): string {
  return (tree.attribute(node, "type") ?? "text").toLowerCase();
}

function visibleLength({ tree, visibleBefore }: PageView, node: number): number {
  return (visibleBefore[tree.end[node] ?? 0] ?? 0) - (visibleBefore[node] ?? 0);
}

function scriptsOf({ tree, elements }: PageView): readonly number[] {
  return elements.filter((node) => tree.tag[node] === Tag.SCRIPT);
}

function inlineScriptsOf(page: PageView): readonly string[] {
  const { tree } = page;
  // A script has one text, or none.
  return scriptsOf(page)
    .filter((node) => (tree.end[node] ?? 0) > node + 1)
    .map((node) => tree.text(node + 1));
}

/** An attribute's values on elements of some tags. */
function valuesOf(
  { tree, elements }: PageView,
  tags: readonly number[],
  name: "src" | "action",
): readonly string[] {
  const values: string[] = [];
  for (const node of elements) {
    if (values.length === MAX_SIGNAL_ITEMS) break;
    if (!tags.includes(tree.tag[node] ?? 0)) continue;
    const value = tree.attribute(node, name);
    if (value !== null) values.push(value.slice(0, MAX_SIGNAL_ITEM_LENGTH));
  }
  return values;
}

const NAMED: ReadonlySet<number> = new Set([
  Tag.FORM,
  Tag.INPUT,
  Tag.TEXTAREA,
  Tag.SELECT,
  Tag.BUTTON,
]);

function markersOf({ tree, elements }: PageView): readonly string[] {
  const markers = new Set<string>();
  const add = (marker: string | null): void => {
    if (marker !== null && marker !== "" && markers.size < MAX_SIGNAL_ITEMS) {
      markers.add(marker.slice(0, MAX_SIGNAL_ITEM_LENGTH).toLowerCase());
    }
  };
  for (const node of elements) {
    if (markers.size === MAX_SIGNAL_ITEMS) break;
    add(tree.attribute(node, "id"));
    if (NAMED.has(tree.tag[node] ?? 0)) add(tree.attribute(node, "name"));
    for (const name of (tree.attribute(node, "class") ?? "").split(/\s+/)) add(name);
  }
  return [...markers];
}

const NEVER_A_BLOCK: ReadonlySet<number> = new Set([
  Tag.SCRIPT,
  Tag.STYLE,
  Tag.LINK,
  Tag.NOSCRIPT,
  Tag.TEMPLATE,
]);

function emptyBlocksOf(page: PageView): readonly string[] {
  const { tree, elements } = page;
  const body = firstOf(page, [Tag.BODY]);
  return elements
    .filter((node) => tree.parent[node] === body && !NEVER_A_BLOCK.has(tree.tag[node] ?? 0))
    .slice(0, MAX_SIGNAL_ITEMS)
    .filter((node) => isBlank(page, node))
    .map((node) =>
      (tree.attribute(node, "id") ?? tree.name(node)).slice(0, MAX_SIGNAL_ITEM_LENGTH),
    );
}

function isBlank(page: PageView, node: number): boolean {
  if (visibleLength(page, node) > 0) return false;
  for (let inside = node; inside < (page.tree.end[node] ?? 0); inside++) {
    if (isMedia(page, inside) || isField(page, inside)) return false;
  }
  return true;
}

function metaContent(
  { tree, elements }: PageView,
  key: "http-equiv" | "name",
  value: string,
): string | null {
  for (const node of elements) {
    if (tree.tag[node] !== Tag.META) continue;
    if (tree.attribute(node, key)?.toLowerCase() === value) return tree.attribute(node, "content");
  }
  return null;
}
