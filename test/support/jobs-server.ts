import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import { buffer } from "node:stream/consumers";
import { startTcpServer } from "./tcp-server.ts";

export interface JobsServer {
  readonly url: string;
  /** What was asked, in order. */
  readonly requests: readonly AskedRequest[];
  /** Each is used once, before the next request is answered as it should be. */
  readonly faults: Fault[];
  stop(): Promise<void>;
}

export interface AskedRequest {
  readonly method: string;
  /** With the query. */
  readonly path: string;
  readonly headers: IncomingMessage["headers"];
  readonly body: string;
}

/** What goes wrong instead of an answer, or in the middle of one. */
export type Fault = (response: ServerResponse) => void;

/** Answers a request that the faults have let through. */
export type Answer = (request: AskedRequest, response: ServerResponse) => void;

/** A server on loopback whose answers are a test's own: for what a real one does only when things break. */
export async function startJobsServer(answer: Answer): Promise<JobsServer> {
  const requests: AskedRequest[] = [];
  const faults: Fault[] = [];
  const server = createServer(async (incoming, response) => {
    const request = {
      method: incoming.method ?? "",
      path: incoming.url ?? "",
      headers: incoming.headers,
      body: (await buffer(incoming)).toString(),
    };
    requests.push(request);
    const fault = faults.shift();
    if (fault === undefined) answer(request, response);
    else fault(response);
  });
  const { port, stop } = await startTcpServer(server);
  return { url: `http://127.0.0.1:${port}`, requests, faults, stop };
}

export function replyJson(
  response: ServerResponse,
  body: unknown,
  { status = 200, headers = {} }: { status?: number; headers?: Record<string, string> } = {},
): void {
  response.writeHead(status, { "content-type": "application/json", ...headers });
  response.end(JSON.stringify(body));
}

/** An error as the contract shapes it. */
export function refuse(
  code: string,
  { status, retryAfter }: { status: number; retryAfter?: string },
): Fault {
  const body = {
    code,
    message: `This is ${code}.`,
    correlation_id: "request-1",
    retryable: status === 429 || status === 503,
    details: null,
  };
  const headers = retryAfter === undefined ? {} : { "retry-after": retryAfter };
  return (response) => replyJson(response, body, { status, headers });
}

/** The connection breaks before a byte of the answer. */
export const hangUp: Fault = (response) => {
  response.socket?.destroy();
};

export const JOB_ID = "0198f9a2-6f00-7abc-8def-0123456789ab";

/** GET of a job in each state. */
export function jobIn(status: "queued" | "processing" | "completed" | "failed" | "cancelled") {
  const isFinal = status !== "queued" && status !== "processing";
  return {
    job_id: JOB_ID,
    status,
    created_at: "2026-01-30T12:00:00.000Z",
    completed_at: isFinal ? "2026-01-30T12:00:01.000Z" : null,
    data: status === "completed" ? DATA : null,
    metadata: status === "completed" ? METADATA : null,
    error: status === "failed" || status === "cancelled" ? ERRORS[status] : null,
    tokens_charged: isFinal ? Number(status === "completed") : null,
  };
}

const DATA = { markdown: "# Mills\n", html: null, links: null };

const METADATA = {
  url: "https://example.com/",
  render_js: false,
  http_status: 200,
  duration_ms: 12,
  retry_count: 0,
  formats: ["markdown"],
  processing_mode: "async",
  response: {
    final_url: "https://example.com/",
    content_type: "text/html",
    bytes: 120,
    redirects: [],
  },
  page: {
    title: "Mills",
    description: null,
    author: null,
    published_at: null,
    modified_at: null,
    language: null,
    site_name: null,
    canonical_url: null,
    image: null,
    type: null,
  },
};

const ERRORS = {
  failed: {
    code: "UNPROCESSABLE_CONTENT",
    message: "There is nothing here that can be read.",
    retryable: false,
    details: { reason: "http_404" },
    correlation_id: null,
  },
  cancelled: {
    code: "CANCELLED",
    message: "The work was cancelled.",
    retryable: false,
    details: null,
    correlation_id: null,
  },
};

/** One event of a job as it goes over the wire. */
export function eventOf(id: number, job: unknown): string {
  return `event: job\nid: ${id}\ndata: ${JSON.stringify(job)}\n\n`;
}

export function beginEvents(response: ServerResponse): void {
  response.writeHead(200, { "content-type": "text/event-stream" });
  response.flushHeaders();
}
