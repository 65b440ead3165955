import { createPlaces, type Places } from "../concurrency/places.ts";
import { sleep } from "../concurrency/sleep.ts";
import type { HostTurn } from "./egress.ts";

export interface HostLimits {
  readonly hostConcurrency: number;
  /** Between two starts. */
  readonly hostDelayMs: number;
}

/** Turns of each host: so many at once, so far apart, in the order of asking. Hosts are told by their `hostKey`. */
export interface HostGate {
  waitForTurn(host: string, signal: AbortSignal): Promise<HostTurn>;
  /** Whether a turn would be given at once. None is taken. */
  hasTurn(host: string): boolean;
  /** All hosts that have no turn just now: at their limit, or in the delay after a start. */
  fullHosts(): string[];
  /** Hosts that are remembered just now. */
  readonly size: number;
}

interface HostGateDeps extends HostLimits {
  /** Milliseconds that never go back. */
  readonly now: () => number;
}

export function createHostGate({ hostConcurrency, hostDelayMs, now }: HostGateDeps): HostGate {
  const lines = new Map<string, Line>();

  const lineOf = (host: string): Line => {
    const known = lines.get(host);
    if (known !== undefined) return known;
    const line = openLine(hostConcurrency);
    lines.set(host, line);
    return line;
  };

  /** A host that nobody asks is forgotten as soon as its next turn could start at once. */
  const forgetIfIdle = (host: string, line: Line): void => {
    if (line.users > 0) return;
    const leftMs = line.startedAt + hostDelayMs - now();
    if (leftMs <= 0) lines.delete(host);
    else setTimeout(forgetIfIdle, leftMs, host, line).unref();
  };

  const isFull = ({ running, starting, startedAt }: Line): boolean =>
    running.inUse >= hostConcurrency || starting.inUse > 0 || startedAt + hostDelayMs > now();

  return {
    get size() {
      return lines.size;
    },
    hasTurn(host) {
      const line = lines.get(host);
      return line === undefined || !isFull(line);
    },
    fullHosts() {
      return [...lines].filter(([, line]) => isFull(line)).map(([host]) => host);
    },
    async waitForTurn(host, signal) {
      const line = lineOf(host);
      line.users += 1;
      const leave = () => {
        line.users -= 1;
        forgetIfIdle(host, line);
      };
      try {
        const release = await takePlace(line, { delayMs: hostDelayMs, now, signal });
        return openTurn(host, () => {
          release();
          leave();
        });
      } catch (error) {
        leave();
        throw error;
      }
    },
  };
}

interface Line {
  readonly running: Places;
  /** Held by the one who waits for the delay to pass. */
  readonly starting: Places;
  /** Those who run or wait. */
  users: number;
  startedAt: number;
}

function openLine(limit: number): Line {
  return {
    running: createPlaces({ limit, maxWaiting: Number.POSITIVE_INFINITY }),
    starting: createPlaces({ limit: 1, maxWaiting: Number.POSITIVE_INFINITY }),
    users: 0,
    startedAt: Number.NEGATIVE_INFINITY,
  };
}

interface Start {
  readonly delayMs: number;
  readonly now: () => number;
  readonly signal: AbortSignal;
}

async function takePlace(line: Line, start: Start): Promise<() => void> {
  const { delayMs, signal } = start;
  const place = await line.running.acquire({ signal, maxWaitMs: Number.POSITIVE_INFINITY });
  const release = () => place?.release();
  if (delayMs === 0) return release;
  try {
    await waitForStart(line, start);
    return release;
  } catch (error) {
    release();
    throw error;
  }
}

async function waitForStart(line: Line, { delayMs, now, signal }: Start): Promise<void> {
  const place = await line.starting.acquire({ signal, maxWaitMs: Number.POSITIVE_INFINITY });
  try {
    const leftMs = line.startedAt + delayMs - now();
    if (leftMs > 0) await sleep(leftMs, signal);
    line.startedAt = now();
  } finally {
    place?.release();
  }
}

function openTurn(host: string, giveBack: () => void): HostTurn {
  let isHeld = true;
  return {
    host,
    release: () => {
      if (!isHeld) return;
      isHeld = false;
      giveBack();
    },
  };
}
