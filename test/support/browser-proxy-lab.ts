import { once } from "node:events";
import {
  type IncomingHttpHeaders,
  type IncomingMessage,
  type OutgoingHttpHeaders,
  request,
} from "node:http";
import { connect, type Socket } from "node:net";
import { text } from "node:stream/consumers";
import type { TestContext } from "node:test";
import type {
  BrowserPass,
  BrowserProxyLimits,
  BrowserVisit,
} from "../../src/egress/browser-proxy.ts";
import { createEgressLab, type LabOptions } from "./egress-lab.ts";

interface BrowserLabOptions extends LabOptions {
  readonly limits?: Partial<BrowserProxyLimits>;
}

interface AskOptions {
  readonly method?: string;
  readonly headers?: OutgoingHttpHeaders;
  readonly body?: string;
}

interface Tunnel {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly socket: Socket;
}

interface ProxyAnswer {
  readonly status: number | undefined;
  readonly headers: IncomingHttpHeaders;
  readonly rawHeaders: readonly string[];
  readonly body: string;
}

const LIMITS: BrowserProxyLimits = {
  connectTimeoutMs: 5000,
  idleTimeoutMs: 5000,
  connectionsPerPass: 32,
  maxConnections: 100,
};

/** The proxy of an egress that takes every name for loopback unless told otherwise, and what a browser does with it. */
export async function startBrowserProxyLab(
  t: TestContext,
  { limits, ...lab }: BrowserLabOptions = {},
) {
  const { egress } = createEgressLab(lab);
  const proxy = await egress.startBrowserProxy({ ...LIMITS, ...limits });
  t.after(async () => {
    await proxy.stop();
    await egress.stop();
  });
  const { hostname: host, port } = new URL(proxy.server);

  /** Everything that a browser says, without knowing what it may say. */
  const open = (visit: Partial<BrowserVisit> = {}): BrowserPass =>
    proxy.open({ proxy: null, maxBytes: 1e9, signal: new AbortController().signal, ...visit });

  const order = ({ method = "GET", headers }: AskOptions, pass: BrowserPass, path: string) =>
    ({
      ...{ host, port, method, path, agent: false },
      headers: { "proxy-authorization": authorizationOf(pass), ...headers },
    }) as const;

  /** A plain request whose answer has begun. */
  async function begin(
    pass: BrowserPass,
    url: string,
    options: AskOptions = {},
  ): Promise<IncomingMessage> {
    const asking = request(order(options, pass, url));
    asking.end(options.body);
    const [answer] = await once(asking, "response");
    return answer;
  }

  async function ask(
    pass: BrowserPass,
    url: string,
    options: AskOptions = {},
  ): Promise<ProxyAnswer> {
    const answer = await begin(pass, url, options);
    const { statusCode: status, headers, rawHeaders } = answer;
    return { status, headers, rawHeaders, body: await text(answer) };
  }

  /** A tunnel, or the answer that was given instead. */
  async function tunnel(
    pass: BrowserPass,
    authority: string,
    options: AskOptions = {},
  ): Promise<Tunnel> {
    const asking = request(order({ method: "CONNECT", ...options }, pass, authority));
    asking.end();
    const [{ statusCode, headers }, socket, head] = await once(asking, "connect");
    socket.on("error", () => undefined).unshift(head);
    return { status: statusCode, headers, socket };
  }

  /** A connection on which bytes are sent as they are. */
  function connectRaw(): Socket {
    return connect({ host, port: Number(port) }).on("error", () => undefined);
  }

  return { egress, proxy, open, begin, ask, tunnel, connectRaw };
}

export function authorizationOf({ username, password }: BrowserPass): string {
  return `Basic ${Buffer.from(`${username}:${password}`).toString("base64")}`;
}
