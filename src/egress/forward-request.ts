import type { IncomingMessage, ServerResponse } from "node:http";
import { PassThrough } from "node:stream";
import { pipeline } from "node:stream/promises";
import type { BrowserProxyLimits } from "./browser-proxy.ts";
import type { EgressAnswer } from "./egress.ts";
import { endToEndHeaders } from "./end-to-end-headers.ts";
import type { OpenPass } from "./open-pass.ts";
import type { AdmittedRequest } from "./serve-in-pass.ts";
import type { RequestBody, WayOut } from "./way-out.ts";

interface BrowserRequest extends AdmittedRequest {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly wayOut: WayOut;
  readonly limits: BrowserProxyLimits;
}

/** Asks the host what the browser asks, and hands its answer on. */
export async function forwardRequest(order: BrowserRequest): Promise<void> {
  const { request, response, url, pass, wayOut, limits, signal } = order;
  const answer = await wayOut.ask({
    url,
    method: request.method ?? "GET",
    headers: requestHeaders(request),
    body: bodyOf(request),
    proxy: pass.visit.proxy,
    failedProxies: pass.failedProxies,
    connectTimeoutMs: limits.connectTimeoutMs,
    headersTimeoutMs: limits.idleTimeoutMs,
    signal,
    onEnd: () => undefined,
  });
  try {
    const headers = answerHeaders(answer.headers);
    pass.countBytes(headers.reduce((sum, [name, value]) => sum + name.length + value.length, 0));
    response.sendDate = false;
    // Where a host says less or more than it announced, the rest would be taken for the next host's answer.
    response.strictContentLength = true;
    response.writeHead(answer.status, headers.flat());
    response.setTimeout(limits.idleTimeoutMs);
    await pipeline(counted(answer.body, pass), response);
  } finally {
    answer.body.destroy();
  }
}

/** `Host` follows from the URL (RFC 9112 section 3.2.2), and the length from the body. */
function requestHeaders({ rawHeaders }: IncomingMessage): EgressAnswer["headers"] {
  const pairs = rawHeaders.flatMap((name, index) =>
    index % 2 === 0 ? [[name, rawHeaders[index + 1] ?? ""] as const] : [],
  );
  return endToEndHeaders(pairs).filter(([name]) => !/^(?:host|content-length)$/i.test(name));
}

/** A body that tells its end by itself has no length to announce (RFC 9112 section 6.3). */
function answerHeaders(headers: EgressAnswer["headers"]): EgressAnswer["headers"] {
  const isChunked = headers.some(([name]) => name === "transfer-encoding");
  return endToEndHeaders(headers).filter(([name]) => !isChunked || name !== "content-length");
}

function bodyOf(request: IncomingMessage): RequestBody | null {
  const length = request.headers["content-length"];
  const bytes = length === undefined ? null : Number(length);
  if (bytes === 0 || (bytes === null && request.headers["transfer-encoding"] === undefined))
    return null;
  // Whoever is done with the body before its end destroys it: the browser's connection shall outlive that.
  return { stream: request.pipe(new PassThrough()), bytes };
}

async function* counted(body: AsyncIterable<Uint8Array>, pass: OpenPass) {
  for await (const chunk of body) {
    pass.countBytes(chunk.length);
    yield chunk;
  }
}
