import { NodeFlag } from "../../tree/tree.ts";
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
  const written = isInvisible(reading, node) ? null : imageSource(tree, node);
  if (written === null) return;
  const src = reading.addresses.source(written);
  const text = isFileName(alt) ? "" : alt;
  const title = foldTitle(tree.attribute(node, "title") ?? "");
  if (src === null) flow.text(text);
  else if (!isCopyOfLast(reading, node, src)) flow.atom({ kind: "image", src, alt: text, title });
};

/** Whether a picture is the one before once more, for browsers without scripts. Remembers this one. */
function isCopyOfLast({ tree, last }: Reading, node: number, src: string): boolean {
  const isFallback = ((tree.flags[node] ?? 0) & NodeFlag.NOSCRIPT) > 0;
  const name = pictureName(src);
  if (last.image === name && (isFallback || last.isFallback)) return true;
  last.image = name;
  last.isFallback = isFallback;
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
