import type { Socket } from "node:net";
import { connectInTime, type Patience } from "./connect-in-time.ts";
import type { Connect, Route } from "./connector.ts";
import { createHttpConnection, type HttpConnection } from "./http-connection.ts";

/** All connections, and of them those that have answered and may be asked again: by origin and proxy. */
export class ConnectionPool {
  readonly #connect: Connect;
  readonly #open = new Set<HttpConnection>();
  readonly #idle = new Map<string, HttpConnection[]>();
  #idleCount = 0;
  readonly #stopping = new AbortController();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** One that is idle: the last to have answered, since the others grow old and close. */
  async take(route: Route): Promise<HttpConnection | null> {
    for (;;) {
      const connection = this.#idle.get(keyOf(route))?.findLast(({ isOpen }) => isOpen);
      if (connection === undefined) return null;
      this.#forget(route, connection);
      if (await connection.isQuiet()) return connection;
    }
  }

  /** A new one: a new decision. */
  async open(route: Route, { timeoutMs, signal }: Patience): Promise<HttpConnection> {
    const either = AbortSignal.any([signal, this.#stopping.signal]);
    const connect = (connecting: AbortSignal) => this.#connect(route, connecting);
    return this.#adopt(await connectInTime(connect, { timeoutMs, signal: either }), route);
  }

  /** One whose answer is whole. */
  give(route: Route, connection: HttpConnection): void {
    if (!connection.isOpen) return;
    connection.guard.expectNothing();
    const key = keyOf(route);
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), connection]);
    this.#idleCount += 1;
    if (this.#idleCount > MOST_IDLE) this.#closeOldest();
  }

  stop(reason: Error): void {
    this.#stopping.abort(reason);
    for (const connection of this.#open) connection.destroy();
  }

  #adopt(socket: Socket, route: Route): HttpConnection {
    const connection: HttpConnection = createHttpConnection({
      socket,
      origin: route.url.origin,
      onClose: () => {
        this.#open.delete(connection);
        this.#forget(route, connection);
      },
    });
    this.#open.add(connection);
    return connection;
  }

  #forget(route: Route, connection: HttpConnection): void {
    const key = keyOf(route);
    const connections = this.#idle.get(key);
    if (!connections?.includes(connection)) return;
    this.#idleCount -= 1;
    const others = connections.filter((other) => other !== connection);
    if (others.length > 0) this.#idle.set(key, others);
    else this.#idle.delete(key);
  }

  /** Of the host that has had idle ones for longest; the rest follows from its close. */
  #closeOldest(): void {
    const [connections] = this.#idle.values();
    connections?.[0]?.destroy();
  }
}

/** Each holds a file descriptor of ours and a place at somebody else's. */
const MOST_IDLE = 256;

function keyOf({ url, proxy }: Route): string {
  return `${proxy?.name ?? "direct"} ${url.origin}`;
}
