import type { PageEvidence } from "./evidence.ts";
import { viewPage } from "./page-view.ts";
import type { Sign } from "./sign.ts";
import { BLOCK_SIGNS } from "./signs/block-signs.ts";
import { CHALLENGE_SIGNS } from "./signs/challenge-signs.ts";
import { EMPTY_SHELL_SIGNS } from "./signs/empty-shell-signs.ts";
import { EMPTY_SIGNS } from "./signs/empty-signs.ts";
import { LOGIN_WALL_SIGNS } from "./signs/login-wall-signs.ts";
import { SOFT_404_SIGNS } from "./signs/soft-404-signs.ts";
import type { Mistake, Verdict } from "./verdict.ts";

/**
 * Is this the page, or something that was sent in its place? Each mistake has a table of signs; it is made out
 * when their weights reach the threshold and come from two sources at least, so that no single word, header or
 * script decides. In doubt it is the page.
 */
export function judgePage(evidence: PageEvidence): Verdict {
  const page = viewPage(evidence);
  for (const [kind, signs] of MISTAKES) {
    const shown = signs.filter((sign) => sign.shows(page));
    if (!isMadeOut(shown)) continue;
    return { kind, signals: shown.filter(({ weight }) => weight > 0).map(({ name }) => name) };
  }
  return { kind: "page" };
}

/** The first that is made out counts: a challenge is often a block and a shell as well, and the first is the truest. */
const MISTAKES: readonly (readonly [kind: Mistake, signs: readonly Sign[]])[] = [
  ["challenge", CHALLENGE_SIGNS],
  ["block", BLOCK_SIGNS],
  ["login_wall", LOGIN_WALL_SIGNS],
  ["soft_404", SOFT_404_SIGNS],
  ["empty_shell", EMPTY_SHELL_SIGNS],
  ["empty", EMPTY_SIGNS],
];

const THRESHOLD = 10;

function isMadeOut(shown: readonly Sign[]): boolean {
  const sum = shown.reduce((total, { weight }) => total + weight, 0);
  const sources = new Set(shown.filter(({ weight }) => weight > 0).map(({ source }) => source));
  return sum >= THRESHOLD && sources.size >= 2;
}
