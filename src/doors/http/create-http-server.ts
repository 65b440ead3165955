import type { IncomingMessage } from "node:http";
import type { FastifyInstance } from "fastify";
import { RequestError } from "../../contract/app-error.ts";
import type { RequestChecks } from "../../contract/request-fields.ts";
import { addRoutes } from "./add-routes.ts";
import { createFastify, RECEIVE_LIMITS, type ReceiveLimits } from "./create-fastify.ts";
import type { HttpRoute } from "./http-route.ts";
import type { HttpServices } from "./http-services.ts";
import { type Observers, observeRequest } from "./observe-request.ts";
import { createOpenApi } from "./open-api/create-open-api.ts";
import { replyError } from "./reply/reply-error.ts";
import { authenticate } from "./request/authenticate.ts";
import { createConcurrencyRoute } from "./routes/concurrency.ts";
import { createDocsRoute } from "./routes/docs.ts";
import { createExtractRoute } from "./routes/extract.ts";
import { createHealthRoute } from "./routes/health.ts";
import { createJobRoute } from "./routes/job.ts";
import { createJobCancelRoute } from "./routes/job-cancel.ts";
import { createJobEventsRoute } from "./routes/job-events.ts";
import { createJobListRoute } from "./routes/job-list.ts";
import { createMetricsRoute } from "./routes/metrics.ts";
import { createOpenApiRoute } from "./routes/open-api.ts";
import { ROUTE_DESCRIPTIONS } from "./routes/route-descriptions.ts";
import { createStatisticsRoute } from "./routes/statistics.ts";
import { createWorkUnderWay, type WorkUnderWay } from "./work-under-way.ts";

export interface HttpServerDeps extends Observers {
  readonly services: HttpServices;
  readonly checks: RequestChecks;
  /** `QUERN_MAX_BODY_BYTES`. */
  readonly maxBodyBytes: number;
  readonly version: string;
  readonly now: () => Date;
  readonly receiveLimits?: ReceiveLimits;
  /** How long a stream of events may be silent. */
  readonly commentEveryMs?: number;
}

export interface HttpServer {
  /** @throws what the system says, EADDRINUSE for one. */
  readonly listen: (at: ListenAddress) => Promise<ListenAddress>;
  /**
   * From here on new work is answered with 503 and `/health` says unavailable; who waits for a job is told its present
   * state, and everything else goes on. Resolves when the work under way has been answered.
   */
  readonly beginStop: () => Promise<void>;
  /** Stops listening and lets what is under way end; connections are cut when `signal` is aborted. */
  readonly close: (signal: AbortSignal) => Promise<void>;
}

/** Port 0: any free one; what comes back says which. */
export interface ListenAddress {
  readonly host: string;
  readonly port: number;
}

/** The door for HTTP. */
export function createHttpServer(deps: HttpServerDeps): HttpServer {
  const app = createFastify(deps, deps.receiveLimits ?? RECEIVE_LIMITS);
  const work = createWorkUnderWay();
  const stop = new AbortController();
  const stopping = stop.signal;
  const isStopping = (): boolean => stopping.aborted;

  addHooks(app, deps);
  app.addHook("onSend", async (_request, reply) => {
    // Whoever asks again comes over a new connection, to whoever listens then.
    if (isStopping()) void reply.header("connection", "close");
  });
  addRoutes(app, createRoutes({ ...deps, stopping, isStopping, work }), { isStopping });
  return {
    listen: async ({ host, port }) => {
      await app.listen({ host, port });
      const [bound] = app.addresses();
      return { host, port: typeof bound === "object" ? bound.port : port };
    },
    beginStop: () => {
      stop.abort(new Error("Quern is stopping"));
      return work.whenDone();
    },
    close: (signal) => {
      stop.abort(new Error("Quern is stopping"));
      return close(app, signal);
    },
  };
}

function addHooks(app: FastifyInstance, deps: HttpServerDeps): void {
  app.decorateRequest("apiKey", null);
  app.decorateRequest("errorCode", null);
  app.addHook("onRequest", async (request, reply) => {
    observeRequest(request, reply, deps);
    void reply.headers({ ...DEFAULT_HEADERS, "x-request-id": request.id });
    refuseMissingHost(request.raw);
    request.apiKey = await authenticate(request, deps.services);
  });
  app.setErrorHandler((error, request, reply) =>
    replyError(error, { request, reply, logger: deps.logger }),
  );
}

/** Answers are one caller's own, and what they say they are. */
const DEFAULT_HEADERS = {
  "cache-control": "no-store",
  "x-content-type-options": "nosniff",
} as const;

/** RFC 9112 section 3.2. */
function refuseMissingHost({ httpVersion, headers }: IncomingMessage): void {
  if (httpVersion !== "1.1" || headers.host !== undefined) return;
  throw new RequestError("INVALID_JSON", {
    message: "This is not a valid HTTP/1.1 request: the Host header is missing.",
  });
}

interface RouteDeps extends HttpServerDeps {
  /** Aborted when the server begins to stop. */
  readonly stopping: AbortSignal;
  readonly isStopping: () => boolean;
  readonly work: WorkUnderWay;
}

const COMMENT_EVERY_MS = 15_000;

function createRoutes(deps: RouteDeps): HttpRoute[] {
  const document = createOpenApi({ version: deps.version, routes: ROUTE_DESCRIPTIONS });
  return [
    createExtractRoute(deps),
    createJobRoute(deps),
    createJobEventsRoute({ ...deps, commentEveryMs: deps.commentEveryMs ?? COMMENT_EVERY_MS }),
    createJobCancelRoute(deps),
    createJobListRoute(deps),
    createStatisticsRoute(deps),
    createConcurrencyRoute(deps),
    createHealthRoute(deps),
    createMetricsRoute(deps),
    createOpenApiRoute(document),
    createDocsRoute(document),
  ];
}

async function close(app: FastifyInstance, signal: AbortSignal): Promise<void> {
  const cut = (): void => app.server.closeAllConnections();
  // Node closes those that are idle now; one whose answer began before stays open when it ends.
  const sweep = setInterval(() => app.server.closeIdleConnections(), SWEEP_MS);
  signal.addEventListener("abort", cut);
  try {
    const closed = app.close();
    if (signal.aborted) cut();
    await closed;
  } finally {
    signal.removeEventListener("abort", cut);
    clearInterval(sweep);
  }
}

const SWEEP_MS = 50;
