import { setTimeout as sleep } from "node:timers/promises";
import { type ApiAnswer, type ApiRequest, createApi } from "../api.ts";

/** Null: the request may have been heard, but its answer was lost. */
export type AskThroughCrashes = (request: ApiRequest) => Promise<ApiAnswer | null>;

/**
 * A client of a server that comes and goes. What was not heard is asked again, and so is what the server turned away;
 * after an answer that was lost it is for the caller to decide.
 */
export function createAsk(
  server: { readonly url: string; readonly key: string },
  signal: AbortSignal,
): AskThroughCrashes {
  const api = createApi(server);
  return async (request) => {
    for (;;) {
      const limit = AbortSignal.any([signal, AbortSignal.timeout(ANSWER_TIMEOUT_MS)]);
      const outcome = await api.send({ ...request, signal: limit }).catch(readFailure);
      signal.throwIfAborted();
      if (outcome === null) return null;
      if (outcome !== "not heard" && !isTurnedAway(outcome)) return outcome;
      await sleep(ASK_AGAIN_MS, undefined, { signal });
    }
  };
}

const ANSWER_TIMEOUT_MS = 60_000;
const ASK_AGAIN_MS = 50;

function isTurnedAway({ status }: ApiAnswer): boolean {
  return status === 503 || status === 429;
}

/** Of a connection that was never made nothing was heard; of one that broke, nobody knows. */
function readFailure(error: unknown): "not heard" | null {
  const cause = error instanceof Error ? error.cause : null;
  const code = cause instanceof Error && "code" in cause ? cause.code : null;
  return code === "ECONNREFUSED" ? "not heard" : null;
}
