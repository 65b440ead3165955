import type { Tree } from "../../tree/tree.ts";
import { cleanTex } from "./clean-tex.ts";

const MATH_CLASS = /(?:^|[\s_-])(?:math|latex|tex|mathtex|equation|formula)(?:$|[\s_-])/i;
const MATH_ADDRESS = /\b(?:latex|mathtex|mimetex|tex2img|math\/render)\b/i;
const LOOKS_LIKE_TEX = /\\[a-zA-Z]+|[\^_{}=+<>]|^\w$/;

/** The source of a formula that is a picture: its alternative text, or the query of a service that draws it. */
export function texOfImage(tree: Tree, image: number, alt: string): string | null {
  const src = tree.attribute(image, "src") ?? "";
  const isService = MATH_ADDRESS.test(src);
  if (!isService && !MATH_CLASS.test(tree.attribute(image, "class") ?? "")) return null;
  const tex = cleanTex(alt);
  if (tex !== "" && LOOKS_LIKE_TEX.test(tex)) return tex;
  return isService ? texOfQuery(src) : null;
}

function texOfQuery(src: string): string | null {
  const query = src.slice(src.indexOf("?") + 1);
  if (query.length === src.length || query === "") return null;
  const value = /(?:^|&)(?:latex|tex|eq|formula)=([^&]+)/i.exec(query)?.[1] ?? query;
  const tex = cleanTex(decodePercent(value.replaceAll("+", " ")));
  return LOOKS_LIKE_TEX.test(tex) ? tex : null;
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
