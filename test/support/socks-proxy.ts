import { connect, createServer, type Socket } from "node:net";
import { readBytes } from "../../src/egress/read-socket.ts";
import { startTcpServer, type TcpServer } from "./tcp-server.ts";

export interface SocksProxy extends TcpServer {
  /** `name host:port`, `ipv4 host:port` or `ipv6 host:port`, in the order of arrival. */
  readonly asked: readonly string[];
}

interface SocksProxyOptions {
  readonly credentials?: { readonly user: string; readonly password: string };
  /** The reply to every request, RFC 1928 section 6; 0 opens the way. */
  readonly reply?: number;
}

/** A SOCKS 5 proxy that takes every name and address for loopback. */
export async function startSocksProxy(options: SocksProxyOptions = {}): Promise<SocksProxy> {
  const asked: string[] = [];
  const server = createServer((socket) => {
    serve(socket, options, asked).catch(() => socket.destroy());
  });
  return { ...(await startTcpServer(server)), asked };
}

async function serve(socket: Socket, options: SocksProxyOptions, asked: string[]): Promise<void> {
  const read = (count: number) => readBytes(socket, count, new AbortController().signal);
  const [, methodCount = 0] = await read(2);
  await read(methodCount);
  if (!(await admit(socket, options, read))) return;
  const [, , , kind = 0] = await read(4);
  const host = await readHost(kind, read);
  const port = Buffer.from(await read(2)).readUInt16BE();
  asked.push(`${host}:${port}`);
  // The bound address comes back as a name, which has the odd length.
  const bound = [3, 4, ...Buffer.from("here"), 0, 0];
  socket.write(Uint8Array.of(5, options.reply ?? 0, 0, ...bound));
  if (options.reply) return;
  const target = connect({ host: "127.0.0.1", port });
  target.on("error", () => socket.destroy());
  socket.on("close", () => target.destroy());
  socket.pipe(target).pipe(socket);
}

type Read = (count: number) => Promise<Uint8Array>;

async function admit(
  socket: Socket,
  { credentials }: SocksProxyOptions,
  read: Read,
): Promise<boolean> {
  if (credentials === undefined) {
    socket.write(Uint8Array.of(5, 0));
    return true;
  }
  socket.write(Uint8Array.of(5, 2));
  const [, userLength = 0] = await read(2);
  const user = Buffer.from(await read(userLength)).toString();
  const [passwordLength = 0] = await read(1);
  const password = Buffer.from(await read(passwordLength)).toString();
  const isWelcome = user === credentials.user && password === credentials.password;
  socket.write(Uint8Array.of(1, isWelcome ? 0 : 1));
  return isWelcome;
}

async function readHost(kind: number, read: Read): Promise<string> {
  if (kind === 1) return `ipv4 ${(await read(4)).join(".")}`;
  if (kind === 4) return `ipv6 ${Buffer.from(await read(16)).toString("hex")}`;
  const [length = 0] = await read(1);
  return `name ${Buffer.from(await read(length)).toString()}`;
}
