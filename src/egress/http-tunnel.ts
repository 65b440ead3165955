import type { Socket } from "node:net";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { readUntil } from "./read-socket.ts";

export interface TunnelOrder {
  /** To the proxy. */
  readonly socket: Socket;
  readonly proxy: ConfiguredProxy;
  /** A name, which the proxy resolves, or an address; IPv6 in brackets. */
  readonly hostname: string;
  readonly port: number;
  readonly signal: AbortSignal;
}

/** CONNECT (RFC 9110 section 9.3.6). Afterwards the socket speaks with the target. */
export async function openHttpTunnel({ socket, proxy, hostname, port, signal }: TunnelOrder) {
  const authority = `${hostname}:${port}`;
  const authorization = proxyAuthorization(proxy);
  const lines = [
    `CONNECT ${authority} HTTP/1.1`,
    `Host: ${authority}`,
    ...(authorization === null ? [] : [`Proxy-Authorization: ${authorization}`]),
  ];
  socket.write(`${lines.join("\r\n")}\r\n\r\n`, "latin1");
  const status = statusOf(await readHead(socket, signal));
  if (status === 407) throw new ProxyFailure("auth");
  if (status < 200 || status > 299)
    throw new ProxyFailure("refused", { cause: new Error(`CONNECT: ${status}`) });
}

/** RFC 7617; null where the proxy wants none. */
export function proxyAuthorization({ credentials }: ConfiguredProxy): string | null {
  if (credentials === null) return null;
  const { user, password } = credentials;
  return `Basic ${Buffer.from(`${user}:${password}`, "utf8").toString("base64")}`;
}

const MAX_HEAD_BYTES = 16 * 1024;

async function readHead(socket: Socket, signal: AbortSignal): Promise<string> {
  try {
    return await readUntil(socket, { mark: "\r\n\r\n", maxBytes: MAX_HEAD_BYTES, signal });
  } catch (error) {
    signal.throwIfAborted();
    throw new ProxyFailure("protocol", { cause: error });
  }
}

function statusOf(head: string): number {
  const status = /^HTTP\/1\.[01] (\d{3})/.exec(head)?.[1];
  if (status === undefined)
    throw new ProxyFailure("protocol", { cause: new Error("no HTTP status line") });
  return Number(status);
}
