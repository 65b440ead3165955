import type { FastifyReply, FastifyRequest } from "fastify";
import type { Logger } from "../../telemetry/create-logger.ts";
import type { Metrics } from "../../telemetry/create-metrics.ts";

export interface Observers {
  readonly logger: Logger;
  readonly metrics: Metrics;
}

/** One log line and one measure when the request is over, however it ends. */
export function observeRequest(
  request: FastifyRequest,
  reply: FastifyReply,
  { logger, metrics }: Observers,
): void {
  const startedAt = performance.now();
  reply.raw.once("close", () => {
    const measure = {
      method: request.method,
      route: request.routeOptions.url ?? "unmatched",
      status: reply.raw.writableFinished ? reply.raw.statusCode : HUNG_UP,
      durationMs: performance.now() - startedAt,
      bytes: request.method === "HEAD" ? 0 : Number(reply.getHeader("content-length") ?? 0),
    };
    metrics.requestEnded(measure);
    logger[levelOf(measure.status)](
      {
        requestId: request.id,
        keyId: request.apiKey?.id ?? null,
        ...measure,
        durationMs: Math.round(measure.durationMs),
        code: request.errorCode,
      },
      "request",
    );
  });
}

/** nginx's number for a client that went away before its answer. Never sent: there is nobody to read it. */
const HUNG_UP = 499;

/** A 500 is a fault to look into; other statuses from there on tell of a state that an operator may want to know. */
function levelOf(status: number): "error" | "warn" | "info" {
  if (status === 500) return "error";
  return status > 500 ? "warn" : "info";
}
