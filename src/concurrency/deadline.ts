/** The time that a piece of work has, all its steps together. */
export interface Deadline {
  /** Aborted when the time is over, or with the reason of the work's own signal. */
  readonly signal: AbortSignal;
  /** The time was over before the work's own signal said anything. */
  readonly isOver: boolean;
  /** Never negative. */
  leftMs(): number;
  /** For whoever made it, when the work has ended: it holds a timer. */
  stop(): void;
}

interface DeadlineOptions {
  readonly timeoutMs: number;
  /** Ends the work before its time. */
  readonly signal: AbortSignal;
}

/** Starts a clock. */
export function startDeadline({ timeoutMs, signal }: DeadlineOptions): Deadline {
  const timeIsOver = new AbortController();
  const endsAt = performance.now() + timeoutMs;
  const timer = setTimeout(() => {
    timeIsOver.abort(new DOMException("The time is over.", "TimeoutError"));
  }, timeoutMs);
  const either = AbortSignal.any([signal, timeIsOver.signal]);
  return {
    signal: either,
    get isOver() {
      return timeIsOver.signal.aborted && either.reason === timeIsOver.signal.reason;
    },
    leftMs: () => Math.max(0, endsAt - performance.now()),
    stop: () => clearTimeout(timer),
  };
}
