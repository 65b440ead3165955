import type { BrowserPass } from "../../../egress/browser-proxy.ts";
import { isSameOrigin } from "../../url/is-same-origin.ts";
import type { CdpSession } from "../cdp/cdp-connection.ts";
import type { CdpEvents, HeaderEntry, RequestPattern } from "../cdp/protocol.ts";
import type { Tab } from "./tab.ts";

interface FetchRules {
  readonly pass: Pick<BrowserPass, "username" | "password">;
  /** The page that is asked for. */
  readonly url: URL;
  /** Of the caller, for its origin alone. */
  readonly headers: Readonly<Record<string, string>>;
}

/**
 * Shows the pass to the proxy, and sends the caller's headers along. Every request that is held up costs two messages,
 * so that only the first is, for the proxy's question; with headers those to the page's own origin.
 */
export async function answerFetches({ session, network }: Tab, rules: FetchRules): Promise<void> {
  session.on("Fetch.authRequired", (event) => void authenticate(session, rules, event));
  session.on("Fetch.requestPaused", ({ requestId, request }) => {
    const isOwn = [request.url, ...network.visited].every((url) => isOfOrigin(url, rules.url));
    const added = isOwn ? { headers: joinHeaders(request.headers, rules.headers) } : {};
    void unlessGone(session.send("Fetch.continueRequest", { requestId, ...added }));
  });
  const ofDocuments = { urlPattern: "*", resourceType: "Document" };
  await enable(session, hasHeaders(rules) ? [ofDocuments, ofOrigin(rules.url)] : [ofDocuments]);
}

/** The browser remembers what the proxy asked for: from here on only headers need to be added. */
export async function stopAnswering(
  session: CdpSession,
  rules: Pick<FetchRules, "url" | "headers">,
): Promise<void> {
  if (hasHeaders(rules)) await enable(session, [ofOrigin(rules.url)]);
  else await session.send("Fetch.disable", {});
}

function hasHeaders({ headers }: Pick<FetchRules, "headers">): boolean {
  return Object.keys(headers).length > 0;
}

function ofOrigin({ origin }: URL): RequestPattern {
  return { urlPattern: `${origin}/*` };
}

/** Once a page has been at another origin, the caller's headers stay behind. */
function isOfOrigin(address: string, own: URL): boolean {
  const url = URL.parse(address);
  return url !== null && isSameOrigin(url, own);
}

async function enable(session: CdpSession, patterns: readonly RequestPattern[]): Promise<void> {
  await session.send("Fetch.enable", { patterns, handleAuthRequests: true });
}

async function authenticate(
  session: CdpSession,
  { pass }: FetchRules,
  { requestId, authChallenge }: CdpEvents["Fetch.authRequired"],
): Promise<void> {
  const authChallengeResponse =
    authChallenge.source === "Proxy"
      ? ({
          response: "ProvideCredentials",
          username: pass.username,
          password: pass.password,
        } as const)
      : ({ response: "CancelAuth" } as const);
  await unlessGone(session.send("Fetch.continueWithAuth", { requestId, authChallengeResponse }));
}

/** The caller's replace the browser's of the same name. */
function joinHeaders(
  browsers: Readonly<Record<string, string>>,
  callers: Readonly<Record<string, string>>,
): HeaderEntry[] {
  const joined = new Map<string, HeaderEntry>();
  for (const [name, value] of [...Object.entries(browsers), ...Object.entries(callers)]) {
    joined.set(name.toLowerCase(), { name, value });
  }
  return [...joined.values()];
}

/** The page may have gone on, or be closed: then nobody waits for the answer. */
async function unlessGone(sending: Promise<unknown>): Promise<void> {
  await sending.catch(() => undefined);
}
