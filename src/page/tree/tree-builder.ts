import { ATTRIBUTE_NAMES } from "./attribute-name.ts";
import { ATTRIBUTE_STRIDE, type NodeArrays } from "./node-arrays.ts";
import { OpenElements } from "./open-elements.ts";
import { Tag, Trait, traitsOf } from "./tag.ts";
import { NodeFlag } from "./tree.ts";

const HIDDEN = ATTRIBUTE_NAMES.indexOf("hidden");
const ARIA_HIDDEN = ATTRIBUTE_NAMES.indexOf("aria-hidden");
const STYLE = ATTRIBUTE_NAMES.indexOf("style");

const HIDING_STYLE = /(?:^|;)\s*(?:display\s*:\s*none|visibility\s*:\s*hidden)/i;
/** Of a style attribute; what hides an element is not written further back. */
const MAX_STYLE_LENGTH = 500;

/** A misnested end tag reopens at most so many elements: as in the HTML standard, a page must not grow by repeating it. */
const MAX_REOPENED = 3;

const LINE_FEED = 10;
const CARRIAGE_RETURN = 13;

/**
 * Tree construction of the HTML standard, reduced to what can be written in document order: nothing is moved.
 * Where the standard would move a node (foster parents, the adoption agency), it stays where it was written.
 */
export class TreeBuilder {
  readonly #html: string;
  readonly #arrays: NodeArrays;
  readonly #open: OpenElements;
  #htmlNode = -1;
  #headNode = -1;
  #bodyNode = -1;

  constructor(html: string, arrays: NodeArrays, maxDepth: number) {
    this.#html = html;
    this.#arrays = arrays;
    this.#open = new OpenElements(arrays, maxDepth);
    this.#open.push(arrays.addNode(Tag.DOCUMENT, -1, 0), Tag.DOCUMENT, false);
  }

  /** Whether the next tag is read by the rules of svg and math. */
  get isForeign(): boolean {
    return this.#open.isTopForeign;
  }

  finish(): void {
    this.#open.popTo(0);
  }

  /** An element's start tag: its attributes are the arrays' last ones, from `firstAttribute` on. */
  openTag(tag: number, firstAttribute: number, isSelfClosing: boolean): void {
    if (this.isForeign && !this.#leaveForeign(tag)) {
      this.#insertForeign(tag, firstAttribute, isSelfClosing);
    } else if (tag === Tag.SVG || tag === Tag.MATH) {
      this.#openContainer(tag);
      this.#insertForeign(tag, firstAttribute, isSelfClosing);
    } else if (tag === Tag.HTML || tag === Tag.HEAD || tag === Tag.BODY || tag === Tag.FRAMESET) {
      this.#openDocumentPart(tag, firstAttribute);
    } else {
      this.#openHtml(tag, firstAttribute);
    }
  }

