import { readFileSync } from "node:fs";

/** The end of a log. */
export function readTail(file: string): string {
  return readFileSync(file, "utf8").slice(-MOST_CHARACTERS);
}

const MOST_CHARACTERS = 3000;
