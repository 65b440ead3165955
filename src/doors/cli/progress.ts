import type { Output } from "./terminal.ts";

export interface Progress {
  /** Replaces the line. */
  show(text: string): void;
  /** Takes the line away, so that something else can be written. */
  clear(): void;
}

/** A line that is drawn again and again on a terminal, and never elsewhere. */
export function createProgress(output: Output): Progress {
  if (output.isTTY !== true) return { show: () => undefined, clear: () => undefined };
  return {
    show: (text) => output.write(`\r${CLEAR_LINE}${text}`),
    clear: () => output.write(`\r${CLEAR_LINE}`),
  };
}

/** ECMA-48: erase from the cursor to the end of the line. */
const CLEAR_LINE = "\u001b[K";
