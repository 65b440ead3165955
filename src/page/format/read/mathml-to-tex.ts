import { Tag } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";

type Arguments = readonly string[];

/** How elements of presentation MathML are written in TeX, from what their children are written as. */
const WRITERS: Readonly<Record<string, (parts: Arguments) => string>> = {
  mfrac: ([over = "", under = ""]) => `\\frac{${over}}{${under}}`,
  msqrt: (parts) => `\\sqrt{${join(parts)}}`,
  mroot: ([base = "", index = ""]) => `\\sqrt[${index}]{${base}}`,
  msup: ([base = "", over = ""]) => `${group(base)}^${braced(over)}`,
  msub: ([base = "", under = ""]) => `${group(base)}_${braced(under)}`,
  msubsup: ([base = "", under = "", over = ""]) =>
    `${group(base)}_${braced(under)}^${braced(over)}`,
  mover: ([base = "", over = ""]) => accented(base, over),
  munder: ([base = "", under = ""]) => `${group(base)}_${braced(under)}`,
  munderover: ([base = "", under = "", over = ""]) =>
    `${group(base)}_${braced(under)}^${braced(over)}`,
  mtable: (rows) => `\\begin{matrix} ${rows.join(" \\\\ ")} \\end{matrix}`,
  mtr: (cells) => cells.join(" & "),
  mtext: (parts) => `\\text{${parts.join("")}}`,
  mfenced: (parts) => `(${parts.join(", ")})`,
  mphantom: () => "",
  mspace: () => " ",
  semantics: ([first = ""]) => first,
};

const ACCENTS: Readonly<Record<string, string>> = {
  "^": "\\hat",
  ˆ: "\\hat",
  "¯": "\\bar",
  "‾": "\\overline",
  "→": "\\vec",
  "~": "\\tilde",
  "˜": "\\tilde",
  "˙": "\\dot",
  ".": "\\dot",
};

/** A formula in presentation MathML as TeX; letters and signs stay the Unicode characters that they are. */
export function mathmlToTex(tree: Tree, math: number): string {
  return join(childrenOf(tree, math)).replace(/\s+/g, " ").trim();
}

function childrenOf(tree: Tree, node: number): string[] {
  const parts: string[] = [];
  const end = tree.end[node] ?? node;
  for (let child = node + 1; child < end; child = tree.end[child] ?? end) {
    if (tree.tag[child] === Tag.TEXT) {
      const text = tree.text(child).trim();
      if (text !== "") parts.push(escapeSigns(text));
    } else parts.push(write(tree, child));
  }
  return parts;
}

function write(tree: Tree, node: number): string {
  const name = tree.name(node);
  if (name.startsWith("annotation")) return "";
  const parts = childrenOf(tree, node);
  return WRITERS[name]?.(parts) ?? (name === "mi" ? identifier(parts.join("")) : join(parts));
}

/** Names of functions stand upright; single letters are variables. */
function identifier(name: string): string {
  return /^[a-z]{2,}$/i.test(name) ? `\\operatorname{${name}}` : name;
}

function join(parts: Arguments): string {
  return parts.filter((part) => part !== "").join(" ");
}

function group(base: string): string {
  return base.length > 1 && /[\s^_]/.test(base) && !/^[({[|].*[)}\]|]$/.test(base)
    ? `{${base}}`
    : base;
}

function braced(script: string): string {
  return script.length === 1 ? script : `{${script}}`;
}

function accented(base: string, over: string): string {
  const accent = ACCENTS[over];
  return accent ? `${accent}{${base}}` : `\\overset{${over}}{${base}}`;
}

/** Signs that mean something to TeX; invisible operators mean something to readers of MathML only. */
function escapeSigns(text: string): string {
  return text.replace(/[{}%&#$]/g, "\\$&").replace(/[\u2061-\u2064\u200B]/g, "");
}
