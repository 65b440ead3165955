import { PassThrough } from "node:stream";
import type { ApiKey } from "../../src/contract/api-key.ts";
import type { PageResult } from "../../src/contract/page.ts";
import {
  createHttpServer,
  type HttpServer,
  type HttpServerDeps,
} from "../../src/doors/http/create-http-server.ts";
import type { HttpServices } from "../../src/doors/http/http-services.ts";
import { createLogger } from "../../src/telemetry/create-logger.ts";
import { createMetrics } from "../../src/telemetry/create-metrics.ts";
import { type Api, createApi } from "./api.ts";

/** The HTTP door by itself: real sockets, and what lies behind it as small as a test wants it. */
export interface HttpDoor {
  readonly url: string;
  readonly api: Api;
  readonly server: HttpServer;
  /** Log lines so far, parsed. */
  readonly logLines: () => readonly Readonly<Record<string, unknown>>[];
  stop(): Promise<void>;
}

export const DOOR_KEYS = {
  all: "all-key-0123456789",
  read: "read-key-0123456789",
  write: "write-key-0123456789",
} as const;

export const DOOR_PAGE: PageResult = {
  data: { markdown: "# Page\n", html: "<h1>Page</h1>", text: null, contentHtml: null, links: null },
  page: {
    title: "Page",
    description: null,
    author: null,
    publishedAt: null,
    modifiedAt: null,
    language: null,
    siteName: null,
    canonicalUrl: null,
    image: null,
    type: null,
  },
  transfer: {
    httpStatus: 200,
    finalUrl: "https://example.com/",
    contentType: "text/html",
    bytes: 13,
    redirects: [],
  },
  rendered: false,
  durationMs: 5,
  retryCount: 0,
  trace: null,
};

interface DoorOptions extends Partial<Pick<HttpServerDeps, "maxBodyBytes" | "receiveLimits">> {
  readonly services?: Partial<HttpServices>;
}

export async function startHttpDoor({ services, ...deps }: DoorOptions = {}): Promise<HttpDoor> {
  const log = new PassThrough({ encoding: "utf8" });
  let logged = "";
  log.on("data", (text: string) => {
    logged += text;
  });
  const server = createHttpServer({
    services: {
      authenticate: async (secret) => KEYS.get(secret) ?? null,
      extract: async () => DOOR_PAGE,
      health: async () => "ok",
      ...services,
    },
    checks: {
      judgeUrl: (url) =>
        /^https?:\/\/[^/]/.test(url) && URL.canParse(url)
          ? { ok: true, url: new URL(url).href }
          : { ok: false, reason: "scheme", message: "Must be an absolute http or https URL" },
      isSelector: (selector) => !selector.includes("!"),
    },
    logger: createLogger({ level: "debug", format: "json", stream: log }),
    metrics: createMetrics({ version: "1.2.3" }),
    version: "1.2.3",
    now: () => new Date("2026-01-30T12:00:00Z"),
    maxBodyBytes: 64 * 1024,
    ...deps,
  });
  const { port } = await server.listen({ host: "127.0.0.1", port: 0 });
  const url = `http://127.0.0.1:${port}`;
  return {
    url,
    api: createApi({ url, key: DOOR_KEYS.all }),
    server,
    logLines: () =>
      logged
        .split("\n")
        .filter(Boolean)
        .map((line) => JSON.parse(line)),
    stop: () => server.close(AbortSignal.abort()),
  };
}

const KEYS: ReadonlyMap<string, ApiKey> = new Map(
  (["all", "read", "write"] as const).map((scope) => [
    DOOR_KEYS[scope],
    {
      id: `id-of-${scope}`,
      name: scope,
      account: "default",
      scope,
      prefix: scope,
      monthlyBudget: null,
      perMinute: null,
      concurrency: null,
      createdAt: new Date(0),
      revokedAt: null,
    },
  ]),
);
