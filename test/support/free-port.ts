import { randomInt } from "node:crypto";
import { once } from "node:events";
import { createServer } from "node:net";

/**
 * A loopback port that nobody listened on just now, for programs that cannot pick one by themselves or have to keep it
 * over a restart. It is below those that systems give to outgoing connections: one of these might have it by then.
 */
export async function freePort(): Promise<number> {
  for (;;) {
    const port = randomInt(FIRST, END);
    if (await canListen(port)) return port;
  }
}

const FIRST = 20_000;
const END = 32_000;

async function canListen(port: number): Promise<boolean> {
  const server = createServer();
  try {
    server.listen(port, "127.0.0.1");
    await once(server, "listening");
    return true;
  } catch {
    // Somebody has it.
    return false;
  } finally {
    server.close();
  }
}
