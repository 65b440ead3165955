import type { IncomingMessage, ServerResponse } from "node:http";
import type { Duplex } from "node:stream";
import Fastify, { type FastifyInstance } from "fastify";
import { MAX_TIMEOUT_MS } from "../../contract/limits.ts";
import { toWireJson } from "../../contract/wire-json.ts";
import type { Observers } from "./observe-request.ts";
import { answerClientError } from "./reply/answer-client-error.ts";
import { pickRequestId } from "./request/pick-request-id.ts";
import { rewriteUrl } from "./request/rewrite-url.ts";

/** How long a caller may take to say what it wants; slower ones hold a connection for nothing. */
export interface ReceiveLimits {
  readonly headersTimeoutMs: number;
  /** Headers and body together. */
  readonly requestTimeoutMs: number;
  /** How often it is looked who is late. */
  readonly checkingIntervalMs: number;
}

export const RECEIVE_LIMITS: ReceiveLimits = {
  headersTimeoutMs: 15_000,
  requestTimeoutMs: 60_000,
  checkingIntervalMs: 2000,
};

/** The web framework, set so that nothing answers in another voice than ours. */
export function createFastify(observers: Observers, limits: ReceiveLimits): FastifyInstance {
  const app = Fastify({
    genReqId: ({ headers }) => pickRequestId(headers["x-request-id"]),
    rewriteUrl: ({ url = "/" }) => rewriteUrl(url),
    clientErrorHandler: ({ code }, socket) => answerClientError(code, socket, observers),
    // The route that stops new work answers while the server closes, too.
    return503OnClosing: false,
    keepAliveTimeout: 65_000,
    requestTimeout: limits.requestTimeoutMs,
    // A connection on which nothing moves for longer than the longest page takes is dead.
    connectionTimeout: MAX_TIMEOUT_MS + 60_000,
    http: {
      headersTimeout: limits.headersTimeoutMs,
      connectionsCheckingInterval: limits.checkingIntervalMs,
      maxHeaderSize: MAX_HEADER_BYTES,
      // Node's own answer to this has no body; see refuseMissingHost.
      requireHostHeader: false,
    },
  });
  app.setReplySerializer(toWireJson);
  answerWhatNodeWould(app, observers);
  return app;
}

const MAX_HEADER_BYTES = 16 * 1024;

/** Requests that Node answers by itself, with no body and no request id, or not at all. */
function answerWhatNodeWould({ server }: FastifyInstance, observers: Observers): void {
  // RFC 9110 section 10.1.1: an expectation that we don't know may be ignored.
  server.on("checkExpectation", (request: IncomingMessage, response: ServerResponse) => {
    server.emit("request", request, response);
  });
  server.on("connect", (_request: IncomingMessage, socket: Duplex) => {
    answerClientError("CONNECT", socket, observers);
  });
}
