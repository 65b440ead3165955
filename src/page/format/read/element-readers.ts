import { FIRST_UNNAMED_TAG, Tag, type TagId, Trait, traitsOf } from "../../tree/tag.ts";
import { readCode } from "./read-code.ts";
import { readDefinitions } from "./read-definitions.ts";
import { readDetails } from "./read-details.ts";
import { readEmbed } from "./read-embed.ts";
import { readHeading } from "./read-heading.ts";
import { readImage } from "./read-image.ts";
import { readInput } from "./read-input.ts";
import { readLink } from "./read-link.ts";
import { readList } from "./read-list.ts";
import { readMath, readMathScript } from "./read-math.ts";
import { readPreformatted } from "./read-preformatted.ts";
import {
  readPlain,
  readQuotation,
  readRubyText,
  readSpanOf,
  readSuperscript,
} from "./read-spans.ts";
import { readTable } from "./read-table.ts";
import type { ElementReader } from "./reading.ts";

const readBlock: ElementReader = (reading, node, flow) => {
  flow.border();
  reading.children(node, flow);
  flow.border();
};

const readQuote: ElementReader = (reading, node, flow) => {
  if (!flow.takesBlocks) return readBlock(reading, node, flow);
  const blocks = reading.blocks(node, flow);
  if (blocks.length > 0) flow.block({ kind: "quote", blocks });
};

const readRule: ElementReader = (_reading, _node, flow) => {
  if (flow.kind === "blocks") flow.block({ kind: "rule" });
  else flow.border();
};

const skip: ElementReader = () => undefined;

/** Elements that are read in a way of their own, with the reason where it is not plain. */
const READERS: readonly (readonly [tags: readonly TagId[], reader: ElementReader, why?: string])[] =
  [
    [[Tag.H1, Tag.H2, Tag.H3, Tag.H4, Tag.H5, Tag.H6], readHeading],
    [[Tag.UL, Tag.OL, Tag.MENU, Tag.DIR], readList],
    [[Tag.BLOCKQUOTE], readQuote],
    [[Tag.PRE, Tag.LISTING, Tag.XMP, Tag.PLAINTEXT], readPreformatted],
    [[Tag.TABLE], readTable],
    [[Tag.DL], readDefinitions],
    [[Tag.DETAILS], readDetails],
    [[Tag.HR], readRule],
    [[Tag.BR], (_reading, _node, flow) => flow.break()],
    [[Tag.A], readLink],
    [[Tag.STRONG, Tag.B], readSpanOf("strong")],
    [[Tag.EM, Tag.I, Tag.CITE, Tag.VAR, Tag.DFN], readSpanOf("emphasis"), "browsers slant them"],
    [[Tag.S, Tag.STRIKE, Tag.DEL], readSpanOf("strike"), "a text without them says the opposite"],
    [[Tag.SUB], readSpanOf("sub")],
    [[Tag.SUP], readSuperscript],
    [[Tag.CODE, Tag.TT, Tag.SAMP, Tag.KBD], readCode],
    [[Tag.Q], readQuotation],
    [[Tag.RT], readRubyText],
    [[Tag.RP], skip, "readRubyText writes the parentheses, also where the page has none"],
    [[Tag.IMG], readImage],
    [[Tag.IFRAME, Tag.VIDEO, Tag.AUDIO, Tag.EMBED], readEmbed],
    [[Tag.MATH], readMath],
    [[Tag.SCRIPT], readMathScript],
    [[Tag.SPAN, Tag.DIV], readPlain],
    [[Tag.INPUT], readInput],
    [[Tag.OPTION, Tag.OPTGROUP], skip, "choices of a form, not text"],
  ];

const BY_TAG: readonly (ElementReader | null)[] = countReaders();

/** How an element is read; null: as its children are. */
export function readerOf(tag: TagId): ElementReader | null {
  return BY_TAG[tag] ?? null;
}

function countReaders(): (ElementReader | null)[] {
  const readers = Array.from({ length: FIRST_UNNAMED_TAG }, (_, tag) => readerByTraits(tag));
  for (const [tags, reader] of READERS) for (const tag of tags) readers[tag] = reader;
  return readers;
}

function readerByTraits(tag: TagId): ElementReader | null {
  const traits = traitsOf(tag);
  if (traits & Trait.SILENT) return skip;
  return traits & Trait.BLOCK ? readBlock : null;
}
