import { Tag } from "../../tree/tag.ts";
import { NodeFlag, type Tree } from "../../tree/tree.ts";
import { foldTitle } from "./fold-title.ts";
import { imageSource } from "./image-source.ts";
import type { ElementReader, Reading } from "./reading.ts";
import { texOfImage } from "./tex-of-image.ts";

const EMOJI_CLASS = /\b(?:emoji|emoticon|smiley|wp-smiley)\b/i;
const EMOJI =
  /^(?:\p{Extended_Pictographic}|\p{Emoji_Modifier}|\u200D|\uFE0F|[\u{1F1E6}-\u{1F1FF}]){1,8}$/u;

/** A picture with its address, also where it is loaded later; formulas and emoji that are pictures become text. */
export const readImage: ElementReader = (reading, node, flow) => {
  const { tree } = reading;
  const alt = foldTitle(tree.attribute(node, "alt") ?? "");
  const tex = texOfImage(tree, node, alt);
  if (tex !== null) {
    if (!reading.isCopy(node, tex)) flow.atom({ kind: "math", tex });
    return;
  }
  if (EMOJI.test(alt) || (alt !== "" && EMOJI_CLASS.test(tree.attribute(node, "class") ?? ""))) {
    flow.text(alt);
    return;
  }
  const written = isInvisible(reading, node) ? null : fullSource(tree, node);
  if (written === null) return;
  const src = reading.addresses.source(written);
  const text = isFileName(alt) ? "" : alt;
  const title = foldTitle(tree.attribute(node, "title") ?? "");
  if (src === null) flow.text(text);
  else if (!isCopyOfLast(reading, node, src)) flow.atom({ kind: "image", src, alt: text, title });
};

/** Nodes between a picture and its copy for browsers without scripts. */
const MAX_COPY_DISTANCE = 8;

/** The address of a picture; where a copy for browsers without scripts follows, which is the full one, the copy's. */
function fullSource(tree: Tree, node: number): string | null {
  const source = imageSource(tree, node);
  if (source === null || isFallback(tree, node)) return source;
  const end = Math.min((tree.end[node] ?? node) + MAX_COPY_DISTANCE, tree.size);
  for (let n = tree.end[node] ?? node; n < end; n++) {
    if (tree.tag[n] !== Tag.IMG) continue;
    const copy = isFallback(tree, n) ? imageSource(tree, n) : null;
    return copy !== null && pictureName(copy) === pictureName(source) ? copy : source;
  }
  return source;
}

function isFallback(tree: Tree, node: number): boolean {
  return ((tree.flags[node] ?? 0) & NodeFlag.NOSCRIPT) > 0;
}

/** Whether a picture is the one before once more, for browsers without scripts. Remembers this one. */
function isCopyOfLast({ tree, last }: Reading, node: number, src: string): boolean {
  const isCopy = isFallback(tree, node);
  const name = pictureName(src);
  if (last.image === name && (isCopy || last.isFallback)) return true;
  last.image = name;
  last.isFallback = isCopy;
  return false;
}

/** Pictures of a pixel or two count visitors. */
function isInvisible({ tree }: Reading, node: number): boolean {
  const width = Number.parseInt(tree.attribute(node, "width") ?? "9", 10);
  const height = Number.parseInt(tree.attribute(node, "height") ?? "9", 10);
  return width <= 2 && height <= 2;
}

/** What copies of a picture in other sizes have in common. */
function pictureName(src: string): string {
  const name = src.split(/[?#]/, 1)[0]?.split("/").at(-1) ?? "";
  return name.replace(/-\d+x\d+(?=\.\w+$)/, "");
}

function isFileName(alt: string): boolean {
  return /^\S+\.(?:jpe?g|png|gif|webp|svg|avif)$/i.test(alt);
}
