import { once } from "node:events";
import {
  createServer,
  type IncomingHttpHeaders,
  type IncomingMessage,
  type Server,
  type ServerResponse,
} from "node:http";
import { createServer as createTlsServer } from "node:https";
import { ADDRESS_CERTIFICATE } from "../support/self-signed-files.ts";
import { escapeHtml, htmlPage, type Route, send, type Visit } from "./route.ts";
import { ROUTES } from "./routes.ts";

export interface RecordedRequest {
  readonly origin: string;
  readonly method: string;
  /** Path and query, as sent. */
  readonly target: string;
  readonly headers: IncomingHttpHeaders;
  /** Names and values in turn, as sent. */
  readonly rawHeaders: readonly string[];
  /** Of `performance.now()`. */
  readonly at: number;
  /** `left`: the visitor closed the connection, or the site cut it, before the answer was complete. */
  state: "open" | "answered" | "left";
}

export interface Site {
  readonly url: string;
  /** The same routes on another port: another origin. */
  readonly otherUrl: string;
  /** The same routes over TLS with a certificate that nobody trusts. */
  readonly httpsUrl: string;
  /** In the order of arrival, on all three origins, since the start or the last reset. */
  readonly requests: readonly RecordedRequest[];
  /** Forgets requests and counters. */
  reset(): void;
  /** Lets every `/slow/held` that has been asked for by now be answered. */
  release(): void;
  stop(): Promise<void>;
}

/** Starts the hostile website on loopback. Port 0 picks free ones. */
export async function startSite(options: { readonly port?: number } = {}): Promise<Site> {
  const requests: RecordedRequest[] = [];
  const visits = new Map<string, number>();
  const origins: string[] = [];
  let held = Promise.withResolvers<void>();
  const released = () => held.promise;
  const servers = [
    createServer(LIMITS),
    createServer(LIMITS),
    createTlsServer({ ...LIMITS, ...ADDRESS_CERTIFICATE }),
  ];
  for (const [index, server] of servers.entries()) {
    const port = await listen(server, options.port ? options.port + index : 0);
    const own = `${index === 2 ? "https" : "http"}://127.0.0.1:${port}`;
    origins.push(own);
    server.on("request", (request, response) => {
      record(requests, own, request, response);
      const earlierVisits = count(visits, own + request.url);
      const other = (own === origins[1] ? origins[0] : origins[1]) ?? own;
      void answer(request, response, { origins: { own, other }, earlierVisits, released });
    });
  }
  const [url = "", otherUrl = "", httpsUrl = ""] = origins;
  return {
    url,
    otherUrl,
    httpsUrl,
    requests,
    reset() {
      requests.length = 0;
      visits.clear();
    },
    release() {
      held.resolve();
      held = Promise.withResolvers<void>();
    },
    async stop() {
      await Promise.all(servers.map(close));
    },
  };
}

/** The site shows what it was sent, so it must be able to read more than Node's usual 16 KiB. */
const LIMITS = { maxHeaderSize: 256 * 1024, keepAliveTimeout: 5000 };

async function listen(server: Server, port: number): Promise<number> {
  server.listen(port, "127.0.0.1");
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The site has no port.");
  return address.port;
}

async function close(server: Server): Promise<void> {
  server.close();
  server.closeAllConnections();
  await once(server, "close");
}

function record(
  requests: RecordedRequest[],
  origin: string,
  request: IncomingMessage,
  response: ServerResponse,
): void {
  const entry: RecordedRequest = {
    origin,
    method: request.method ?? "",
    target: request.url ?? "",
    headers: request.headers,
    rawHeaders: request.rawHeaders,
    at: performance.now(),
    state: "open",
  };
  requests.push(entry);
  response.once("close", () => {
    entry.state = response.writableFinished ? "answered" : "left";
  });
}

function count(visits: Map<string, number>, key: string): number {
  const earlier = visits.get(key) ?? 0;
  visits.set(key, earlier + 1);
  return earlier;
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  facts: Pick<Visit, "origins" | "earlierVisits" | "released">,
): Promise<void> {
  const url = new URL(facts.origins.own + request.url);
  const left = new AbortController();
  response.once("close", () => left.abort());
  const visit = { ...facts, request, response, url, params: {}, gone: left.signal };
  try {
    await route(visit);
  } catch (error) {
    if (left.signal.aborted) return;
    response.destroy(error instanceof Error ? error : new Error(String(error)));
    throw error;
  }
}

async function route(visit: Visit): Promise<void> {
  if (visit.url.pathname === "/") return send(visit, indexPage());
  for (const { pattern, answer } of PATTERNS) {
    const match = pattern.exec({ pathname: visit.url.pathname });
    if (match) return answer({ ...visit, params: match.pathname.groups });
  }
  send(visit, htmlPage("Not found", "<p>No route has this address.</p>"), { status: 404 });
}

const PATTERNS = Object.values(ROUTES)
  .flat()
  .map(({ path, answer }) => ({ pattern: new URLPattern({ pathname: path }), answer }));

function indexPage(): string {
  const groups = Object.entries(ROUTES).map(
    ([name, routes]) => `<h2>${name}</h2>\n<ul>\n${routes.map(indexRow).join("\n")}\n</ul>`,
  );
  return htmlPage("A hostile website", groups.join("\n"));
}

function indexRow(route: Route): string {
  const links = (route.examples ?? [route.path]).map(
    (address) => `<a href="${escapeHtml(address)}">${escapeHtml(address)}</a>`,
  );
  return `<li>${links.join(" · ")}: ${escapeHtml(route.what)}</li>`;
}
