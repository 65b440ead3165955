const CHARACTERS_PER_STEP = 64;

/**
 * Looks at nodes that all selectors of a request together may cost on a page. `a a a a b` on deep pages, or `:has()`
 * and `:nth-child()` on long ones, would go on for minutes.
 */
export class SelectorSteps {
  #left: number;

  constructor(steps = 5_000_000) {
    this.#left = steps;
  }

  get areUsedUp(): boolean {
    return this.#left <= 0;
  }

  look(nodes = 1): void {
    this.#left -= nodes;
  }

  /** Long texts take long to search: so many characters cost as much as a look. */
  read(text: string): string {
    this.#left -= text.length / CHARACTERS_PER_STEP;
    return text;
  }
}
