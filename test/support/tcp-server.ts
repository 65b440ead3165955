import { once } from "node:events";
import type { Server, Socket } from "node:net";

export interface TcpServer {
  readonly port: number;
  /** Connections that stand just now. */
  readonly sockets: ReadonlySet<Socket>;
  /** Ends connections too. */
  stop(): Promise<void>;
}

/** Makes any kind of server listen on a free loopback port. */
export async function startTcpServer(server: Server, host = "127.0.0.1"): Promise<TcpServer> {
  const sockets = new Set<Socket>();
  server.on("connection", (socket) => {
    sockets.add(socket);
    socket.on("error", () => socket.destroy());
    socket.on("close", () => sockets.delete(socket));
  });
  server.listen(0, host);
  await once(server, "listening");
  const address = server.address();
  if (address === null || typeof address === "string") throw new Error("The server has no port.");
  return {
    port: address.port,
    sockets,
    stop: async () => {
      for (const socket of sockets) socket.destroy();
      server.close();
      await once(server, "close");
    },
  };
}
