/** Numbers of an attribute in {@link NodeArrays.attributes}: name id, start and end of name, start and end of value. */
export const ATTRIBUTE_STRIDE = 5;

/**
 * The arrays of a tree while it grows. Where a node's text or attributes stand is kept as offsets into the
 * source, so that parsing makes no strings.
 */
export class NodeArrays {
  size = 0;
  tag: Uint16Array;
  parent: Int32Array;
  end: Int32Array;
  depth: Uint16Array;
  flags: Uint8Array;
  /** Of an element, its first attribute; of a text, where it starts in the source, as `~start` where entities are not read. */
  from: Int32Array;
  /** Of an element, the end of its attributes; of a text, where it ends in the source. */
  to: Int32Array;
  attributes: Int32Array;
  attributeCount = 0;
  /** Further pieces, start and end in turn, of texts that are not in one piece in the source. */
  readonly morePieces: Map<number, number[]> = new Map();

  constructor(capacity: number) {
    this.tag = new Uint16Array(capacity);
    this.parent = new Int32Array(capacity);
    this.end = new Int32Array(capacity);
    this.depth = new Uint16Array(capacity);
    this.flags = new Uint8Array(capacity);
    this.from = new Int32Array(capacity);
    this.to = new Int32Array(capacity);
    this.attributes = new Int32Array(capacity * ATTRIBUTE_STRIDE);
  }

  addNode(tag: number, parent: number, flags: number): number {
    const node = this.size;
    if (node === this.tag.length) this.#growNodes();
    this.size = node + 1;
    this.tag[node] = tag;
    this.parent[node] = parent;
    this.end[node] = node + 1;
    this.depth[node] = parent < 0 ? 0 : (this.depth[parent] ?? 0) + 1;
    this.flags[node] = (this.flags[parent] ?? 0) | flags;
    return node;
  }

  addAttribute(nameId: number, nameStart: number, nameEnd: number): void {
    const at = this.attributeCount * ATTRIBUTE_STRIDE;
    if (at === this.attributes.length) this.attributes = grown(this.attributes, Int32Array);
    this.attributeCount += 1;
    this.attributes[at] = nameId;
    this.attributes[at + 1] = nameStart;
    this.attributes[at + 2] = nameEnd;
    this.attributes[at + 3] = nameEnd;
    this.attributes[at + 4] = nameEnd;
  }

  /** Gives the attribute that was added last its value. */
  setValue(start: number, end: number): void {
    const at = (this.attributeCount - 1) * ATTRIBUTE_STRIDE;
    this.attributes[at + 3] = start;
    this.attributes[at + 4] = end;
  }

  #growNodes(): void {
    this.tag = grown(this.tag, Uint16Array);
    this.parent = grown(this.parent, Int32Array);
    this.end = grown(this.end, Int32Array);
    this.depth = grown(this.depth, Uint16Array);
    this.flags = grown(this.flags, Uint8Array);
    this.from = grown(this.from, Int32Array);
    this.to = grown(this.to, Int32Array);
  }
}

function grown<A extends Uint8Array | Uint16Array | Int32Array>(
  array: A,
  type: new (length: number) => A,
): A {
  const larger = new type(array.length * 2);
  larger.set(array);
  return larger;
}
