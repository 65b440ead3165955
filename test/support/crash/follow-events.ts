import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import { parseEvents, type ServerEvent } from "../events.ts";

export interface SeenEvent {
  readonly id: number;
  readonly status: string;
}

export interface FollowOrder {
  readonly url: string;
  readonly key: string;
  readonly jobId: string;
  readonly signal: AbortSignal;
}

/** Reads a job's events up to the final one, over as many connections as that takes; not of a job that is unknown. */
export async function followEvents(order: FollowOrder): Promise<readonly SeenEvent[]> {
  const seen: SeenEvent[] = [];
  for (;;) {
    // A line that breaks is what this is about: the next one goes on where it ended.
    const status = await readOn(order, seen).catch(() => null);
    order.signal.throwIfAborted();
    if (isOver(seen) || status === 404) return seen;
    await sleep(CONNECT_AGAIN_MS, undefined, { signal: order.signal });
  }
}

const CONNECT_AGAIN_MS = 50;

function isOver(seen: readonly SeenEvent[]): boolean {
  return FINAL.has(seen.at(-1)?.status ?? "");
}

const FINAL: ReadonlySet<string> = new Set(["completed", "failed", "cancelled"]);

/** The status of the answer, when it has been read to its end. */
async function readOn(
  { url, key, jobId, signal }: FollowOrder,
  seen: SeenEvent[],
): Promise<number> {
  const last = seen.at(-1);
  const response = await fetch(`${url}/v1/extract/${jobId}/events`, {
    headers: {
      "x-api-key": key,
      ...(last === undefined ? {} : { "last-event-id": String(last.id) }),
    },
    signal,
  });
  if (!response.ok || response.body === null) {
    await response.body?.cancel();
    return response.status;
  }
  let text = "";
  for await (const chunk of response.body.pipeThrough(new TextDecoderStream())) {
    const blocks = `${text}${chunk}`.split("\n\n");
    text = blocks.pop() ?? "";
    seen.push(...parseEvents(blocks.join("\n\n")).map(toSeen));
  }
  return response.status;
}

function toSeen({ id, data }: ServerEvent): SeenEvent {
  return { id: Number(id), status: eventData.parse(JSON.parse(data)).status };
}

const eventData = z.looseObject({ status: z.string() });
