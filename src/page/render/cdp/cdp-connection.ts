import type { Readable, Writable } from "node:stream";
import type { CdpCommands, CdpEvents } from "./protocol.ts";

/** Commands to one target, or to the browser itself, and what happens there. */
export interface CdpSession {
  /** @throws CdpError where the browser refuses, BrowserGone where it is no more. */
  send<Name extends keyof CdpCommands>(
    name: Name,
    params: CdpCommands[Name]["params"],
  ): Promise<CdpCommands[Name]["answer"]>;
  /** Returns what ends the listening. */
  on<Name extends keyof CdpEvents>(
    name: Name,
    listen: (event: CdpEvents[Name]) => void,
  ): () => void;
}

export interface CdpConnection {
  /** Of the browser itself. */
  readonly root: CdpSession;
  /** Of a target that was attached to. */
  openSession(sessionId: string): CdpSession;
  /** Nobody listens to it any more: commands under way fail. */
  closeSession(sessionId: string): void;
  /** Resolves when the browser has closed its end. */
  readonly closed: Promise<void>;
}

/** The browser refused a command, or the target that it was for is gone. */
export class CdpError extends Error {
  override readonly name = "CdpError";
}

/** The browser is no more: it died, or it was ended. */
export class BrowserGone extends Error {
  override readonly name = "BrowserGone";
}

interface Pipes {
  readonly commands: Writable;
  readonly answers: Readable;
}

type Listen = (event: never) => void;
type Listeners = Map<string, Set<Listen>>;

interface Waiting {
  readonly sessionId: string;
  readonly name: string;
  readonly resolve: (answer: unknown) => void;
  readonly reject: (error: Error) => void;
}

const ROOT = "";

/** Speaks the DevTools Protocol over the two pipes of `--remote-debugging-pipe`: JSON, each message ended by a zero. */
export function connectCdp({ commands, answers }: Pipes): CdpConnection {
  const waiting = new Map<number, Waiting>();
  const sessions = new Map<string, Listeners>([[ROOT, new Map()]]);
  const closed = Promise.withResolvers<void>();
  let lastId = 0;
  let isOpen = true;

  const close = (): void => {
    if (!isOpen) return;
    isOpen = false;
    for (const { reject } of waiting.values()) reject(new BrowserGone("The browser is gone."));
    waiting.clear();
    closed.resolve();
  };
  answers.once("close", close);
  // A pipe that breaks is a browser that ends: `close` follows.
  answers.on("error", close);
  commands.on("error", close);
  readMessages(answers, (message) => {
    if (message.id !== undefined) return settle(waiting, message.id, message);
    const listeners = sessions.get(message.sessionId ?? ROOT)?.get(message.method ?? "") ?? [];
    // The browser keeps to its protocol; what it sends under a name has the shape of that name.
    for (const listen of listeners) listen(message.params as never);
  });

  function openSession(sessionId: string): CdpSession {
    const listeners: Listeners = sessions.get(sessionId) ?? new Map();
    sessions.set(sessionId, listeners);
    return {
      send: (name, params) =>
        new Promise((resolve, reject) => {
          if (!isOpen) return reject(new BrowserGone("The browser is gone."));
          lastId += 1;
          // As above: the answer to a command has its shape.
          const settled = resolve as Waiting["resolve"];
          waiting.set(lastId, { sessionId, name, resolve: settled, reject });
          const session = sessionId === ROOT ? {} : { sessionId };
          commands.write(`${JSON.stringify({ id: lastId, method: name, params, ...session })}\0`);
        }),
      on(name, listen) {
        const others: Set<Listen> = listeners.get(name) ?? new Set();
        listeners.set(name, others.add(listen));
        return () => void others.delete(listen);
      },
    };
  }

  return {
    root: openSession(ROOT),
    openSession,
    closeSession(sessionId) {
      sessions.delete(sessionId);
      for (const [id, command] of waiting) {
        if (command.sessionId !== sessionId) continue;
        waiting.delete(id);
        command.reject(new CdpError(`${command.name}: the page is closed`));
      }
    },
    closed: closed.promise,
  };
}

interface Message {
  readonly id?: number;
  readonly sessionId?: string;
  readonly method?: string;
  readonly params?: unknown;
  readonly result?: unknown;
  readonly error?: { readonly message: string };
}

function settle(waiting: Map<number, Waiting>, id: number, { result, error }: Message): void {
  const command = waiting.get(id);
  waiting.delete(id);
  if (error === undefined) command?.resolve(result);
  else command?.reject(new CdpError(`${command.name}: ${error.message}`));
}

/** A message may come in many pieces, and many in one. */
function readMessages(answers: Readable, read: (message: Message) => void): void {
  let pieces: Buffer[] = [];
  answers.on("data", (data: Buffer) => {
    let rest = data;
    for (let end = rest.indexOf(0); end !== -1; end = rest.indexOf(0)) {
      pieces.push(rest.subarray(0, end));
      read(JSON.parse(Buffer.concat(pieces).toString("utf8")));
      pieces = [];
      rest = rest.subarray(end + 1);
    }
    if (rest.length > 0) pieces.push(rest);
  });
}
