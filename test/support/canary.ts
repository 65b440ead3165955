import { createSocket } from "node:dgram";
import { once } from "node:events";
import { createServer, type Socket } from "node:net";
import { startTcpServer } from "./tcp-server.ts";

/** A port of this machine that nobody may reach: it remembers whoever did. */
export interface Canary {
  readonly port: number;
  /** What was asked for, by the first segment of the path; `udp` for packets, `connection` for what said nothing. */
  readonly seen: ReadonlySet<string>;
  forget(): void;
  stop(): Promise<void>;
}

/** Listens for TCP and UDP on the same port of loopback. */
export async function startCanary(): Promise<Canary> {
  const seen = new Set<string>();
  const tcp = await startTcpServer(createServer((socket) => listen(socket, seen)));
  const udp = createSocket("udp4", () => seen.add("udp")).bind(tcp.port, "127.0.0.1");
  await once(udp, "listening");
  return {
    port: tcp.port,
    seen,
    forget: () => seen.clear(),
    async stop() {
      udp.close();
      await tcp.stop();
    },
  };
}

function listen(socket: Socket, seen: Set<string>): void {
  seen.add("connection");
  socket.on("error", () => socket.destroy());
  socket.on("data", (data) => {
    const [, name] = /^[A-Z]+ (?:http:\/\/[^/]+)?\/([a-z-]+)/.exec(data.toString("latin1")) ?? [];
    if (name !== undefined) seen.add(name);
    socket.end(
      "HTTP/1.1 200 OK\r\nContent-Type: text/html\r\nAccess-Control-Allow-Origin: *\r\nContent-Length: 2\r\nConnection: close\r\n\r\nok",
    );
  });
}
