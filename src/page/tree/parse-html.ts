import { Tokenizer, type TokenizerCallbacks } from "htmlparser2";
import { ATTRIBUTE_NAMES } from "./attribute-name.ts";
import { createFlatTree } from "./flat-tree.ts";
import { IGNORED_TOKENS } from "./ignored-tokens.ts";
import { NameTable } from "./name-table.ts";
import { NodeArrays } from "./node-arrays.ts";
import { FIRST_UNNAMED_TAG, nameOfTag, Tag } from "./tag.ts";
import type { Tree } from "./tree.ts";
import { TreeBuilder } from "./tree-builder.ts";

export interface ParseOptions {
  /** Elements deeper than this become siblings. Browsers stop at the same depth. */
  readonly maxDepth?: number;
  /** The page is cut after about so many nodes. */
  readonly maxNodes?: number;
}

const MAX_DEPTH = 512;
const MAX_NODES = 1_000_000;
/** Of an element; a page needs a few dozen at most, and each is looked at when one is asked for. */
const MAX_ATTRIBUTES = 256;
/** Names that pages make up themselves; later ones share one id. */
const MAX_UNNAMED_TAGS = 10_000;
const MAX_NAME_LENGTH = 100;
/** Characters of source for each node: half of the pages have fewer and grow their arrays, and few hold much more than they need. */
const CHARACTERS_A_NODE = 60;

const TAG_TABLE = new NameTable(
  Array.from({ length: FIRST_UNNAMED_TAG }, (_, tag) => nameOfTag(tag)),
);
const ATTRIBUTE_TABLE = new NameTable(ATTRIBUTE_NAMES);

/** Parses any text as HTML. Never throws; what is broken is read as a browser would, as far as flat arrays allow. */
export function parseHtml(html: string, options: ParseOptions = {}): Tree {
  const source = toCleanText(html);
  const parsed = parseSource(source, options);
  return parsed.hasStrayCdata ? parseSource(endStrayCdata(source), options).tree : parsed.tree;
}

/**
 * Outside of svg and math, `<![CDATA[` begins a comment that ends at the next `>`; the tokenizer reads on until
 * `]]>`, which may be the end of the page. Scripts hide their own behind a comment sign, and keep them.
 */
function endStrayCdata(source: string): string {
  return source.replace(/(?<!\/[/*]\s{0,2})<!\[(?=CDATA\[)/g, "<!?");
}

interface ParseOutcome {
  readonly tree: Tree;
  /** A part of the page was taken for a comment. */
  readonly hasStrayCdata: boolean;
}

function parseSource(source: string, options: ParseOptions): ParseOutcome {
  let hasStrayCdata = false;
  const arrays = new NodeArrays(Math.max(64, Math.ceil(source.length / CHARACTERS_A_NODE)));
  const builder = new TreeBuilder(source, arrays, options.maxDepth ?? MAX_DEPTH);
  const tagNames = new TagNames(source);
  const callbacks = listen(source, arrays, builder, tagNames, () => {
    if (arrays.size >= (options.maxNodes ?? MAX_NODES)) tokenizer.pause();
  });
  const noteCdata = (start: number, end: number): void => {
    const isOver = source.indexOf(">", start) < end;
    hasStrayCdata ||= isOver && !builder.isForeign;
  };
  // Entities are decoded when a text is asked for, which leaves the tokenizer its fast ways.
  const tokenizer = new Tokenizer(
    { decodeEntities: false },
    {
      ...callbacks,
      oncdata(start, end, endOffset) {
        noteCdata(start, end - endOffset);
        callbacks.oncdata(start, end, endOffset);
      },
      // One without an end is reported as a comment.
      oncomment(start, end) {
        if (source.startsWith("[CDATA[", start)) noteCdata(start, end);
      },
    },
  );
  tokenizer.write(source);
  tokenizer.end();
  builder.finish();
  const tree = createFlatTree({
    html: source,
    arrays,
    names: tagNames.unnamed(),
    truncated: !tokenizer.running,
  });
  return { tree, hasStrayCdata };
}

function toCleanText(html: string): string {
  const wellFormed = html.isWellFormed() ? html : html.toWellFormed();
  return wellFormed.includes("\0") ? wellFormed.replaceAll("\0", "\uFFFD") : wellFormed;
}

/** Turns the tokenizer's offsets into calls of the tree builder. */
function listen(
  html: string,
  arrays: NodeArrays,
  builder: TreeBuilder,
  tagNames: TagNames,
  checkSize: () => void,
): TokenizerCallbacks {
  let tag: number = Tag.DOCUMENT;
  let firstAttribute = 0;
  let isAttributeKept = false;
  const openTag = (isSelfClosing: boolean): void => {
    builder.openTag(tag, firstAttribute, isSelfClosing);
    checkSize();
  };
  return {
    ...IGNORED_TOKENS,
    isInForeignContext: () => builder.isForeign,
    onopentagname(start, end) {
      tag = tagNames.idAt(start, end);
      firstAttribute = arrays.attributeCount;
    },
    onattribname(start, end) {
      isAttributeKept = arrays.attributeCount - firstAttribute < MAX_ATTRIBUTES;
      if (!isAttributeKept) return;
      arrays.addAttribute(Math.max(0, ATTRIBUTE_TABLE.idAt(html, start, end)), start, end);
    },
    onattribdata(start, end) {
      if (isAttributeKept) arrays.setValue(start, end);
    },
    onopentagend: () => openTag(false),
    onselfclosingtag: () => openTag(true),
    onclosetag: (start, end) => builder.closeTag(tagNames.idAt(start, end)),
    ontext(start, end) {
      builder.addText(start, end);
      checkSize();
    },
    oncdata(start, end, endOffset) {
      // Outside of svg and math it is a comment.
      if (builder.isForeign) builder.addPlainText(start, end - endOffset);
    },
  };
}

/** Gives names their ids, and numbers the ones that have none. */
class TagNames {
  readonly #html: string;
  readonly #ids: Map<string, number> = new Map();

  constructor(html: string) {
    this.#html = html;
  }

  idAt(start: number, end: number): number {
    const known = TAG_TABLE.idAt(this.#html, start, end);
    return known >= 0 ? known : this.#unnamedAt(start, end);
  }

  unnamed(): readonly string[] {
    return [...this.#ids.keys()];
  }

  #unnamedAt(start: number, end: number): number {
    const name = this.#html.slice(start, Math.min(end, start + MAX_NAME_LENGTH)).toLowerCase();
    // The old name that every browser still understands.
    if (name === "image") return Tag.IMG;
    const known = this.#ids.get(name);
    if (known !== undefined) return known;
    const tag = FIRST_UNNAMED_TAG + Math.min(this.#ids.size, MAX_UNNAMED_TAGS);
    if (this.#ids.size <= MAX_UNNAMED_TAGS) this.#ids.set(name, tag);
    return tag;
  }
}
