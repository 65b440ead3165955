import type { PageEvidence } from "./evidence.ts";
import { type PageView, viewPage } from "./page-view.ts";
import type { Sign } from "./sign.ts";
import { BLOCK_SIGNS } from "./signs/block-signs.ts";
import { CHALLENGE_SIGNS } from "./signs/challenge-signs.ts";
import { EMPTY_SHELL_SIGNS } from "./signs/empty-shell-signs.ts";
import { EMPTY_SIGNS } from "./signs/empty-signs.ts";
import { LOGIN_WALL_SIGNS } from "./signs/login-wall-signs.ts";
import { SOFT_404_SIGNS } from "./signs/soft-404-signs.ts";
import { MUCH_PROSE, MUCH_TEXT } from "./signs/substance-signs.ts";
import { THRESHOLD } from "./threshold.ts";
import type { Mistake, Verdict } from "./verdict.ts";

/**
 * Is this the page, or something that was sent in its place? Each mistake has a table of signs; it is made out
 * when their weights reach the threshold and come from two sources at least, so that no single word, header or
 * script decides. In doubt it is the page.
 */
export function judgePage(evidence: PageEvidence): Verdict {
  if (hasMuchToSay(evidence)) return { kind: "page" };
  const page = viewPage(evidence);
  for (const [kind, signs] of MISTAKES) {
    const shown = findSigns(signs, page);
    if (!isMadeOut(shown)) continue;
    return { kind, signals: shown.filter(({ weight }) => weight > 0).map(({ name }) => name) };
  }
  return { kind: "page" };
}

/** Most pages end here. With the signs of substance against it no table could reach the threshold. */
function hasMuchToSay({ signals }: PageEvidence): boolean {
  return signals.visibleTextLength > MUCH_TEXT && signals.proseBlockCount >= MUCH_PROSE;
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

/** Looks for phrases last, and only where they could tip the scale: they cost more than all the rest. */
function findSigns(signs: readonly Sign[], page: PageView): readonly Sign[] {
  const [texts, others] = [signs.filter(isOfText), signs.filter((sign) => !isOfText(sign))];
  const shown = others.filter((sign) => sign.shows(page));
  if (sum(shown) + sum(texts) < THRESHOLD) return [];
  return [...shown, ...texts.filter((sign) => sign.shows(page))];
}

function isOfText({ source }: Sign): boolean {
  return source === "text";
}

function isMadeOut(shown: readonly Sign[]): boolean {
  const sources = new Set(shown.filter(({ weight }) => weight > 0).map(({ source }) => source));
  return sum(shown) >= THRESHOLD && sources.size >= 2;
}

function sum(signs: readonly Sign[]): number {
  return signs.reduce((total, { weight }) => total + weight, 0);
}
