import { setTimeout as sleep } from "node:timers/promises";
import { createRandom, type Random } from "../create-random.ts";
import type { Fault } from "./fault.ts";
import type { Life } from "./start-life.ts";

export interface KillOrder {
  readonly kills: number;
  readonly jobs: number;
  readonly seed: number;
  readonly start: () => Life;
  /** Lets the next so many submissions go, all at once. */
  readonly submit: (count: number) => void;
  readonly progress: Progress;
  readonly signal: AbortSignal;
  readonly onKill?: (kills: number) => void;
}

/** How far everything has come since the first life began: a slow machine is not killed before it has done anything. */
export interface Progress {
  /** Submissions that were answered. */
  readonly answers: () => number;
  /** Pages that the site was asked for. */
  readonly visits: () => number;
}

interface Moment {
  readonly weight: number;
  /** What has to happen first, and how often at most; null: nothing, the server may not even listen. */
  readonly after: keyof Progress | null;
  /** From then to the kill, at most. */
  readonly withinMs: number;
}

const MOMENTS: readonly Moment[] = [
  // While it starts: migrations, the lock of the folder, jobs of the dead taken back, the first requests.
  { weight: 3, after: null, withinMs: 1500 },
  // In the middle of a burst: requests read, commits under way, answers not yet written.
  { weight: 4, after: "answers", withinMs: 50 },
  // At work: pages fetched, results written, others waiting.
  { weight: 5, after: "visits", withinMs: 500 },
];

/** Starts a server and kills it, over and over, at moments that the seed decides as far as that can be decided. */
export async function killAtRandom(
  order: KillOrder,
): Promise<{ readonly restartMs: readonly number[]; readonly faults: readonly Fault[] }> {
  // Another sequence than that of the submissions.
  const random = createRandom(order.seed + 1_000_003);
  const moments = MOMENTS.flatMap((moment) => Array.from({ length: moment.weight }, () => moment));
  const restartMs: number[] = [];
  const faults: Fault[] = [];
  for (let kills = 1; kills <= order.kills; kills += 1) {
    const moment = moments[random(moments.length)] ?? MOMENTS[0];
    if (moment === undefined) break;
    const life = order.start();
    await liveUntil(moment, life, { random, order });
    await life.kill();
    const answeredMs = await life.firstAnswerMs;
    if (answeredMs !== null) restartMs.push(answeredMs);
    const end = await life.end;
    if (end !== "SIGKILL")
      faults.push({ kind: "wrong", what: `the server ended by itself: ${end}` });
    order.onKill?.(kills);
  }
  return { restartMs, faults };
}

async function liveUntil(
  { after, withinMs }: Moment,
  life: Life,
  { random, order }: { readonly random: Random; readonly order: KillOrder },
): Promise<void> {
  const share = Math.ceil(order.jobs / (order.kills + 1));
  const delayMs = random(withinMs);
  const wanted = after === null ? 0 : order.progress[after]() + 1 + random(share);
  order.submit(share);
  const limit = AbortSignal.any([order.signal, AbortSignal.timeout(LONGEST_LIFE_MS)]);
  const isEarly = () => after !== null && order.progress[after]() < wanted;
  while (isEarly() && life.isRunning() && !limit.aborted) await sleep(LOOK_EVERY_MS);
  await sleep(delayMs, undefined, { signal: order.signal });
}

/** Where there is too little left to do, it is killed all the same. */
const LONGEST_LIFE_MS = 10_000;
const LOOK_EVERY_MS = 5;
