import type { IncomingMessage, OutgoingHttpHeaders, ServerResponse } from "node:http";
import { setTimeout as sleep } from "node:timers/promises";

/** One request on its way to an answer. */
export interface Visit {
  readonly request: IncomingMessage;
  readonly response: ServerResponse;
  readonly url: URL;
  /** What the placeholders of the route's path stand for. */
  readonly params: Readonly<Record<string, string | undefined>>;
  /** Where the site runs: the same routes answer on both. */
  readonly origins: { readonly own: string; readonly other: string };
  /** How often exactly this URL was asked for before: `?key=…` gives a test a counter of its own. */
  readonly earlierVisits: number;
  /** Resolves when the test lets held answers go on. */
  readonly released: () => Promise<void>;
  /** Aborts when the visitor leaves or the site stops. */
  readonly gone: AbortSignal;
}

export interface Route {
  /** As URLPattern takes it. */
  readonly path: string;
  readonly what: string;
  /** Addresses for the index where the path has placeholders or takes parameters. */
  readonly examples?: readonly string[];
  readonly answer: (visit: Visit) => void | Promise<void>;
}

interface Answer {
  readonly status?: number;
  readonly type?: string;
  readonly headers?: OutgoingHttpHeaders;
}

export function send(visit: Visit, body: string | Uint8Array, answer: Answer = {}): void {
  const type = answer.type ?? "text/html; charset=utf-8";
  visit.response.writeHead(answer.status ?? 200, {
    ...(type === "" ? {} : { "content-type": type }),
    "content-length": Buffer.byteLength(body),
    ...answer.headers,
  });
  // As bytes: Node writes a string together with the head, and then the head's Latin-1 as UTF-8.
  visit.response.end(Buffer.from(body));
}

/** A page with a heading and enough prose to be taken for one. */
export function htmlPage(title: string, body = PROSE): string {
  return `<!doctype html>
<html lang="en">
<head><meta charset="utf-8"><title>${title}</title></head>
<body><main><h1>${title}</h1>
${body}
</main></body>
</html>
`;
}

export const PROSE = `<p>The harbour wakes before the town does. Crates of fish are sorted by lamplight, the ice is shovelled in
between, and the first lorries leave for the market while the church clock still strikes five.</p>
<p>By the time the bakery opens, the quay has been hosed down and nothing is left of the night's work but gulls, who
argue over the scraps and pay no attention to the visitors with their cameras.</p>`;

/** A whole number of the query within bounds, so that no request asks the site for too much. */
export function numberOf(
  visit: Visit,
  name: string,
  bounds: { readonly otherwise: number; readonly max: number },
): number {
  const asked = Number.parseInt(visit.url.searchParams.get(name) ?? "", 10);
  return Number.isNaN(asked) ? bounds.otherwise : Math.min(Math.max(asked, 0), bounds.max);
}

/** @throws AbortError when the visitor leaves first. */
export async function pause(visit: Visit, ms: number): Promise<void> {
  await sleep(ms, undefined, { signal: visit.gone });
}

export function escapeHtml(text: string): string {
  return text.replaceAll("&", "&amp;").replaceAll("<", "&lt;").replaceAll('"', "&quot;");
}
