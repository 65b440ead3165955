import type { Connection } from "./connection.ts";
import { pause } from "./pause.ts";
import { QuernError } from "./quern-error.ts";
import { throwUnlessOk } from "./read-reply.ts";
import { pauseAfter } from "./retry-policy.ts";

/** One call of the API. It may be repeated without a second effect. */
export interface Call<Result> {
  readonly method: "GET" | "POST" | "DELETE";
  /** Below the base address, without a slash in front. */
  readonly path: string;
  readonly query?: Readonly<Record<string, string>>;
  readonly headers?: Readonly<Record<string, string>>;
  readonly body?: unknown;
  readonly signal?: AbortSignal | undefined;
  /** What the server may take by agreement, besides the connection's time. */
  readonly extraMs?: number;
  /** Of a reply that is 2xx; within the time of the try. */
  readonly read: (response: Response, server: string) => Promise<Result>;
}

/** Tries until it works or further tries are of no use. @throws QuernError, or the reason of the signal */
export async function request<Result>(connection: Connection, call: Call<Result>): Promise<Result> {
  for (let tries = 1; ; tries += 1) {
    try {
      return await tryRequest(connection, call);
    } catch (error) {
      if (!(error instanceof QuernError)) throw error;
      const pauseMs = pauseAfter(error, { tries, policy: connection.retries });
      if (pauseMs === null) throw error;
      await pause(pauseMs, call.signal);
    }
  }
}

/** One try. @throws QuernError, or the reason of the signal */
export async function tryRequest<Result>(
  connection: Connection,
  call: Call<Result>,
): Promise<Result> {
  const timeIsOver = new AbortController();
  const timeoutMs = connection.timeoutMs + (call.extraMs ?? 0);
  const timer = setTimeout(() => timeIsOver.abort(), timeoutMs);
  const server = connection.baseUrl.href;
  try {
    const signals = call.signal === undefined ? [] : [call.signal];
    const signal = AbortSignal.any([...signals, timeIsOver.signal]);
    const response = await fetch(toUrl(connection, call), toInit(connection, call, signal));
    await throwUnlessOk(response, server);
    return await call.read(response, server);
  } catch (error) {
    call.signal?.throwIfAborted();
    if (timeIsOver.signal.aborted) throw toTimeout(server, timeoutMs);
    throw error instanceof QuernError ? error : toConnectionError(error, server);
  } finally {
    clearTimeout(timer);
  }
}

/** The line broke: while asking, or while the reply was read. */
export function toConnectionError(cause: unknown, server: string): QuernError {
  // The platform says "fetch failed" and keeps the reason one or two causes deeper.
  const reason = innermost(cause);
  return new QuernError({
    code: "CONNECTION_FAILED",
    message: `${server} can't be reached: ${reason}`,
    retryable: true,
    cause,
  });
}

function toTimeout(server: string, timeoutMs: number): QuernError {
  return new QuernError({
    code: "REQUEST_TIMEOUT",
    message: `${server} has not answered within ${timeoutMs} ms`,
    retryable: true,
  });
}

function innermost(error: unknown): string {
  if (!(error instanceof Error)) return String(error);
  if (error.cause instanceof Error) return innermost(error.cause);
  // Of several addresses that were tried Node gives no message, but a code.
  return error.message || ("code" in error ? String(error.code) : error.name);
}

function toUrl({ baseUrl }: Connection, { path, query = {} }: Call<unknown>): URL {
  const url = new URL(path, baseUrl);
  for (const [name, value] of Object.entries(query)) url.searchParams.set(name, value);
  return url;
}

function toInit(
  { key }: Connection,
  { method, headers, body }: Call<unknown>,
  signal: AbortSignal,
): RequestInit {
  return {
    method,
    signal,
    // Another origin would get the key.
    redirect: "manual",
    headers: {
      accept: "application/json",
      "x-api-key": key,
      ...(body !== undefined && { "content-type": "application/json" }),
      ...headers,
    },
    ...(body !== undefined && { body: JSON.stringify(body) }),
  };
}
