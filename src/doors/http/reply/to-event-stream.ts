import { toExtractJob } from "../../../contract/to-extract-job.ts";
import { toWireJson } from "../../../contract/wire-json.ts";
import type { JobView } from "../../../services/jobs.ts";

/**
 * Server-sent events: each state of a job as it comes, and a comment where none has come for a while, so that nobody
 * between takes the line for dead. Nothing is written before it is asked for: a slow reader costs one event.
 */
export async function* toEventStream(
  views: AsyncIterable<JobView>,
  { commentEveryMs }: { readonly commentEveryMs: number },
): AsyncGenerator<string> {
  const states = views[Symbol.asyncIterator]();
  try {
    let next = states.next();
    for (;;) {
      const state = await within(next, commentEveryMs);
      if (state === null) {
        yield COMMENT;
      } else if (state.done) {
        return;
      } else {
        yield toEvent(state.value);
        next = states.next();
      }
    }
  } finally {
    await states.return?.();
  }
}

const COMMENT = ":\n\n";

function toEvent({ job, result }: JobView): string {
  // JSON has no line breaks.
  const data = toWireJson(toExtractJob(job, result));
  return `event: job\nid: ${job.version}\ndata: ${data}\n\n`;
}

/** Null where the time is over first. */
async function within<Value>(work: Promise<Value>, ms: number): Promise<Value | null> {
  const over = Promise.withResolvers<null>();
  const timer = setTimeout(over.resolve, ms, null);
  try {
    return await Promise.race([work, over.promise]);
  } finally {
    clearTimeout(timer);
  }
}
