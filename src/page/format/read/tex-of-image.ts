import type { Tree } from "../../tree/tree.ts";
import { cleanTex } from "./clean-tex.ts";

const MATH_CLASS = /(?:^|[\s_-])(?:math|latex|tex|mathtex|equation|formula)(?:$|[\s_-])/i;
const LOOKS_LIKE_TEX = /\\[a-zA-Z]+|[\^_{}=+<>]|^\w$/;
/** A command of TeX, or its backslash encoded, where addresses hold none. */
const ENCODED_COMMAND = /(?:%5C|\\)[a-z]{2,}/i;

/** The source of a formula that is a picture: its alternative text, or what its address asks a service to draw. */
export function texOfImage(tree: Tree, image: number, alt: string): string | null {
  const src = tree.attribute(image, "src") ?? "";
  const isDrawn = ENCODED_COMMAND.test(src);
  if (!isDrawn && !MATH_CLASS.test(tree.attribute(image, "class") ?? "")) return null;
  const tex = cleanTex(alt);
  if (tex !== "" && LOOKS_LIKE_TEX.test(tex)) return tex;
  return isDrawn ? texOfAddress(src) : null;
}

/** The part of an address that is TeX: a value of its query, its query, or the last piece of its path. */
function texOfAddress(src: string): string | null {
  const [path = "", query = ""] = src.split(/\?(.*)/s);
  const parts = [
    ...query.split("&").map((pair) => pair.replace(/^\w+=/, "")),
    path.split("/").at(-1) ?? "",
  ];
  const part = parts.find((candidate) => ENCODED_COMMAND.test(candidate));
  if (part === undefined) return null;
  const tex = cleanTex(decodePercent(part.replaceAll("+", " ")));
  return tex === "" ? null : tex;
}

function decodePercent(text: string): string {
  return text.replace(/(?:%[\da-f]{2})+/gi, (run) => {
    const bytes = run
      .slice(1)
      .split("%")
      .map((hex) => Number.parseInt(hex, 16));
    return new TextDecoder().decode(Uint8Array.from(bytes));
  });
}
