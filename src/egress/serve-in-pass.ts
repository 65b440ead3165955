import type { Socket } from "node:net";
import { PageError } from "../contract/app-error.ts";
import { failureAnswer, type GateAnswer } from "./gate-answer.ts";
import type { OpenPass } from "./open-pass.ts";

interface PassRequest {
  readonly pass: OpenPass;
  readonly url: URL;
  /** Of the browser. */
  readonly socket: Socket;
}

/**
 * Does what a request wants, as one of its pass. Returns what the browser is to be told where that failed; null where
 * there is nothing to tell, or nobody.
 */
export async function serveInPass(
  { pass, url, socket }: PassRequest,
  serve: (signal: AbortSignal) => Promise<void>,
): Promise<GateAnswer | null> {
  pass.requests += 1;
  pass.adopt(socket);
  const gone = new AbortController();
  const hangUp = () => gone.abort();
  socket.once("close", hangUp);
  const signal = AbortSignal.any([pass.signal, gone.signal]);
  try {
    const place = await pass.takePlace(signal);
    await serve(signal).finally(() => place.release());
    return null;
  } catch (error) {
    // Whatever the browser's going, or the pass's end, has broken.
    if (socket.destroyed && !(error instanceof PageError)) return null;
    const failure = toPageError(error);
    pass.note(url, failure);
    return failureAnswer(failure);
  } finally {
    socket.off("close", hangUp);
  }
}

function toPageError(error: unknown): PageError {
  return error instanceof PageError ? error : new PageError("INTERNAL_ERROR", { cause: error });
}
