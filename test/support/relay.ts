import { connect, createServer } from "node:net";
import { startTcpServer } from "./tcp-server.ts";

/** A place that a server is reached at although it starts anew elsewhere, and where its callers are seen. */
export interface Relay {
  readonly url: string;
  /** Connections that stand just now. */
  connections(): number;
  /** Where connections lead from now on. */
  leadTo(url: string): void;
  stop(): Promise<void>;
}

export async function startRelay(url: string): Promise<Relay> {
  let target = new URL(url);
  const server = createServer((socket) => {
    const onward = connect(Number(target.port), target.hostname);
    socket.pipe(onward).pipe(socket);
    onward.on("error", () => socket.destroy());
    onward.on("close", () => socket.destroy());
    socket.on("close", () => onward.destroy());
  });
  const { port, sockets, stop } = await startTcpServer(server);
  return {
    url: `http://127.0.0.1:${port}`,
    connections: () => sockets.size,
    leadTo: (next) => {
      target = new URL(next);
    },
    stop,
  };
}
