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
  readonly signal: AbortSignal;
  readonly onKill?: (kills: number) => void;
}

interface Moment {
  readonly weight: number;
  /** Submissions begin with the first answer; else with the process, and are made again until they are heard. */
  readonly waitsForAnswer: boolean;
  /** From the submissions to the kill, at most. */
  readonly withinMs: number;
}

const MOMENTS: readonly Moment[] = [
  // While it starts: migrations, the lock of the folder, jobs of the dead taken back, the first requests.
  { weight: 3, waitsForAnswer: false, withinMs: 900 },
  // In the middle of a burst: requests read, commits under way, answers not yet written.
  { weight: 4, waitsForAnswer: true, withinMs: 250 },
  // At work: pages fetched, results written, others waiting.
  { weight: 3, waitsForAnswer: true, withinMs: 1500 },
];

/** Starts a server and kills it, over and over, at moments that the seed decides as far as that can be decided. */
export async function killAtRandom(
  order: KillOrder,
): Promise<{ readonly restartMs: readonly number[]; readonly faults: readonly Fault[] }> {
  // Another sequence than that of the submissions.
  const random = createRandom(order.seed + 1_000_003);
  const moments = MOMENTS.flatMap((moment) => Array.from({ length: moment.weight }, () => moment));
  const share = Math.ceil(order.jobs / (order.kills + 1));
  const restartMs: number[] = [];
  const faults: Fault[] = [];
  for (let kills = 1; kills <= order.kills; kills += 1) {
    const moment = moments[random(moments.length)] ?? MOMENTS[0];
    if (moment === undefined) break;
    const life = order.start();
    const answeredMs = await liveFor(life, moment, { random, order, share });
    await life.kill();
    if (answeredMs !== null) restartMs.push(answeredMs);
    const end = await life.end;
    if (end !== "SIGKILL") faults.push({ kind: "wrong", what: `the server ended: ${end}` });
    order.onKill?.(kills);
  }
  return { restartMs, faults };
}

/** The time of the first answer, where one was waited for. */
async function liveFor(
  life: Life,
  moment: Moment,
  { random, order, share }: { random: Random; order: KillOrder; share: number },
): Promise<number | null> {
  const answeredMs = moment.waitsForAnswer ? await life.firstAnswerMs : null;
  order.submit(share);
  const ended = life.end.then(() => undefined);
  await Promise.race([sleep(random(moment.withinMs), undefined, { signal: order.signal }), ended]);
  return answeredMs;
}
