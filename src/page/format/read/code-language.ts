import { Tag, Trait, traitsOf } from "../../tree/tag.ts";
import type { Tree } from "../../tree/tree.ts";
import { isLanguageName } from "./language-names.ts";

/** Where a page names the language of a code block outright. */
const ATTRIBUTES = [
  "data-lang",
  "data-language",
  "data-code-lang",
  "data-code-language",
  "data-enlighter-language",
  "data-programming-language",
];

interface ClassRule {
  readonly pattern: RegExp;
  /** Holds only for names that are languages: the pattern fits other classes as well. */
  readonly isLoose: boolean;
  readonly why: string;
}

const CLASS_RULES: readonly ClassRule[] = [
  {
    pattern: /(?:^|\s)lang(?:uage)?-([^\s:{]+)/i,
    isLoose: false,
    why: "what the HTML standard advises; Prism and highlight.js",
  },
  { pattern: /(?:^|\s)highlight-source-(\S+)/i, isLoose: false, why: "hosts of source code" },
  { pattern: /\bbrush\s*:\s*([^\s;]+)/i, isLoose: false, why: "SyntaxHighlighter" },
  { pattern: /(?:^|\s)src-(\S+)/i, isLoose: true, why: "Org mode" },
  { pattern: /(?:^|\s)highlight-(?:text-)?(\S+)/i, isLoose: true, why: "Sphinx" },
  {
    pattern: /(?:^|\s)(?:code|syntax|prettyprint|codehilite|enlighter|wp-block-code)[-_]+(\S+)/i,
    isLoose: true,
    why: "themes",
  },
];

/** Beside one of these, a class that is a language's name says the language: "hljs python", "sourceCode r". */
const MARKERS =
  /(?:^|\s)(?:hl|hljs|highlight|sourceCode|prettyprint|code|chroma|codehilite|prism|shiki|listing|programlisting|rouge|syntax|src|CodeMirror|code-block|code-snippet)(?:\s|$)/i;

/** How far above a code block its language may stand. */
const MAX_LEVELS = 4;
const BOUNDARIES: ReadonlySet<number> = new Set([
  Tag.BODY,
  Tag.MAIN,
  Tag.ARTICLE,
  Tag.LI,
  Tag.BLOCKQUOTE,
]);

/** The language of a code block in lower case, as the page names it on the block or close around it; or "". */
export function codeLanguage(tree: Tree, block: number): string {
  const inside = languageInside(tree, block);
  if (inside !== "") return inside;
  let node = tree.parent[block] ?? 0;
  for (let level = 0; level < MAX_LEVELS && node > 0; ) {
    if (BOUNDARIES.has(tree.tag[node] ?? 0)) return "";
    // A table that numbers lines puts four elements in between.
    if (!(traitsOf(tree.tag[node] ?? 0) & Trait.TABLE_PART)) level++;
    const language = languageOf(tree, node);
    if (language !== "") return language;
    node = tree.parent[node] ?? 0;
  }
  return "";
}

function languageInside(tree: Tree, block: number): string {
  const own = languageOf(tree, block);
  if (own !== "") return own;
  const end = tree.end[block] ?? block;
  for (let n = block + 1; n < end && n < block + 20; n++) {
    if (tree.tag[n] !== Tag.CODE && tree.tag[n] !== Tag.PRE) continue;
    const language = languageOf(tree, n);
    if (language !== "") return language;
  }
  return "";
}

function languageOf(tree: Tree, node: number): string {
  for (const name of ATTRIBUTES) {
    const language = clean(tree.attribute(node, name));
    if (language !== "") return language;
  }
  const lang = clean(tree.attribute(node, "lang"));
  if (tree.tag[node] === Tag.PRE && isLanguageName(lang)) return lang;
  return languageOfClass(tree.attribute(node, "class") ?? "");
}

function languageOfClass(className: string): string {
  if (className === "") return "";
  for (const { pattern, isLoose } of CLASS_RULES) {
    const language = clean(pattern.exec(className)?.[1] ?? null);
    if (language !== "" && (!isLoose || isLanguageName(language))) return language;
  }
  if (!MARKERS.test(className)) return "";
  return clean(className.split(/\s+/).find((name) => isLanguageName(name.toLowerCase())) ?? null);
}

const NO_LANGUAGE =
  /^(?:text|txt|plain|plaintext|plain-text|none|no-?highlight|default|auto|undefined|null|unknown|raw|code|output|en|en-us)$/;

function clean(name: string | null): string {
  const language = name?.trim().toLowerCase() ?? "";
  return /^[a-z\d][\w+#.-]{0,29}$|^c$|^r$/.test(language) && !NO_LANGUAGE.test(language)
    ? language
    : "";
}
