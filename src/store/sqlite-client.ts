import { Worker } from "node:worker_threads";
import { threadEntry } from "../concurrency/thread-entry.ts";
import { RequestError } from "../contract/app-error.ts";
import { StartError } from "../contract/start-error.ts";
import type { Answer, Order, Reply, Task, TaskKind, ThreadFailure } from "./sqlite-protocol.ts";

export interface SqliteClientOptions {
  readonly file: string;
  readonly busyTimeoutMs: number;
  /** Of the thread: what a list or a result may take on its way. */
  readonly heapMiB?: number;
}

const DEFAULT_HEAP_MIB = 512;

interface Waiting {
  readonly resolve: (value: Answer<TaskKind>) => void;
  readonly reject: (error: Error) => void;
}

/** The event loop's end of the database thread: sends orders, matches replies, starts the thread anew when it has died. */
export class SqliteClient {
  readonly #options: SqliteClientOptions;
  readonly #waiting = new Map<number, Waiting>();
  #outbox: Order[] = [];
  #worker: Worker | null = null;
  #lastId = 0;
  #stopped = false;

  constructor(options: SqliteClientOptions) {
    this.#options = options;
  }

  /** False when the schema has to be brought up to date and `mayMigrate` is false. @throws StartError */
  open({ mayMigrate }: { mayMigrate: boolean }): Promise<boolean> {
    this.#worker ??= this.#start();
    return this.#open(mayMigrate);
  }

  /** @throws RequestError UNAVAILABLE, StartError for a backup that can't be written */
  async run<Kind extends TaskKind>(task: Task<Kind>): Promise<Answer<Kind>> {
    if (this.#stopped) throw unavailable("The database is closed");
    if (this.#worker === null) this.#restart();
    return this.#send(task);
  }

  async stop(): Promise<void> {
    if (this.#stopped) return;
    this.#stopped = true;
    if (this.#worker === null) return;
    const worker = this.#worker;
    const ended = new Promise((resolve) => worker.once("exit", resolve));
    await this.#send({ kind: "close" });
    await ended;
  }

  #start(): Worker {
    const worker = new Worker(threadEntry("sqlite-thread", import.meta.url), {
      name: "quern-sqlite",
      resourceLimits: { maxOldGenerationSizeMb: this.#options.heapMiB ?? DEFAULT_HEAP_MIB },
    });
    worker.on("message", (replies: readonly Reply[]) => {
      for (const reply of replies) this.#settle(reply);
    });
    worker.on("error", (error) => this.#abandon(worker, error));
    worker.on("exit", () => this.#abandon(worker, new Error("The database thread has ended")));
    return worker;
  }

  /** The schema is up to date by now: only opening is to be done again, and it comes first in the queue. */
  #restart(): void {
    this.#worker = this.#start();
    // The orders behind it fail by themselves when it does.
    this.#open(false).catch(() => null);
  }

  #open(mayMigrate: boolean): Promise<boolean> {
    const { file, busyTimeoutMs } = this.#options;
    return this.#send({ kind: "open", file, busyTimeoutMs, mayMigrate });
  }

  #send<Kind extends TaskKind>(task: Task<Kind>): Promise<Answer<Kind>> {
    this.#lastId += 1;
    const id = this.#lastId;
    return new Promise((resolve, reject) => {
      // The protocol pairs each kind of task with its answer, which the compiler can't follow through a map.
      this.#waiting.set(id, { resolve: resolve as Waiting["resolve"], reject });
      // One message for all that this turn of the event loop asks: each costs more than what is in it.
      if (this.#outbox.length === 0) setImmediate(() => this.#post());
      this.#outbox.push({ ...task, id });
    });
  }

  #post(): void {
    this.#worker?.postMessage(this.#outbox);
    this.#outbox = [];
  }

  #settle(reply: Reply): void {
    const waiting = this.#waiting.get(reply.id);
    this.#waiting.delete(reply.id);
    if (reply.ok) waiting?.resolve(reply.value);
    else waiting?.reject(toError(reply.failure));
  }

  #abandon(worker: Worker, cause: unknown): void {
    if (this.#worker !== worker) return;
    this.#worker = null;
    this.#outbox = [];
    for (const waiting of this.#waiting.values()) waiting.reject(unavailable(String(cause)));
    this.#waiting.clear();
  }
}

function toError({ kind, message }: ThreadFailure): Error {
  if (kind === "refused") return new StartError(message);
  if (kind === "away") return unavailable(`The database can't be used: ${message}`);
  return new Error(`The database refused a statement: ${message}`);
}

/** The reason is for the log: a caller learns that it may try again. */
function unavailable(reason: string): RequestError {
  return new RequestError("UNAVAILABLE", { cause: new Error(reason) });
}
