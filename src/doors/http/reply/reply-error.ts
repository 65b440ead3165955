import type { FastifyReply, FastifyRequest } from "fastify";
import { PageError, RequestError } from "../../../contract/app-error.ts";
import type { Logger } from "../../../telemetry/create-logger.ts";
import { pickRetryAfter } from "./pick-retry-after.ts";
import { toErrorReply } from "./to-error-reply.ts";

interface ErrorPlace {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly logger: Logger;
}

/** The border at which every error of this door ends: a reply for the caller, the cause for the log. */
export function replyError(error: unknown, { request, reply, logger }: ErrorPlace): void {
  const { status, body } = toErrorReply(error, {
    requestId: request.id,
    failsAsExtraction: request.routeOptions.config.route?.failsAsExtraction ?? false,
  });
  request.errorCode = body.code;
  logCause(error, { request, reply, logger });
  if (error instanceof RequestError) addHeaders(error, { request, reply });
  void reply.status(status).send(body);
}

function logCause(error: unknown, { request, reply, logger }: ErrorPlace): void {
  // Whoever hung up gets no answer, and what the hanging up broke is no fault.
  if (reply.raw.destroyed) return;
  const isForeseen = error instanceof RequestError || error instanceof PageError;
  if (!isForeseen) {
    logger.error({ requestId: request.id, err: error }, "unforeseen error");
  } else if (error.cause !== undefined) {
    const level = error.code === "INTERNAL_ERROR" ? "error" : "debug";
    logger[level](
      { requestId: request.id, code: error.code, err: error.cause },
      "cause of an error",
    );
  }
}

function addHeaders(error: RequestError, { request, reply }: Omit<ErrorPlace, "logger">): void {
  const retryAfter = pickRetryAfter(error, request.method);
  if (retryAfter !== null) void reply.header("retry-after", retryAfter);
  // RFC 9110 section 11.6.1: a 401 says how to ask.
  if (error.status === 401) void reply.header("www-authenticate", 'Bearer realm="quern"');
}
