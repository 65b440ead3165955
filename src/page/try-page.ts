import { backoffMs } from "../concurrency/backoff.ts";
import { type Deadline, startDeadline } from "../concurrency/deadline.ts";
import { sleep } from "../concurrency/sleep.ts";
import { PageError } from "../contract/app-error.ts";
import { JOB_ERRORS, type JobErrorRow } from "../contract/error-table.ts";

interface Tries<Turn extends object, Result> {
  /** All tries together, from the moment that the first turn is there. */
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
  /** Every try needs the host's turn, and uses it or gives it back. */
  readonly waitForTurn: (signal: AbortSignal) => Promise<Turn>;
  readonly tryOnce: (attempt: PageTry<Turn>) => Promise<Result>;
  /** From 0 to below 1. */
  readonly random: () => number;
}

export interface PageTry<Turn> {
  readonly turn: Turn;
  readonly deadline: Deadline;
}

export type Tried<Result> = { readonly retryCount: number } & (
  | { readonly ok: true; readonly result: Result }
  | { readonly ok: false; readonly error: PageError }
);

const MAX_TRIES = 3;
/** With less time left no answer can come. */
const SHORTEST_TRY_MS = 50;
const BACKOFF = { baseMs: 500, maxMs: 10_000 } as const;

/** How often a page is tried again after failures of one code. */
const TRIES_AGAIN: Readonly<Record<JobErrorRow["triesAgain"], number>> = {
  never: 0,
  once: 1,
  within_time: MAX_TRIES - 1,
  next_proxy: MAX_TRIES - 1,
};

/**
 * Tries a page until it succeeds, its failure is final, or its time is over; then the last try's failure is the
 * answer.
 * @throws whatever `signal` is aborted with.
 */
export async function tryPage<Turn extends object, Result>(
  tries: Tries<Turn, Result>,
): Promise<Tried<Result>> {
  const firstTurn = await tries.waitForTurn(tries.signal);
  const deadline = startDeadline(tries);
  try {
    return await tryUntil(tries, deadline, firstTurn);
  } finally {
    deadline.stop();
  }
}

async function tryUntil<Turn extends object, Result>(
  tries: Tries<Turn, Result>,
  deadline: Deadline,
  firstTurn: Turn,
): Promise<Tried<Result>> {
  const failures: PageError[] = [];
  let turn = firstTurn;
  while (true) {
    const outcome = await tryOnce(tries, { turn, deadline });
    const tried = { ...outcome, retryCount: failures.length };
    if (tried.ok) return tried;
    failures.push(tried.error);
    const nextTurn = await waitForNextTurn(tries, deadline, failures);
    if (nextTurn === null) return tried;
    turn = nextTurn;
  }
}

async function tryOnce<Turn extends object, Result>(
  { tryOnce, signal }: Tries<Turn, Result>,
  attempt: PageTry<Turn>,
) {
  try {
    return { ok: true, result: await tryOnce(attempt) } as const;
  } catch (error) {
    signal.throwIfAborted();
    return { ok: false, error: toPageError(error, attempt.deadline) } as const;
  }
}

function toPageError(cause: unknown, deadline: Deadline): PageError {
  if (cause instanceof PageError) return cause;
  if (!deadline.isOver) return new PageError("INTERNAL_ERROR", { cause });
  return new PageError("TIMEOUT", { details: { reason: "total" }, cause });
}

/** Null: there is no further try, or no time for one. */
async function waitForNextTurn<Turn extends object, Result>(
  { waitForTurn, signal, random }: Tries<Turn, Result>,
  deadline: Deadline,
  failures: readonly PageError[],
): Promise<Turn | null> {
  const pause = pauseAfter(failures, random);
  if (pause === null || pause + SHORTEST_TRY_MS > deadline.leftMs()) return null;
  try {
    await sleep(pause, deadline.signal);
    return await waitForTurn(deadline.signal);
  } catch (error) {
    signal.throwIfAborted();
    if (deadline.isOver) return null;
    throw error;
  }
}

/** Milliseconds until the next try; null where the last failure is final. */
function pauseAfter(failures: readonly PageError[], random: () => number): number | null {
  const last = failures.at(-1);
  if (last === undefined || failures.length >= MAX_TRIES) return null;
  const { triesAgain, finalReasons = [] }: JobErrorRow = JOB_ERRORS[last.code];
  const alike = failures.filter(({ code }) => code === last.code).length;
  if (alike > TRIES_AGAIN[triesAgain] || finalReasons.includes(last.reason ?? "")) return null;
  // Another proxy has not failed yet: nothing to wait for.
  if (triesAgain === "next_proxy") return 0;
  return last.retryAfterMs ?? backoffMs({ pauses: failures.length - 1, ...BACKOFF, random });
}
