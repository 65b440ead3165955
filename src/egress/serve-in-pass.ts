import type { IncomingMessage } from "node:http";
import { PageError } from "../contract/app-error.ts";
import { failureAnswer, type GateAnswer, MALFORMED, UNKNOWN_CLIENT } from "./gate-answer.ts";
import type { OpenPass } from "./open-pass.ts";
import type { PassOffice } from "./pass-office.ts";

interface ProxyRequest {
  readonly request: IncomingMessage;
  /** Null: it is none that a browser sends. */
  readonly url: URL | null;
  readonly office: PassOffice;
}

/** A request that shows an open pass. Its URL is still to be judged. */
export interface AdmittedRequest {
  readonly url: URL;
  readonly pass: OpenPass;
  /** Aborted when the pass ends or the browser hangs up. */
  readonly signal: AbortSignal;
}

type Serve = (admitted: AdmittedRequest) => Promise<void>;

/**
 * Does what a request wants, as one of its pass. Returns what the browser is to be told where that failed; null where
 * there is nothing to tell, or nobody.
 */
export async function serveInPass(
  { request, url, office }: ProxyRequest,
  serve: Serve,
): Promise<GateAnswer | null> {
  const pass = office.find(request);
  if (pass === null) return UNKNOWN_CLIENT;
  const { socket } = request;
  pass.adopt(socket);
  if (url === null) return MALFORMED;
  pass.requests += 1;
  const gone = new AbortController();
  const hangUp = () => gone.abort();
  socket.once("close", hangUp);
  const signal = AbortSignal.any([pass.signal, gone.signal]);
  try {
    const place = await pass.takePlace(signal);
    await serve({ url, pass, signal }).finally(() => place.release());
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
