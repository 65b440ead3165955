import { createServer } from "node:net";
import { startTcpServer } from "./tcp-server.ts";

/** A loopback port that nobody listened on just now: for programs that cannot pick one by themselves. */
export async function freePort(): Promise<number> {
  const { port, stop } = await startTcpServer(createServer());
  await stop();
  return port;
}