  closeTag(tag: number): void {
    if (this.isForeign && this.#closeForeign(tag)) return;
    if (this.#open.endTooDeep(tag)) return;
    if (tag === Tag.BR) this.openTag(tag, this.#arrays.attributeCount, false);
    else if (tag === Tag.HEAD) this.#closeHead();
    // Body and html stay open, since what comes after them belongs to body all the same.
    else if (tag !== Tag.BODY && tag !== Tag.HTML) this.#closeHtml(tag);
  }

  addText(start: number, end: number): void {
    const isRaw = (traitsOf(this.#open.topTag) & Trait.RAW_TEXT) > 0 && !this.isForeign;
    if (isRaw) this.addPlainText(start, end);
    else if (!this.#isBlankBetweenParts(start, end)) {
      this.#openTextContainer();
      this.#append(this.#skipFirstLineBreak(start, end), end, false);
    }
  }

  /** Text without entities. */
  addPlainText(start: number, end: number): void {
    this.#append(start, end, true);
  }

  // Text

  #append(start: number, end: number, isPlain: boolean): void {
    if (start >= end) return;
    const { from, to, tag, parent, size, morePieces } = this.#arrays;
    const last = size - 1;
    const at = isPlain ? ~start : start;
    if (tag[last] !== Tag.TEXT || parent[last] !== this.#open.topNode) {
      const node = this.#arrays.addNode(Tag.TEXT, this.#open.topNode, 0);
      this.#arrays.from[node] = at;
      this.#arrays.to[node] = end;
      return;
    }
    const more = morePieces.get(last);
    if (more !== undefined) more.push(at, end);
    else if (to[last] === start && (from[last] ?? 0) < 0 === isPlain) to[last] = end;
    else morePieces.set(last, [at, end]);
  }

  /** White space that no reader sees, since only elements stand there. */
  #isBlankBetweenParts(start: number, end: number): boolean {
    const { topTag } = this.#open;
    const isBetween =
      topTag === Tag.TABLE ||
      topTag === Tag.TR ||
      topTag === Tag.TBODY ||
      topTag === Tag.THEAD ||
      topTag === Tag.TFOOT ||
      topTag === Tag.HEAD ||
      (this.#bodyNode < 0 && (topTag === Tag.DOCUMENT || topTag === Tag.HTML));
    return isBetween && isBlank(this.#html, start, end);
  }

  #openTextContainer(): void {
    const { topTag } = this.#open;
    if (topTag === Tag.DOCUMENT || topTag === Tag.HTML || topTag === Tag.HEAD) {
      this.#openContainer(Tag.TEXT);
    }
  }

  /** Authors begin preformatted text on a line of its own. */
  #skipFirstLineBreak(start: number, end: number): number {
    const { topNode, topTag } = this.#open;
    const isFirst = this.#arrays.size === topNode + 1;
    const skips = topTag === Tag.PRE || topTag === Tag.LISTING || topTag === Tag.TEXTAREA;
    if (!isFirst || !skips) return start;
    const code = this.#html.charCodeAt(start);
    if (code === CARRIAGE_RETURN && start + 1 < end) {
      return this.#html.charCodeAt(start + 1) === LINE_FEED ? start + 2 : start + 1;
    }
    return code === LINE_FEED || code === CARRIAGE_RETURN ? start + 1 : start;
  }

  // The document: html, head and body are there even if no tag says so

  #openDocumentPart(tag: number, firstAttribute: number): void {
    if (tag === Tag.HTML) this.#htmlNode = this.#openOnce(this.#htmlNode, tag, firstAttribute);
    else if (tag === Tag.HEAD) {
      if (this.#bodyNode < 0 && this.#headNode < 0) this.#openHead(firstAttribute);
    } else if (this.#bodyNode < 0) this.#openBody(tag, firstAttribute);
    else this.#takeAttributes(this.#bodyNode, firstAttribute);
  }

  #openOnce(node: number, tag: number, firstAttribute: number): number {
    if (node < 0) return this.#insert(tag, firstAttribute);
    this.#takeAttributes(node, firstAttribute);
    return node;
  }

  /** A second html or body tag gives its attributes to the first, where that has none. */
  #takeAttributes(node: number, firstAttribute: number): void {
    const { from, to } = this.#arrays;
    if ((from[node] ?? 0) < (to[node] ?? 0)) return;
    from[node] = firstAttribute;
    to[node] = this.#arrays.attributeCount;
  }

  #openHtmlElement(): void {
    if (this.#htmlNode < 0) this.#htmlNode = this.#insertEmpty(Tag.HTML);
  }

  #openHead(firstAttribute: number): void {
    this.#openHtmlElement();
    if (this.#headNode < 0) this.#headNode = this.#insert(Tag.HEAD, firstAttribute);
    // Nothing stands between head and body, so that head can go on where it ended.
    else this.#open.push(this.#headNode, Tag.HEAD, false);
  }

  #openBody(tag: number, firstAttribute: number): void {
    this.#openHtmlElement();
    this.#closeHead();
    while (this.#open.topTag !== Tag.HTML && this.#open.length > 1) this.#open.pop();
    this.#bodyNode = this.#insert(tag, firstAttribute);
  }

  #closeHead(): void {
    if (!this.#open.has(Tag.HEAD)) return;
    while (this.#open.topTag !== Tag.HEAD) this.#open.pop();
    this.#open.pop();
  }

  /** Opens head or body where neither is open and the next node needs it. */
  #openContainer(tag: number): void {
    if (this.#bodyNode >= 0) return;
    const { topTag } = this.#open;
    const isInHead = topTag !== Tag.DOCUMENT && topTag !== Tag.HTML && topTag !== Tag.HEAD;
    if (isInHead) return;
    const belongsInHead = (traitsOf(tag) & Trait.HEAD) > 0;
    if (!belongsInHead) this.#openBody(Tag.BODY, this.#arrays.attributeCount);
    else if (topTag !== Tag.HEAD) this.#openHead(this.#arrays.attributeCount);
  }

  // Start tags

  #openHtml(tag: number, firstAttribute: number): void {
    this.#openContainer(tag);
    const traits = traitsOf(tag);
    if (traits & Trait.TABLE_PART) {
      if (!this.#prepareTablePart(tag)) {
        this.#dropAttributes(firstAttribute);
        return;
      }
    } else if (tag === Tag.FORM && this.#open.has(Tag.FORM)) {
      this.#dropAttributes(firstAttribute);
      return;
    } else {
      this.#closeImplied(tag, traits);
    }
    this.#insert(tag, firstAttribute);
  }

  #dropAttributes(firstAttribute: number): void {
    this.#arrays.attributeCount = firstAttribute;
  }

  /** Ends the elements that a start tag ends by coming. */
  #closeImplied(tag: number, traits: number): void {
    const open = this.#open;
    if (tag === Tag.LI) this.#closeItem(Tag.LI, Tag.LI);
    else if (tag === Tag.DD || tag === Tag.DT) this.#closeItem(Tag.DD, Tag.DT);
    else if (tag === Tag.A || tag === Tag.NOBR) this.#closeFormatting(tag);
    else if (tag === Tag.BUTTON) this.#closeInScope(Tag.BUTTON);
    else if (tag === Tag.OPTION || tag === Tag.OPTGROUP) this.#closeOption(tag);
    else if (tag === Tag.RB || tag === Tag.RT || tag === Tag.RP || tag === Tag.RTC) {
      while (isRubyPart(open.topTag)) open.pop();
    } else if (tag === Tag.TABLE && isTableFrame(open.topTag)) this.#closeTable(Tag.TABLE);
    else if (tag === Tag.SELECT || tag === Tag.INPUT || tag === Tag.TEXTAREA) {
      this.#closeInScope(Tag.SELECT);
    }
    if (traits & Trait.CLOSES_P) this.#closeParagraph();
    if (traits & Trait.HEADING && traitsOf(open.topTag) & Trait.HEADING) open.pop();
  }

