import { createServer, type IncomingMessage, type ServerResponse } from "node:http";
import type { TestContext } from "node:test";
import { startDeadline } from "../../src/concurrency/deadline.ts";
import { createFetchPage, type FetchRequest } from "../../src/page/fetch/fetch-page.ts";
import type { FetchedPage } from "../../src/page/fetch/fetched-page.ts";
import { startVisit } from "../../src/page/fetch/visit.ts";
import { createEgressLab } from "./egress-lab.ts";
import { startTcpServer } from "./tcp-server.ts";

export type Answer = (request: IncomingMessage, response: ServerResponse) => void;
/** Answers by path without the query; another path is 404. */
export type Answers = Readonly<Record<string, Answer>>;

export interface Origin {
  readonly url: string;
  /** In order. */
  readonly requests: readonly IncomingMessage[];
}

/** An HTTP server on a loopback port of its own, until the test ends. */
export async function startOrigin(context: TestContext, answers: Answers): Promise<Origin> {
  const requests: IncomingMessage[] = [];
  const server = createServer((request, response) => {
    requests.push(request);
    const answer = answers[new URL(request.url ?? "", "http://origin").pathname];
    if (answer === undefined) response.writeHead(404).end();
    else answer(request, response);
  });
  const { port, stop } = await startTcpServer(server);
  context.after(stop);
  return { url: `http://127.0.0.1:${port}`, requests };
}

interface FetchOptions extends Partial<FetchRequest> {
  readonly timeoutMs?: number;
  readonly signal?: AbortSignal;
  readonly hostConcurrency?: number;
  readonly maxPageBytes?: number;
}

/** One try of a page through a real egress that is allowed nothing but loopback. */
export async function fetchOnce(url: string, options: FetchOptions = {}): Promise<FetchedPage> {
  const { timeoutMs = 5000, maxPageBytes = 1024 * 1024, hostConcurrency = 1 } = options;
  const signal = options.signal ?? new AbortController().signal;
  const { egress } = createEgressLab({ hostConcurrency });
  const fetchPage = createFetchPage({
    egress,
    userAgent: "Mozilla/5.0 (compatible; Quern/0)",
    maxPageBytes,
    connectTimeoutMs: 2000,
  });
  const turn = await egress.waitForTurn(new URL(url), signal);
  const deadline = startDeadline({ timeoutMs, signal });
  try {
    return await fetchPage(
      { url, headers: {}, proxy: null, ...options },
      { turn, deadline, visit: startVisit() },
    );
  } finally {
    deadline.stop();
    await egress.stop();
  }
}

export function textOf(page: FetchedPage): string {
  return new TextDecoder().decode(page.body);
}

/** For `assert.rejects`: a PageError of this code and reason. */
export function failure(code: string, reason: string | null) {
  return (error: unknown): boolean =>
    error instanceof Error &&
    "code" in error &&
    "reason" in error &&
    error.code === code &&
    error.reason === reason;
}
