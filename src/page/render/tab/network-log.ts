import type { CdpSession } from "../cdp/cdp-connection.ts";
import type { CdpEvents, ResponseFacts } from "../cdp/protocol.ts";

/** What a tab has asked for. */
export interface NetworkLog {
  /** Requests under way that may still bring content. */
  readonly open: number;
  /** When the number of those changed last, in milliseconds of `performance.now()`. */
  readonly changedAt: number;
  readonly requests: number;
  /** The addresses that the tab itself went to, in order. */
  readonly visited: readonly string[];
  /** Of the document in the tab; null before it has come. */
  readonly document: ResponseFacts | null;
}

/** What never brings text, or never ends. */
const BRINGS_NOTHING: ReadonlySet<string> = new Set([
  "CSPViolationReport",
  "EventSource",
  "Font",
  "Image",
  "Media",
  "Ping",
  "Preflight",
  "Prefetch",
  "TextTrack",
  "WebSocket",
]);

export function keepNetworkLog(session: CdpSession, mainFrameId: string): NetworkLog {
  const open = new Set<string>();
  const visited: string[] = [];
  let document: ResponseFacts | null = null;
  let changedAt = performance.now();
  let requests = 0;

  const isMain = (event: { readonly frameId?: string; readonly type?: string }): boolean =>
    event.type === "Document" && event.frameId === mainFrameId;
  const touch = (): void => {
    changedAt = performance.now();
  };
  const end = ({ requestId }: { readonly requestId: string }): void => {
    if (open.delete(requestId)) touch();
  };
  session.on("Network.requestWillBeSent", (event: CdpEvents["Network.requestWillBeSent"]) => {
    requests += 1;
    if (isMain(event)) visited.push(event.request.url);
    if (BRINGS_NOTHING.has(event.type ?? "") || event.request.url.startsWith("data:")) return;
    open.add(event.requestId);
    touch();
  });
  session.on("Network.responseReceived", (event) => {
    if (isMain(event)) document = event.response;
  });
  session.on("Network.loadingFinished", end);
  session.on("Network.loadingFailed", end);

  return {
    get open() {
      return open.size;
    },
    get changedAt() {
      return changedAt;
    },
    get requests() {
      return requests;
    },
    visited,
    get document() {
      return document;
    },
  };
}
