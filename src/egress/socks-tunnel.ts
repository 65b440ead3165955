import { isIPv4, isIPv6, type Socket } from "node:net";
import type { TunnelOrder } from "./http-tunnel.ts";
import type { ConfiguredProxy } from "./policy/parse-proxies.ts";
import { ProxyFailure } from "./proxy-failure.ts";
import { readBytes } from "./read-socket.ts";

/** SOCKS 5 (RFC 1928) with user and password (RFC 1929). Afterwards the socket speaks with the target. */
export async function openSocksTunnel(order: TunnelOrder): Promise<void> {
  try {
    await greet(order);
    await askForTarget(order);
  } catch (error) {
    order.signal.throwIfAborted();
    throw error instanceof ProxyFailure ? error : new ProxyFailure("protocol", { cause: error });
  }
}

const VERSION = 5;
const METHOD = { none: 0, password: 2 } as const;
const ADDRESS = { ipv4: 1, name: 3, ipv6: 4 } as const;
const CONNECT = 1;

async function greet({ socket, proxy, signal }: TunnelOrder): Promise<void> {
  const offered = proxy.credentials === null ? [METHOD.none] : [METHOD.none, METHOD.password];
  socket.write(Uint8Array.of(VERSION, offered.length, ...offered));
  const [version, method] = await readBytes(socket, 2, signal);
  if (version !== VERSION) throw new ProxyFailure("protocol", { cause: new Error("not SOCKS 5") });
  if (method === METHOD.none) return;
  if (method !== METHOD.password || proxy.credentials === null) throw new ProxyFailure("auth");
  await logIn(socket, proxy.credentials, signal);
}

async function logIn(
  socket: Socket,
  { user, password }: NonNullable<ConfiguredProxy["credentials"]>,
  signal: AbortSignal,
): Promise<void> {
  socket.write(Uint8Array.of(1, ...withLength(user), ...withLength(password)));
  const [, status] = await readBytes(socket, 2, signal);
  if (status !== 0) throw new ProxyFailure("auth");
}

async function askForTarget({ socket, hostname, port, signal }: TunnelOrder): Promise<void> {
  const target = encodeHost(hostname.replace(/^\[|\]$/g, ""));
  socket.write(Uint8Array.of(VERSION, CONNECT, 0, ...target, port >> 8, port & 0xff));
  const [version, reply, , kind] = await readBytes(socket, 4, signal);
  if (version !== VERSION) throw new ProxyFailure("protocol", { cause: new Error("not SOCKS 5") });
  if (reply !== 0) throw new ProxyFailure("refused", { cause: new Error(`SOCKS reply ${reply}`) });
  await skipBoundAddress(socket, kind ?? 0, signal);
}

function encodeHost(host: string): number[] {
  if (isIPv4(host)) return [ADDRESS.ipv4, ...host.split(".").map(Number)];
  if (isIPv6(host)) return [ADDRESS.ipv6, ...ipv6Bytes(host)];
  return [ADDRESS.name, ...withLength(host)];
}

/** The URL parser leaves hexadecimal groups and at most one `::`. */
function ipv6Bytes(host: string): number[] {
  const [left = [], right = []] = host.split("::").map((half) => half.split(":").filter(Boolean));
  const zeros = Array.from({ length: 8 - left.length - right.length }, () => "0");
  return [...left, ...zeros, ...right]
    .map((group) => Number.parseInt(group, 16))
    .flatMap((group) => [group >> 8, group & 0xff]);
}

/** Both the names of hosts and credentials are told with one byte of length. */
function withLength(text: string): number[] {
  const bytes = Buffer.from(text, "utf8");
  if (bytes.length > 255)
    throw new ProxyFailure("protocol", { cause: new Error("more than 255 bytes") });
  return [bytes.length, ...bytes];
}

/** Where the proxy goes out from: of no use here, but in the way. */
async function skipBoundAddress(socket: Socket, kind: number, signal: AbortSignal): Promise<void> {
  const lengths = new Map<number, number>([
    [ADDRESS.ipv4, 4],
    [ADDRESS.ipv6, 16],
  ]);
  const length =
    kind === ADDRESS.name ? (await readBytes(socket, 1, signal))[0] : lengths.get(kind);
  if (length === undefined)
    throw new ProxyFailure("protocol", { cause: new Error("unknown address type") });
  await readBytes(socket, length + 2, signal);
}
