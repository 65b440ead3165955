import { once } from "node:events";
import type { ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { BrowserProxy, BrowserProxyLimits } from "./browser-proxy.ts";
import { forwardRequest } from "./forward-request.ts";
import { forwardTunnel } from "./forward-tunnel.ts";
import { answerText, type GateAnswer } from "./gate-answer.ts";
import { openProxyServer } from "./open-proxy-server.ts";
import { parseAbsoluteForm, parseAuthorityForm } from "./parse-proxy-target.ts";
import { PassOffice } from "./pass-office.ts";
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
  const office = new PassOffice(limits);
  const { server, address } = await openProxyServer({
    limits,
    async onRequest(request, response) {
      // Browsers open a tunnel for what is not to be HTTP any more.
      const isPlain = request.headers.upgrade === undefined;
      const url = isPlain ? parseAbsoluteForm(request.url ?? "") : null;
      const failure = await serveInPass({ request, url, office }, (admitted) =>
        forwardRequest({ ...admitted, request, response, wayOut, limits }),
      );
      if (failure !== null) answerRequest(response, failure);
    },
    async onConnect(request, head) {
      const browser = request.socket;
      const url = parseAuthorityForm(request.url ?? "");
      const failure = await serveInPass({ request, url, office }, (admitted) =>
        forwardTunnel({ ...admitted, browser, head, wayOut, limits }),
      );
      if (failure !== null) answerConnect(browser, failure);
    },
  });

  return {
    server: address,
    open: (visit) => office.open(visit),
    async stop() {
      if (!server.listening) return;
      const closed = once(server, "close");
      server.close();
      office.closeAll();
      server.closeAllConnections();
      await closed;
    },
  };
}

function answerRequest(response: ServerResponse, { status, headers, body }: GateAnswer): void {
  if (response.headersSent) response.destroy();
  else response.writeHead(status, headers).end(body);
}

function answerConnect(browser: Socket, answer: GateAnswer): void {
  browser.write(answerText(answer));
  browser.destroySoon();
}
