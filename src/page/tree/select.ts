import { compile } from "css-select";
import { Tag } from "./tag.ts";
import { NodeFlag, type Tree } from "./tree.ts";

/** A compiled CSS selector: see {@link selectNodes}. */
export interface Matcher {
  readonly selector: string;
  /** Makes the test of one page's nodes. It gives up, and answers false, after `maxSteps` looks at nodes. */
  readonly begin: (tree: Tree, maxSteps: number) => (node: number) => boolean;
}

/**
 * Looks at nodes that one selector may cost on one page. `a a a a b` on deep pages, or `:has()` and
 * `:nth-child()` on long ones, would go on for minutes.
 */
const MAX_STEPS = 5_000_000;
const CHARACTERS_PER_STEP = 64;
/** What css-select takes for a selector all the same: nothing, and nothing after a combinator. */
const UNFINISHED = /^\s*$|[>+~]\s*$/;

/** Compiles a selector; null for what is none, or is not supported. */
export function compileSelector(selector: string): Matcher | null {
  if (UNFINISHED.test(selector)) return null;
  const view = new TreeView();
  try {
    // Results are cached by node objects, and our nodes are numbers.
    const test = compile<number, number>(selector, { adapter: view, cacheResults: false });
    return {
      selector,
      begin(tree, maxSteps) {
        view.show(tree, maxSteps);
        return (node) => view.isTag(node + 1) && test(node + 1) && !view.isExhausted;
      },
    };
  } catch (error) {
    // A selector too deep for the stack is as little use as one with a wrong sign in it.
    if (error instanceof Error) return null;
    throw error;
  }
}

export function isSelector(text: string): boolean {
  return compileSelector(text) !== null;
}

/** The elements that a selector matches, in document order; not those inside of templates. */
export function selectNodes(tree: Tree, matcher: Matcher): readonly number[] {
  const matches = matcher.begin(tree, MAX_STEPS);
  const found: number[] = [];
  for (let node = 1; node < tree.size; node++) {
    const isReachable = ((tree.flags[node] ?? 0) & NodeFlag.TEMPLATE) === 0;
    if (isReachable && matches(node)) found.push(node);
  }
  return found;
}

const NO_TREE: Tree = {
  size: 0,
  tag: new Uint16Array(),
  parent: new Int32Array(),
  end: new Int32Array(),
  depth: new Uint16Array(),
  flags: new Uint8Array(),
  truncated: false,
  name: () => "",
  text: () => "",
  attribute: () => null,
  attributes: () => [],
};

/**
 * What css-select sees of a tree. Its nodes are ours plus one, as it takes 0 for none. After `maxSteps` looks
 * no node has relatives any more, so that every search ends at once.
 */
class TreeView {
  #tree = NO_TREE;
  #stepsLeft = 0;
  readonly #childrenOf: Map<number, number[]> = new Map();

  get isExhausted(): boolean {
    return this.#stepsLeft <= 0;
  }

  show(tree: Tree, maxSteps: number): void {
    this.#tree = tree;
    this.#stepsLeft = maxSteps;
    this.#childrenOf.clear();
  }

  readonly isTag = (node: number): node is number => {
    this.#stepsLeft -= 1;
    return (this.#tree.tag[node - 1] ?? 0) > Tag.TEXT;
  };

  readonly getName = (node: number): string => this.#tree.name(node - 1);

  readonly getAttributeValue = (node: number, name: string): string | undefined => {
    const value = this.#tree.attribute(node - 1, name);
    return value === null ? undefined : this.#read(value);
  };

  readonly hasAttrib = (node: number, name: string): boolean =>
    this.#tree.attribute(node - 1, name) !== null;

  readonly getParent = (node: number): number | null => {
    this.#stepsLeft -= 1;
    const parent = this.#tree.parent[node - 1] ?? -1;
    return parent < 0 || this.isExhausted ? null : parent + 1;
  };

  readonly getChildren = (node: number): number[] => {
    if (this.isExhausted) return [];
    const known = this.#childrenOf.get(node);
    if (known !== undefined) return known;
    const { end } = this.#tree;
    const stop = end[node - 1] ?? 0;
    const children: number[] = [];
    for (let child = node; child < stop; child = end[child] ?? stop) children.push(child + 1);
    this.#stepsLeft -= children.length;
    this.#childrenOf.set(node, children);
    return children;
  };

  readonly getSiblings = (node: number): number[] => {
    const parent = this.getParent(node);
    return parent === null ? [node] : this.getChildren(parent);
  };

  readonly getText = (node: number): string => {
    const pieces: string[] = [];
    const stop = this.#tree.end[node - 1] ?? 0;
    for (let inside = node - 1; inside < stop && !this.isExhausted; inside++) {
      this.#stepsLeft -= 1;
      if (this.#tree.tag[inside] === Tag.TEXT) pieces.push(this.#read(this.#tree.text(inside)));
    }
    return pieces.join("");
  };

  /** Long texts take long to search: so many characters cost as much as a look. */
  #read(text: string): string {
    this.#stepsLeft -= text.length / CHARACTERS_PER_STEP;
    return text;
  }

  readonly removeSubsets = (nodes: number[]): number[] => nodes;
}
