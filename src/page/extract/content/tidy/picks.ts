import type { ContentFacts } from "../content-facts.ts";

/** Blocks that were picked one by one, while rules about several at once go over them. */
export interface Picks {
  readonly content: ContentFacts;
  readonly likelihood: Float64Array;
  /** 1: content. The rules change it. */
  readonly picked: Uint8Array;
}
