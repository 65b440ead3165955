import { startDeadline } from "../concurrency/deadline.ts";
import { PageError } from "../contract/app-error.ts";
import type { Connect, Route } from "./connector.ts";
import { createHttpConnection, type HttpConnection } from "./http-connection.ts";

interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/** All connections, and of them those that have answered and may be asked again: by origin and proxy. */
export class ConnectionPool {
  readonly #connect: Connect;
  readonly #open = new Set<HttpConnection>();
  readonly #idle = new Map<string, HttpConnection[]>();
  readonly #stopping = new AbortController();

  constructor(connect: Connect) {
    this.#connect = connect;
  }

  /** One that is idle: the last to have answered, since the others grow old and close. */
  take(route: Route): HttpConnection | null {
    const connection = this.#idle.get(keyOf(route))?.findLast(({ isOpen }) => isOpen);
    if (connection === undefined) return null;
    this.#forget(route, connection);
    return connection;
  }

  /** A new one: a new decision. */
  async open(route: Route, { timeoutMs, signal }: Patience): Promise<HttpConnection> {
    const either = AbortSignal.any([signal, this.#stopping.signal]);
    const deadline = startDeadline({ timeoutMs, signal: either });
    try {
      const socket = await this.#connect(route, deadline.signal);
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
    } catch (error) {
      if (either.aborted) throw either.reason;
      throw deadline.isOver && !(error instanceof PageError) ? connectTimeout(error) : error;
    } finally {
      deadline.stop();
    }
  }

  give(route: Route, connection: HttpConnection): void {
    if (!connection.isOpen) return;
    const key = keyOf(route);
    this.#idle.set(key, [...(this.#idle.get(key) ?? []), connection]);
  }

  stop(reason: Error): void {
    this.#stopping.abort(reason);
    for (const connection of this.#open) connection.destroy();
  }

  #forget(route: Route, connection: HttpConnection): void {
    const key = keyOf(route);
    const others = this.#idle.get(key)?.filter((other) => other !== connection) ?? [];
    if (others.length > 0) this.#idle.set(key, others);
    else this.#idle.delete(key);
  }
}

function keyOf({ url, proxy }: Route): string {
  return `${proxy?.name ?? "direct"} ${url.origin}`;
}

function connectTimeout(cause: unknown): PageError {
  return new PageError("TIMEOUT", {
    message: "The host could not be connected to in time.",
    details: { reason: "connect" },
    cause,
  });
}
