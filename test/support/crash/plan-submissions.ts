import type { Random } from "../create-random.ts";

/** One request that the driver makes, and what may come of it. */
export interface Submission {
  readonly kind: string;
  readonly mode: "sync" | "async";
  /** The page on the site: no two submissions have the same. */
  readonly path: string;
  /** Which of the keys asks. */
  readonly keyIndex: number;
  readonly idempotencyKey: string | null;
  /** After it was accepted; null: it is not cancelled. */
  readonly cancelAfterMs: number | null;
  /** Its events are read while it runs. */
  readonly isFollowed: boolean;
  /** How it ends, unless its workers died too often. */
  readonly ends: readonly string[];
}

interface Work {
  readonly kind: string;
  /** How often, compared with the others. */
  readonly weight: number;
  readonly path: (index: number, random: Random) => string;
  readonly ends: readonly string[];
  readonly mode?: "sync";
  readonly isRepeatable?: true;
  readonly isFollowed?: true;
  readonly cancelWithinMs?: number;
}

const slowPage = (index: number, random: Random) =>
  `/slow/headers?ms=${100 + random(900)}&n=${index}`;

const WORK: readonly Work[] = [
  // Many at once, so that a kill finds some accepted, some claimed, some just ended.
  { kind: "page", weight: 6, path: (index) => `/page/${index}`, ends: ["completed"] },
  // A kill most often finds these at work.
  { kind: "slow page", weight: 3, path: slowPage, ends: ["completed"] },
  { kind: "missing", weight: 2, path: (index) => `/status/404?n=${index}`, ends: ["failed"] },
  // A kill finds these between two tries.
  {
    kind: "second try",
    weight: 2,
    path: (index) => `/flaky?status=503&n=${index}`,
    ends: ["completed"],
  },
  // Asked again as long as no answer came: what the header is for.
  {
    kind: "idempotent",
    weight: 4,
    path: (index) => `/page/${index}`,
    ends: ["completed"],
    isRepeatable: true,
  },
  {
    kind: "idempotent, slow",
    weight: 2,
    path: slowPage,
    ends: ["completed"],
    isRepeatable: true,
    isFollowed: true,
  },
  {
    kind: "cancelled",
    weight: 3,
    path: slowPage,
    ends: ["cancelled", "completed"],
    cancelWithinMs: 600,
  },
  { kind: "followed", weight: 2, path: slowPage, ends: ["completed"], isFollowed: true },
  // Recorded at its end alone.
  {
    kind: "sync",
    weight: 3,
    path: (index) => `/page/${index}`,
    ends: ["completed"],
    mode: "sync",
  },
  {
    kind: "sync, missing",
    weight: 1,
    path: (index) => `/status/404?n=${index}`,
    ends: ["failed"],
    mode: "sync",
  },
];

/** What is asked, in order: the same random numbers give the same plan. */
export function planSubmissions(count: number, keys: number, random: Random): Submission[] {
  const bag = WORK.flatMap((work) => Array.from({ length: work.weight }, () => work));
  return Array.from({ length: count }, (_, index) => {
    const work = bag[random(bag.length)] ?? WORK[0];
    if (work === undefined) throw new Error("There is no work");
    return {
      kind: work.kind,
      mode: work.mode ?? "async",
      path: work.path(index, random),
      keyIndex: random(keys),
      idempotencyKey: work.isRepeatable ? `submission-${index}` : null,
      cancelAfterMs: work.cancelWithinMs === undefined ? null : random(work.cancelWithinMs),
      isFollowed: work.isFollowed ?? false,
      ends: work.ends,
    };
  });
}
