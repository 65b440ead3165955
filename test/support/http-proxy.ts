import { createServer, type IncomingMessage, request, type ServerResponse } from "node:http";
import { createServer as createTlsServer } from "node:https";
import { connect, type Socket } from "node:net";
import { NAMED_CERTIFICATE } from "./self-signed-files.ts";
import { startTcpServer, type TcpServer } from "./tcp-server.ts";

export interface HttpProxy extends TcpServer {
  /** `CONNECT host:port` or `GET http://…`, in the order of arrival. */
  readonly asked: readonly string[];
}

interface HttpProxyOptions {
  /** Speaks TLS, as proxy.test. */
  readonly secure?: boolean;
  /** `user:password`; others are answered with 407. */
  readonly credentials?: string;
  /** Answers every CONNECT with this status and opens no tunnel. */
  readonly refuseWith?: number;
}

/** A forward proxy that takes every name for loopback. */
export async function startHttpProxy(options: HttpProxyOptions = {}): Promise<HttpProxy> {
  const asked: string[] = [];
  const server = options.secure ? createTlsServer(NAMED_CERTIFICATE) : createServer();
  server.on("request", (incoming: IncomingMessage, response: ServerResponse) => {
    asked.push(`${incoming.method} ${incoming.url}`);
    if (isWelcome(incoming, options)) forward(incoming, response);
    else response.writeHead(407).end();
  });
  server.on("connect", (incoming: IncomingMessage, socket: Socket, head: Buffer) => {
    asked.push(`CONNECT ${incoming.url}`);
    const status = isWelcome(incoming, options) ? options.refuseWith : 407;
    if (status === undefined) openTunnel(incoming, socket, head);
    else socket.end(`HTTP/1.1 ${status} No\r\n\r\n`);
  });
  return { ...(await startTcpServer(server)), asked };
}

function isWelcome({ headers }: IncomingMessage, { credentials }: HttpProxyOptions): boolean {
  if (credentials === undefined) return true;
  return headers["proxy-authorization"] === `Basic ${Buffer.from(credentials).toString("base64")}`;
}

function forward(incoming: IncomingMessage, response: ServerResponse): void {
  const { port, pathname, search } = new URL(incoming.url ?? "");
  const { "proxy-authorization": _, ...headers } = incoming.headers;
  request({ host: "127.0.0.1", port, path: `${pathname}${search}`, headers }, (answer) => {
    response.writeHead(answer.statusCode ?? 502, answer.rawHeaders);
    answer.pipe(response);
  })
    .on("error", () => response.writeHead(502).end())
    .end();
}

function openTunnel({ url }: IncomingMessage, socket: Socket, head: Buffer): void {
  const target = connect({ host: "127.0.0.1", port: Number(url?.split(":").at(-1)) }, () => {
    socket.write("HTTP/1.1 200 Connection established\r\n\r\n");
    target.write(head);
    socket.pipe(target).pipe(socket);
  });
  target.on("error", () => socket.destroy());
  socket.on("error", () => target.destroy()).on("close", () => target.destroy());
}
