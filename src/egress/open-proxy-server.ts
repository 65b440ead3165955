import { once } from "node:events";
import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import type { Socket } from "node:net";
import type { BrowserProxyLimits } from "./browser-proxy.ts";

interface ProxyServerOptions {
  readonly limits: BrowserProxyLimits;
  readonly onRequest: (request: IncomingMessage, response: ServerResponse) => Promise<void>;
  /** The connection is `request.socket`; whoever is called answers for it. */
  readonly onConnect: (request: IncomingMessage, head: Buffer) => Promise<void>;
}

/** An HTTP server on loopback that understands what a browser sends to its proxy, and hangs up on everything else. */
export async function openProxyServer({ limits, onRequest, onConnect }: ProxyServerOptions) {
  const server = createServer({
    insecureHTTPParser: false,
    maxHeaderSize: MAX_HEADER_BYTES,
    headersTimeout: limits.connectTimeoutMs,
    // Of unfinished requests; headers that take longer are noticed so much later at most.
    connectionsCheckingInterval: limits.connectTimeoutMs / 2,
    // Uploads may take as long as the page may.
    requestTimeout: 0,
    keepAliveTimeout: limits.idleTimeoutMs,
    // `Host` is not looked at, and nobody is told that it is missing.
    requireHostHeader: false,
  });
  server.maxConnections = limits.maxConnections;

  const answering = new WeakSet<Socket>();
  server.on("request", (request, response) => {
    const { socket } = request;
    // No browser sends a request before the last one is answered: what looks like one was meant to be its body.
    if (answering.has(socket)) {
      socket.destroy();
      return;
    }
    answering.add(socket);
    response.once("close", () => answering.delete(socket));
    void onRequest(request, response);
  });
  server.on("connect", (request, _stream, head) => {
    const { socket } = request;
    // The server has nothing to do with this connection any more.
    socket.setTimeout(0).on("error", () => socket.destroy());
    if (answering.has(socket)) socket.destroy();
    else void onConnect(request, head);
  });
  server.on("clientError", (_error, socket) => socket.destroy());
  // Nor does a browser wait to be told to go on.
  for (const event of ["checkContinue", "checkExpectation"]) {
    server.on(event, (request: IncomingMessage) => request.socket.destroy());
  }

  server.listen({ host: "127.0.0.1", port: 0 });
  await once(server, "listening");
  return { server, address: `http://127.0.0.1:${portOf(server)}` };
}

/** As for the answers of hosts: cookies need it. */
const MAX_HEADER_BYTES = 64 * 1024;

function portOf(server: Server): number {
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return address.port;
}
