import { once } from "node:events";
import type { IncomingMessage, ServerResponse } from "node:http";
import type { BrowserProxy, BrowserProxyLimits } from "./browser-proxy.ts";
import { forwardRequest } from "./forward-request.ts";
import { forwardTunnel } from "./forward-tunnel.ts";
import { answerText, type GateAnswer, MALFORMED, UNKNOWN_CLIENT } from "./gate-answer.ts";
import { OpenPass } from "./open-pass.ts";
import { openProxyServer } from "./open-proxy-server.ts";
import { parseAbsoluteForm, parseAuthorityForm } from "./parse-proxy-target.ts";
import { readBasicCredentials } from "./read-basic-credentials.ts";
import { serveInPass } from "./serve-in-pass.ts";
import type { WayOut } from "./way-out.ts";

interface BrowserProxyDeps {
  readonly wayOut: WayOut;
  readonly limits: BrowserProxyLimits;
}

export async function startBrowserProxy({
  wayOut,
  limits,
}: BrowserProxyDeps): Promise<BrowserProxy> {
  const passes = new Map<string, OpenPass>();
  const { server, address } = await openProxyServer({ limits, onRequest, onConnect });

  return {
    server: address,
    open(visit) {
      const pass = new OpenPass({ visit, limits, onClose: () => passes.delete(pass.username) });
      passes.set(pass.username, pass);
      if (visit.signal.aborted) pass.close();
      return pass;
    },
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      for (const pass of passes.values()) pass.close();
      server.closeAllConnections();
      await closed;
    },
  };

  async function onRequest(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const answer = await forwardPlain(request, response);
    if (answer === null) return;
    if (response.headersSent) response.destroy();
    else response.writeHead(answer.status, answer.headers).end(answer.body);
  }

  async function forwardPlain(request: IncomingMessage, response: ServerResponse) {
    const pass = findPass(request);
    if (pass === null) return UNKNOWN_CLIENT;
    const url = parseAbsoluteForm(request.url ?? "");
    // Browsers open a tunnel for what is not to be HTTP any more.
    if (url === null || request.headers.upgrade !== undefined) return MALFORMED;
    return serveInPass({ pass, url, socket: request.socket }, (signal) =>
      forwardRequest({ request, response, url, pass, wayOut, limits, signal }),
    );
  }

  async function onConnect(request: IncomingMessage, head: Buffer): Promise<void> {
    const answer = await forwardConnect(request, head);
    if (answer === null) return;
    request.socket.write(answerText(answer));
    request.socket.destroySoon();
  }

  async function forwardConnect(
    request: IncomingMessage,
    head: Buffer,
  ): Promise<GateAnswer | null> {
    const pass = findPass(request);
    if (pass === null) return UNKNOWN_CLIENT;
    const url = parseAuthorityForm(request.url ?? "");
    if (url === null) return MALFORMED;
    const browser = request.socket;
    return serveInPass({ pass, url, socket: browser }, async (signal) => {
      const target = await wayOut.tunnel({
        url,
        proxy: pass.visit.proxy,
        failedProxies: pass.failedProxies,
        connectTimeoutMs: limits.connectTimeoutMs,
        signal,
      });
      browser.setTimeout(limits.idleTimeoutMs, () => browser.destroy());
      await forwardTunnel({ browser, head, target, onBytes: (count) => pass.countBytes(count) });
    });
  }

  function findPass({ headers }: IncomingMessage): OpenPass | null {
    const shown = readBasicCredentials(headers["proxy-authorization"] ?? "");
    const pass = passes.get(shown?.user ?? "");
    return pass?.hasPassword(shown?.password ?? "") ? pass : null;
  }
}