  #closeParagraph(): void {
    if (!this.#open.has(Tag.P)) return;
    const index = this.#findInScope(Tag.P, Tag.BUTTON, Tag.BUTTON);
    if (index >= 0) this.#open.popTo(index);
  }

  /** Ends an open list item or description, unless a block in between says that a new list has begun. */
  #closeItem(tag: number, otherTag: number): void {
    const open = this.#open;
    if (!open.has(tag) && !open.has(otherTag)) return;
    for (let i = open.length - 1; i > 0; i--) {
      const at = open.tagAt(i);
      if (at === tag || at === otherTag) {
        open.popTo(i);
        return;
      }
      const isWall = traitsOf(at) & Trait.SPECIAL && !isThinBlock(at);
      if (isWall) return;
    }
  }

  #closeOption(tag: number): void {
    const open = this.#open;
    if (open.topTag === Tag.OPTION) open.pop();
    if (tag === Tag.OPTGROUP && open.topTag === Tag.OPTGROUP) open.pop();
  }

  /** Opens what a part of a table needs around it; false where there is no table. */
  #prepareTablePart(tag: number): boolean {
    const open = this.#open;
    const table = this.#findTable();
    if (table < 0) return false;
    if (open.tagAt(table) === Tag.TEMPLATE) return true;
    if (tag === Tag.TD || tag === Tag.TH) this.#openRow(table);
    else if (tag === Tag.TR) this.#openSection(table);
    else if (tag === Tag.COL) this.#popToTable(table, isColumnGroup);
    else open.popTo(table + 1);
    return true;
  }

  #findTable(): number {
    const open = this.#open;
    if (!open.has(Tag.TABLE) && !open.has(Tag.TEMPLATE)) return -1;
    for (let i = open.length - 1; i > 0; i--) {
      if (open.tagAt(i) === Tag.TABLE || open.tagAt(i) === Tag.TEMPLATE) return i;
    }
    return -1;
  }

  #openSection(table: number): void {
    this.#popToTable(table, isSection);
    if (this.#open.topTag === Tag.TABLE) this.#insertEmpty(Tag.TBODY);
  }

  #openRow(table: number): void {
    this.#popToTable(table, isRowOrSection);
    if (this.#open.topTag === Tag.TABLE) this.#insertEmpty(Tag.TBODY);
    if (this.#open.topTag !== Tag.TR) this.#insertEmpty(Tag.TR);
  }

  #popToTable(table: number, isPlace: (tag: number) => boolean): void {
    const open = this.#open;
    while (open.length > table + 1 && !isPlace(open.topTag)) open.pop();
  }

  // End tags

  #closeHtml(tag: number): void {
    if (!this.#open.has(tag) && !(traitsOf(tag) & Trait.HEADING)) return;
    const traits = traitsOf(tag);
    if (traits & Trait.FORMATTING) this.#closeFormatting(tag);
    else if (traits & Trait.HEADING) this.#closeHeading();
    else if (tag === Tag.TABLE || traits & Trait.TABLE_PART) this.#closeTable(tag);
    else if (tag === Tag.P) this.#closeParagraph();
    else if (tag === Tag.LI) this.#popFrom(this.#findInScope(tag, Tag.UL, Tag.OL));
    else if (tag === Tag.FORM) this.#closeForm();
    else if (traits & Trait.SPECIAL) this.#closeInScope(tag);
    else this.#closeInline(tag);
  }

  #popFrom(index: number): void {
    if (index >= 0) this.#open.popTo(index);
  }

  #closeInScope(tag: number): void {
    if (this.#open.has(tag)) this.#popFrom(this.#findInScope(tag, tag, tag));
  }

  /** The innermost open element of a tag that no scope border, and neither of two tags, stands before; -1 without one. */
  #findInScope(tag: number, wall: number, otherWall: number): number {
    const open = this.#open;
    for (let i = open.length - 1; i > 0; i--) {
      const at = open.tagAt(i);
      if (at === tag && !open.isEndingAt(i)) return i;
      if (at === wall || at === otherWall || traitsOf(at) & Trait.SCOPE) return -1;
    }
    return -1;
  }

  #closeHeading(): void {
    const open = this.#open;
    for (let i = open.length - 1; i > 0; i--) {
      const traits = traitsOf(open.tagAt(i));
      if (traits & Trait.HEADING) {
        open.popTo(i);
        return;
      }
      if (traits & Trait.SCOPE) return;
    }
  }

  #closeTable(tag: number): void {
    const open = this.#open;
    for (let i = open.length - 1; i > 0; i--) {
      const at = open.tagAt(i);
      if (at === tag) {
        open.popTo(i);
        return;
      }
      if (at === Tag.TABLE || at === Tag.TEMPLATE) return;
    }
  }

  #closeForm(): void {
    const index = this.#findInScope(Tag.FORM, Tag.FORM, Tag.FORM);
    if (index < 0) return;
    if (index === this.#open.length - 1) this.#open.pop();
    else this.#open.endLater(index);
  }

  #closeInline(tag: number): void {
    const open = this.#open;
    for (let i = open.length - 1; i > 0; i--) {
      const at = open.tagAt(i);
      if (at === tag) {
        open.popTo(i);
        return;
      }
      if (traitsOf(at) & Trait.SPECIAL) return;
    }
  }

  /** Ends a formatting element. With blocks open inside it ends as soon as they do; other formatting inside goes on after it. */
  #closeFormatting(tag: number): void {
    const open = this.#open;
    if (!open.has(tag)) return;
    const index = this.#findInScope(tag, tag, tag);
    if (index < 0) return;
    const reopen: number[] = [];
    for (let i = index + 1; i < open.length; i++) {
      const traits = traitsOf(open.tagAt(i));
      if (traits & Trait.SPECIAL) {
        open.endLater(index);
        return;
      }
      if (traits & Trait.FORMATTING && open.tagAt(i) !== Tag.A && !open.isEndingAt(i)) {
        reopen.push(open.nodeAt(i));
      }
    }
    open.popTo(index);
    for (const node of reopen.slice(-MAX_REOPENED)) this.#insertAgain(node);
  }

  // svg and math

  /** Whether a tag ends the svg or math that it stands in, which it then has. */
  #leaveForeign(tag: number): boolean {
    if (!(traitsOf(tag) & Trait.BREAKOUT)) return false;
    while (this.#open.isTopForeign) this.#open.pop();
    return true;
  }

  #insertForeign(tag: number, firstAttribute: number, isSelfClosing: boolean): void {
    const node = this.#add(tag, firstAttribute, NodeFlag.FOREIGN);
    if (!isSelfClosing) this.#open.push(node, tag, !isIntegrationPoint(tag));
  }

  #closeForeign(tag: number): boolean {
    const open = this.#open;
    for (let i = open.length - 1; i > 0 && open.isForeignAt(i); i--) {
      if (open.tagAt(i) !== tag) continue;
      open.popTo(i);
      return true;
    }
    return false;
  }

  // Nodes

  #insert(tag: number, firstAttribute: number): number {
    const node = this.#add(tag, firstAttribute, this.#flagsOf(tag, firstAttribute));
    const isLeaf =
      traitsOf(tag) & Trait.VOID || (tag === Tag.FORM && isTableFrame(this.#open.topTag));
    if (!isLeaf) this.#open.push(node, tag, false);
    return node;
  }

  #insertEmpty(tag: number): number {
    return this.#insert(tag, this.#arrays.attributeCount);
  }

  #insertAgain(original: number): void {
    const { tag, from, to, flags } = this.#arrays;
    const node = this.#arrays.addNode(tag[original] ?? 0, this.#open.topNode, flags[original] ?? 0);
    this.#arrays.from[node] = from[original] ?? 0;
    this.#arrays.to[node] = to[original] ?? 0;
    this.#open.push(node, tag[original] ?? 0, false);
  }

  #add(tag: number, firstAttribute: number, flags: number): number {
    const node = this.#arrays.addNode(tag, this.#open.topNode, flags);
    this.#arrays.from[node] = firstAttribute;
    this.#arrays.to[node] = this.#arrays.attributeCount;
    return node;
  }

  #flagsOf(tag: number, firstAttribute: number): number {
    const own = OWN_FLAGS.get(tag) ?? 0;
    const { attributes, attributeCount } = this.#arrays;
    for (let i = firstAttribute; i < attributeCount; i++) {
      const at = i * ATTRIBUTE_STRIDE;
      const name = attributes[at];
      const isTelling = name === STYLE || name === HIDDEN || name === ARIA_HIDDEN;
      if (isTelling && this.#hides(name, attributes[at + 3] ?? 0, attributes[at + 4] ?? 0)) {
        return own | NodeFlag.HIDDEN;
      }
    }
    return own;
  }

  #hides(name: number, start: number, end: number): boolean {
    if (name === STYLE) {
      return HIDING_STYLE.test(this.#html.slice(start, Math.min(end, start + MAX_STYLE_LENGTH)));
    }
    const value = this.#html.slice(start, Math.min(end, start + MAX_STYLE_LENGTH)).toLowerCase();
    return name === HIDDEN ? value !== "until-found" && value !== "false" : value === "true";
  }
}

