import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";

/** Where pages put the address of a picture that is loaded later, the fuller ones first. */
const LAZY_ATTRIBUTES = [
  "data-src",
  "data-original",
  "data-lazy-src",
  "data-actualsrc",
  "data-lazy",
  "data-hi-res-src",
  "data-full-src",
  "data-original-src",
  "data-image-src",
  "data-image",
  "data-url",
];
const LAZY_SETS = ["data-srcset", "data-lazy-srcset", "data-original-set"];
const SETS = ["srcset", ...LAZY_SETS];

/** What stands in for a picture until a script has loaded it. */
const STAND_IN =
  /(?:^|[/_.-])(?:placeholder|blank|spacer|transparent|loading|loader|lazy(?:load)?|1x1|gr[ae]y|empty|dummy)[\w.-]*\.(?:gif|png|svg|jpe?g|webp)(?:[?#]|$)/i;
/** Pictures that are only space. */
const SPACER =
  /(?:^|\/)(?:spacer|blank|transparent|pixel|clear|shim|1x1|trans|dot)\.(?:gif|png)(?:[?#]|$)/i;

/** The address of a picture as written in the page; null where there is none outside of the page itself. */
export function imageSource(tree: Tree, image: number): string | null {
  const src = usable(tree.attribute(image, "src"));
  const later = lazySource(tree, image) ?? largestOf(tree, image, LAZY_SETS);
  if (src !== null && later === null) return SPACER.test(src) ? null : src;
  if (src !== null && !isLazy(tree, image, src)) return src;
  return (
    later ?? largestOf(tree, image, SETS) ?? pictureSource(tree, image) ?? namedSource(tree, image)
  );
}

function lazySource(tree: Tree, image: number): string | null {
  for (const name of LAZY_ATTRIBUTES) {
    const value = usable(tree.attribute(image, name));
    // Some hold a word or settings instead of an address.
    if (value !== null && /[/.]/.test(value) && !/^[{[]/.test(value)) return value;
  }
  return null;
}

/** Scripts choose their own names: any attribute that holds the address of a picture will do. */
function namedSource(tree: Tree, image: number): string | null {
  for (const [name, value] of tree.attributes(image)) {
    if (name.startsWith("data-") && PICTURE_FILE.test(value)) return usable(value);
  }
  return null;
}

const PICTURE_FILE = /^[^\s{[]+\.(?:jpe?g|png|webp|gif|avif)(?:[?#]\S*)?$/i;

function isLazy(tree: Tree, image: number, src: string): boolean {
  return STAND_IN.test(src) || /lazy|b-loaded|unveil/i.test(tree.attribute(image, "class") ?? "");
}

function largestOf(tree: Tree, node: number, names: readonly string[]): string | null {
  for (const name of names) {
    const value = tree.attribute(node, name);
    const largest = value === null ? null : usable(largestCandidate(value));
    if (largest !== null) return largest;
  }
  return null;
}

/** The largest picture among the sources of the `picture` around an image. */
function pictureSource(tree: Tree, image: number): string | null {
  const picture = tree.parent[image] ?? 0;
  if (tree.tag[picture] !== Tag.PICTURE) return null;
  const end = tree.end[picture] ?? picture;
  for (let n = picture + 1; n < end; n++) {
    const source = tree.tag[n] === Tag.SOURCE ? largestOf(tree, n, SETS) : null;
    if (source !== null) return source;
  }
  return null;
}

/** Of `a.jpg 480w, b.jpg 2x` the largest. Addresses may hold commas, so a candidate ends at a comma with space. */
export function largestCandidate(srcset: string): string | null {
  let largest: string | null = null;
  let size = -1;
  for (const candidate of srcset.split(/,\s+|,(?=https?:|\/)/)) {
    const [url = "", descriptor = "1x"] = candidate.trim().split(/\s+/);
    const candidateSize = Number.parseFloat(descriptor) || 0;
    if (url === "" || candidateSize <= size) continue;
    largest = url.replace(/,$/, "");
    size = candidateSize;
  }
  return largest;
}

function usable(value: string | null): string | null {
  const url = value?.trim() ?? "";
  return url === "" || /^(?:data|blob|about|javascript):/i.test(url) ? null : url;
}
