import type { Socket } from "node:net";
import type { Readable } from "node:stream";
import { setImmediate as nextTurn } from "node:timers/promises";
import { Client, type Dispatcher } from "undici";
import { AnswerGuard } from "./answer-guard.ts";

export interface HttpRequest {
  readonly method: string;
  readonly path: string;
  /** Names and values in turn. */
  readonly headers: string[];
  readonly body: Readable | null;
}

/** One connection that stands, on which one request after the other is sent. */
export interface HttpConnection {
  readonly isOpen: boolean;
  /** Between a request and what comes back. */
  readonly guard: AnswerGuard;
  send(request: HttpRequest, handler: Dispatcher.DispatchHandler): void;
  /** After it lay idle: whether nothing has come until now, and it is open still. */
  isQuiet(): Promise<boolean>;
  destroy(): void;
}

interface ConnectionOptions {
  readonly socket: Socket;
  /** Of the target: what `host` says. */
  readonly origin: string;
  readonly onClose: () => void;
}

/** The client gets this socket and never another: whatever needs a new one is a new decision. */
export function createHttpConnection({
  socket,
  origin,
  onClose,
}: ConnectionOptions): HttpConnection {
  const guard = new AnswerGuard(socket);
  let isTaken = false;
  const client = new Client(origin, {
    connect: (_options, callback) => {
      const isGone = isTaken || socket.destroyed;
      isTaken = true;
      // The client takes no notice of a connection that is there before it has asked to the end.
      queueMicrotask(() =>
        isGone ? callback(new Error("the connection has ended"), null) : callback(null, socket),
      );
    },
    allowH2: false,
    pipelining: 1,
    maxHeaderSize: MAX_HEADER_BYTES,
    // Time limits are the caller's.
    headersTimeout: 0,
    bodyTimeout: 0,
    keepAliveTimeout: IDLE_MS,
    keepAliveMaxTimeout: LONGEST_IDLE_MS,
  });
  const destroy = () => {
    socket.destroy();
    // The promise tells when it is over, which nobody needs to know.
    void client.destroy();
  };
  socket.once("close", () => {
    destroy();
    onClose();
  });
  return {
    get isOpen() {
      return !socket.destroyed;
    },
    guard,
    send: (request, handler) => {
      client.dispatch(request, handler);
    },
    isQuiet: async () => {
      // The first turn may come before the event loop looks at its sockets; before the second it has.
      await nextTurn();
      await nextTurn();
      return !socket.destroyed;
    },
    destroy,
  };
}

/** All headers of an answer together. */
const MAX_HEADER_BYTES = 64 * 1024;
const IDLE_MS = 4000;
/** Where the server's Keep-Alive header says more. */
const LONGEST_IDLE_MS = 60_000;
