import { compile } from "css-select";
import { SelectorSteps } from "./selector-steps.ts";
import { Tag } from "./tag.ts";
import { NodeFlag, type Tree } from "./tree.ts";

/** A compiled CSS selector: see {@link selectNodes}. */
export interface Matcher {
  readonly selector: string;
  /** Makes the test of one page's nodes. It gives up, and answers false, once the steps are used up. */
  readonly begin: (tree: Tree, steps: SelectorSteps) => (node: number) => boolean;
}

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
      begin(tree, steps) {
        view.show(tree, steps);
        return (node) => view.isTag(node + 1) && test(node + 1) && !steps.areUsedUp;
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
export function selectNodes(
  tree: Tree,
  matcher: Matcher,
  steps = new SelectorSteps(),
): readonly number[] {
  const matches = matcher.begin(tree, steps);
  const found: number[] = [];
  for (let node = 1; node < tree.size && !steps.areUsedUp; node++) {
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
  classes: () => ({ of: new Int32Array(), values: [""] }),
  attributes: () => [],
};

/**
 * What css-select sees of a tree. Its nodes are ours plus one, as it takes 0 for none. Once the steps
 * are used up no node has relatives any more, so that every search ends at once.
 */
class TreeView {
  #tree = NO_TREE;
  #steps = new SelectorSteps(0);
  readonly #childrenOf: Map<number, number[]> = new Map();

  show(tree: Tree, steps: SelectorSteps): void {
    this.#tree = tree;
    this.#steps = steps;
    this.#childrenOf.clear();
  }

  readonly isTag = (node: number): node is number => {
    this.#steps.look();
    return (this.#tree.tag[node - 1] ?? 0) > Tag.TEXT;
  };

  readonly getName = (node: number): string => this.#tree.name(node - 1);

  readonly getAttributeValue = (node: number, name: string): string | undefined => {
    const value = this.#tree.attribute(node - 1, name);
    return value === null ? undefined : this.#steps.read(value);
  };

  readonly hasAttrib = (node: number, name: string): boolean =>
    this.#tree.attribute(node - 1, name) !== null;

  readonly getParent = (node: number): number | null => {
    this.#steps.look();
    const parent = this.#tree.parent[node - 1] ?? -1;
    return parent < 0 || this.#steps.areUsedUp ? null : parent + 1;
  };

  readonly getChildren = (node: number): number[] => {
    if (this.#steps.areUsedUp) return [];
    const known = this.#childrenOf.get(node);
    if (known !== undefined) return known;
    const { end } = this.#tree;
    const stop = end[node - 1] ?? 0;
    const children: number[] = [];
    for (let child = node; child < stop; child = end[child] ?? stop) children.push(child + 1);
    this.#steps.look(children.length);
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
    for (let inside = node - 1; inside < stop && !this.#steps.areUsedUp; inside++) {
      this.#steps.look();
      if (this.#tree.tag[inside] === Tag.TEXT)
        pieces.push(this.#steps.read(this.#tree.text(inside)));
    }
    return pieces.join("");
  };

  readonly removeSubsets = (nodes: number[]): number[] => nodes;
}
