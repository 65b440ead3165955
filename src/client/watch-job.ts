import { type ExtractJob, extractJobSchema } from "../contract/job-response.ts";
import { isFinalStatus } from "../contract/job-status.ts";
import type { Connection } from "./connection.ts";
import { toJobPath } from "./job-path.ts";
import { parseEventStream } from "./parse-event-stream.ts";
import { pause } from "./pause.ts";
import { QuernError } from "./quern-error.ts";
import { parseAs, readAs, unexpected } from "./read-reply.ts";
import { request, toConnectionError, tryRequest } from "./request.ts";
import { isPassing, jitterMs } from "./retry-policy.ts";

export interface Watch {
  readonly jobId: string;
  /** Goes on after this event; null: from the present state. */
  readonly lastEventId: string | null;
  readonly signal: AbortSignal | undefined;
}

export interface JobState {
  /** With it another watch goes on where this one was. */
  readonly eventId: string | null;
  readonly job: ExtractJob;
}

/**
 * The present state of a job and each change up to the final one, over as many connections as it takes.
 * @throws QuernError when the server stays away, or the reason of the signal
 */
export async function* watchJob(
  connection: Connection,
  { jobId, lastEventId, signal }: Watch,
): AsyncGenerator<JobState, void, undefined> {
  const lines = createLines(connection);
  let seen = lastEventId;
  let hasEnded = false;
  while (true) {
    let isSilent = true;
    try {
      const watch = { jobId, lastEventId: seen, signal };
      for await (const state of readStates(connection, watch, lines.opened)) {
        yield state;
        if (isFinalStatus(state.job.status)) return;
        seen = state.eventId;
        isSilent = false;
        lines.told();
      }
      // Whoever has seen the final state is told nothing. That it is so the second silence says: between the first one
      // and the look at the job it may have ended.
      if (isSilent && hasEnded) return;
      hasEnded = isSilent && (await isFinal(connection, watch));
    } catch (error) {
      signal?.throwIfAborted();
      lines.failed(error);
    }
    await pause(lines.pauseMs(), signal);
  }
}

/** How many connections there were: it says how long to wait before the next, and when to give up. */
function createLines({ retries }: Connection) {
  let sinceOpened = 0;
  let sinceTold = 0;
  let askedMs = 0;
  return {
    opened: () => {
      sinceOpened = 0;
    },
    told: () => {
      sinceTold = 0;
    },
    /** @throws the error where another connection would be of no use */
    failed: (error: unknown) => {
      sinceOpened += 1;
      const isLost = error instanceof QuernError && (isPassing(error) || error.code === LATE);
      if (!isLost || sinceOpened >= retries.maxTries * PATIENCE) throw error;
      askedMs = Math.min(error.retryAfterMs ?? 0, retries.maxRetryAfterMs);
    },
    pauseMs: () => {
      sinceTold += 1;
      const pauseMs = askedMs + jitterMs(sinceTold, retries);
      askedMs = 0;
      return pauseMs;
    },
  };
}

const LATE = "REQUEST_TIMEOUT";

/** Whoever waits for a job wants to wait for a server's restart too: about a minute by default. */
const PATIENCE = 4;

async function isFinal(connection: Connection, { jobId, signal }: Watch): Promise<boolean> {
  const { status } = await request(connection, {
    method: "GET",
    path: toJobPath(jobId),
    signal,
    read: readAs(extractJobSchema),
  });
  return isFinalStatus(status);
}

/** The states of one connection. */
async function* readStates(
  connection: Connection,
  { jobId, lastEventId, signal }: Watch,
  onOpen: () => void,
): AsyncGenerator<JobState> {
  const line = new AbortController();
  const server = connection.baseUrl.href;
  try {
    const body = await tryRequest(connection, {
      method: "GET",
      path: `${toJobPath(jobId)}/events`,
      headers: {
        accept: "text/event-stream",
        ...(lastEventId !== null && { "last-event-id": lastEventId }),
      },
      signal: signal === undefined ? line.signal : AbortSignal.any([signal, line.signal]),
      read: readEventBody,
    });
    onOpen();
    for await (const { name, id, data } of parseEventStream(readText(body, line))) {
      if (name !== "job") continue;
      yield { eventId: id, job: parseAs(extractJobSchema, { text: data, server, status: 200 }) };
    }
  } catch (error) {
    throw error instanceof QuernError ? error : toConnectionError(error, server);
  } finally {
    line.abort();
  }
}

async function readEventBody(
  { body, headers, status }: Response,
  server: string,
): Promise<ReadableStream<Uint8Array>> {
  const type = headers.get("content-type") ?? "";
  if (body !== null && type.startsWith("text/event-stream")) return body;
  throw unexpected("its events are no text/event-stream", { server, status });
}

/** A line on which nothing comes is ended: the server writes a comment every 15 s. */
const SILENCE_MS = 45_000;

async function* readText(
  body: ReadableStream<Uint8Array>,
  line: AbortController,
): AsyncGenerator<string> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  while (true) {
    const timer = setTimeout(() => line.abort(new Error("the line is silent")), SILENCE_MS);
    const { done, value } = await reader.read().finally(() => clearTimeout(timer));
    if (done) return;
    yield decoder.decode(value, { stream: true });
  }
}
