import type { Deadline } from "../../concurrency/deadline.ts";
import { PageError } from "../../contract/app-error.ts";
import type { BrowserPass } from "../../egress/browser-proxy.ts";
import { CAPTURE_PARTS, capturePage } from "./capture/capture-page.ts";
import { OVERLAY_RULES } from "./capture/overlay-rules.ts";
import { CONSENT_WORDS, removeOverlays } from "./capture/remove-overlays.ts";
import type { ResponseFacts } from "./cdp/protocol.ts";
import type { Progress, RenderRequest } from "./render-request.ts";
import type { RenderedPage } from "./rendered-page.ts";
import { waitForPage } from "./settle/wait-for-page.ts";
import { answerFetches, stopAnswering } from "./tab/answer-fetches.ts";
import { openIsolatedWorld } from "./tab/isolated-world.ts";
import { navigationError } from "./tab/navigation-error.ts";
import { watchStages } from "./tab/page-stages.ts";
import type { Tab } from "./tab/tab.ts";

interface TabWork {
  readonly tab: Tab;
  readonly pass: BrowserPass;
  readonly request: RenderRequest;
  readonly deadline: Deadline;
  readonly progress: Progress;
  readonly maxPageBytes: number;
}

/** Goes to the page, waits until it is ready, and reads it. Null where it is no HTML. @throws PageError */
export async function readTab(work: TabWork): Promise<RenderedPage | null> {
  const { tab, request, deadline, progress } = work;
  const startedAt = performance.now();
  const stages = watchStages(tab);
  const world = openIsolatedWorld(tab);
  progress.step = "navigation";
  const answer = await navigate(work);
  if (answer === null) return null;
  const arrivedAt = performance.now();
  progress.step = request.wait?.waitFor ? "selector" : "wait";
  const reason = await waitForPage({ tab, world, stages, deadline }, request.wait);
  const readyAt = performance.now();
  progress.step = "capture";
  const overlays = await world.run(removeOverlays, {
    rules: OVERLAY_RULES,
    consentWords: CONSENT_WORDS,
  });
  const limits = { maxLength: work.maxPageBytes, maxFrames: MAX_FRAMES };
  const { html, url } = await world.run(capturePage, limits, CAPTURE_PARTS);
  const body = toBody(html, work.maxPageBytes);
  requirePage(work, url);
  const times = { startedAt, arrivedAt, readyAt };
  return {
    url: request.url,
    finalUrl: url,
    redirects: tab.network.visited.slice(1),
    ...toHead(tab.network.document ?? answer),
    kind: "html",
    charset: "utf-8",
    body,
    notes: [`ready: ${reason}`, ...overlays, ...describe(work, times)],
    renderMs: performance.now() - startedAt,
  };
}

/** More than any page that is meant to be read has. */
const MAX_FRAMES = 300;

/** The answer that the browser shows; null where it shows none, or not as HTML. */
async function navigate({ tab, pass, request }: TabWork): Promise<ResponseFacts | null> {
  const url = new URL(request.url);
  await answerFetches(tab, { pass, url, headers: request.headers });
  const { errorText, isDownload } = await tab.session.send("Page.navigate", { url: url.href });
  const { document } = tab.network;
  const refusal = document === null || isOfGate(document) ? refusalOf({ tab, pass }) : null;
  if (refusal !== null) throw refusal;
  if (isDownload === true || isOtherType(document)) return null;
  if (errorText !== undefined) throw navigationError(errorText);
  await stopAnswering(tab.session, { url, headers: request.headers });
  return document;
}

/** Why the gate did not let the tab go where it went last; null where it did. */
function refusalOf({ tab, pass }: Pick<TabWork, "tab" | "pass">): PageError | null {
  const { visited } = tab.network;
  const last = URL.parse(visited.at(-1) ?? "");
  const refusal = last === null ? null : pass.errorOf(last);
  return refusal !== null && visited.length > 1 ? nameless(refusal) : refusal;
}

/** No host's answer comes through the proxy with this header. */
function isOfGate({ headers }: ResponseFacts): boolean {
  const proxyStatus = Object.entries(headers).find(
    ([name]) => name.toLowerCase() === "proxy-status",
  );
  return proxyStatus?.[1].startsWith("quern") === true;
}

const HTML_TYPES: ReadonlySet<string> = new Set(["text/html", "application/xhtml+xml"]);

function isOtherType(document: ResponseFacts | null): boolean {
  return document !== null && !HTML_TYPES.has(document.mimeType);
}

/** Where a redirect led to is not for the caller when it may not be asked: it may be an internal address. */
function nameless(refusal: PageError): PageError {
  if (refusal.code !== "INVALID_URL") return refusal;
  return new PageError("INVALID_URL", {
    message: "The page redirects to an address that may not be asked.",
    details: { reason: refusal.reason ?? "redirect" },
    cause: refusal,
  });
}

/** A page's script may lead its tab to what is no page: what is shown there is not read. */
function requirePage({ tab, pass }: TabWork, address: string): void {
  const { document } = tab.network;
  const isFailed = address.startsWith("chrome-error:");
  const refusal =
    isFailed || (document !== null && isOfGate(document)) ? refusalOf({ tab, pass }) : null;
  if (refusal !== null) throw refusal;
  if (isFailed) throw navigationError("net::ERR_FAILED");
  if (/^https?:/.test(address)) return;
  throw new PageError("INVALID_URL", {
    message: "The page leads to something that is not http or https.",
    details: { reason: "redirect" },
  });
}

function toBody(html: string | null, maxBytes: number): Uint8Array<ArrayBuffer> {
  const body = html === null ? null : new TextEncoder().encode(html);
  if (body !== null && body.byteLength <= maxBytes) return body;
  throw new PageError("UNPROCESSABLE_CONTENT", {
    message: `The rendered page is larger than ${maxBytes} bytes.`,
    details: { reason: "too_large", max_bytes: String(maxBytes) },
  });
}

function toHead({ status, headers, mimeType }: ResponseFacts) {
  const entries = Object.entries(headers).map(([name, value]) => [
    name.toLowerCase(),
    value.replaceAll("\n", ", "),
  ]);
  return { status, headers: Object.fromEntries(entries), mediaType: mimeType };
}

interface Times {
  readonly startedAt: number;
  readonly arrivedAt: number;
  readonly readyAt: number;
}

function describe({ tab, pass }: TabWork, { startedAt, arrivedAt, readyAt }: Times): string[] {
  const ms = (from: number, to: number): string => `${Math.round(to - from)} ms`;
  return [
    `${tab.network.requests} requests, ${pass.bytes} bytes through the gate, ${pass.refused} refused`,
    `${ms(startedAt, arrivedAt)} until the site answered, ${ms(arrivedAt, readyAt)} until the page was ready`,
  ];
}