const OWN_FLAGS: ReadonlyMap<number, number> = new Map([
  [Tag.NOSCRIPT, NodeFlag.NOSCRIPT],
  [Tag.TEMPLATE, NodeFlag.TEMPLATE],
  [Tag.PRE, NodeFlag.PREFORMATTED],
  [Tag.LISTING, NodeFlag.PREFORMATTED],
  [Tag.PLAINTEXT, NodeFlag.PREFORMATTED],
  [Tag.XMP, NodeFlag.PREFORMATTED],
  [Tag.TEXTAREA, NodeFlag.PREFORMATTED],
]);

const isThinBlock = (tag: number): boolean =>
  tag === Tag.ADDRESS || tag === Tag.DIV || tag === Tag.P;
const isRubyPart = (tag: number): boolean =>
  tag === Tag.RB || tag === Tag.RT || tag === Tag.RP || tag === Tag.RTC;
const isColumnGroup = (tag: number): boolean => tag === Tag.COLGROUP;
const isSection = (tag: number): boolean =>
  tag === Tag.TBODY || tag === Tag.THEAD || tag === Tag.TFOOT;
const isRowOrSection = (tag: number): boolean => tag === Tag.TR || isSection(tag);
const isTableFrame = (tag: number): boolean => tag === Tag.TABLE || isRowOrSection(tag);
/** Where HTML begins again inside of svg and math. */
const isIntegrationPoint = (tag: number): boolean =>
  tag === Tag.FOREIGNOBJECT ||
  tag === Tag.DESC ||
  tag === Tag.TITLE ||
  tag === Tag.ANNOTATION_XML ||
  tag === Tag.MI ||
  tag === Tag.MN ||
  tag === Tag.MO ||
  tag === Tag.MS ||
  tag === Tag.MTEXT;

function isBlank(text: string, start: number, end: number): boolean {
  for (let i = start; i < end; i++) {
    const code = text.charCodeAt(i);
    if (code !== 32 && (code > CARRIAGE_RETURN || code < 9)) return false;
  }
  return true;
}
