// The thread that owns the embedded database: SQLite blocks, and the event loop must not.
import { type MessagePort, parentPort, receiveMessageOnPort } from "node:worker_threads";
import { StartError } from "../contract/start-error.ts";
import { SqliteDatabase } from "./sqlite-database.ts";
import { explainSqliteFailure } from "./sqlite-failures.ts";
import type { Answer, Order, Reply, Result, TaskKind, ThreadFailure } from "./sqlite-protocol.ts";

/** So that the first caller of a crowd does not wait for all of it. */
const MAX_GROUP = 1000;

let opened: SqliteDatabase | null = null;

if (parentPort !== null) serve(parentPort);

function serve(port: MessagePort): void {
  port.on("message", (first: readonly Order[]) => {
    const orders = [...first, ...gatherWaiting(port)];
    // Reads first: they need not wait for the disk. Whoever wants to see a write has waited for it.
    const writes = orders.filter((order) => order.kind === "write");
    const others = orders.filter((order) => order.kind !== "write");
    const closing = others.find((order) => order.kind === "close");
    reply(port, others.filter((order) => order !== closing).map(answer));
    reply(port, commit(writes));
    if (closing === undefined) return;
    reply(port, [answer(closing)]);
    port.close();
  });
}

/** What came while the last commit ran. */
function gatherWaiting(port: MessagePort): Order[] {
  const orders: Order[] = [];
  while (orders.length < MAX_GROUP) {
    const next: { message: readonly Order[] } | undefined = receiveMessageOnPort(port);
    if (next === undefined) break;
    orders.push(...next.message);
  }
  return orders;
}

function reply(port: MessagePort, replies: readonly Reply[]): void {
  if (replies.length > 0) port.postMessage(replies);
}

function commit(orders: readonly Order<"write">[]): Reply[] {
  if (orders.length === 0) return [];
  const replies = database().commitTogether(orders.map((order) => order.unit));
  return orders.map(({ id }, index) => {
    const unit = replies[index];
    if (unit?.ok) return { id, ok: true, value: unit.value };
    return { id, ok: false, failure: describe(unit?.error) };
  });
}

function answer(order: Order<Exclude<TaskKind, "write">>): Reply {
  return { id: order.id, ...attempt(() => perform(order)) };
}

function perform(order: Order<Exclude<TaskKind, "write">>): Answer<TaskKind> {
  switch (order.kind) {
    case "open":
      opened = SqliteDatabase.open(order);
      return opened !== null;
    case "read":
      return database().read(order.statement);
    case "compact":
      database().compact();
      return null;
    case "backup":
      database().backup(order.file);
      return null;
    case "check":
      return database().check();
    case "ping":
      database().ping();
      return null;
    case "close":
      opened?.close();
      opened = null;
      return null;
  }
}

function attempt(step: () => Answer<TaskKind>): Result {
  try {
    return { ok: true, value: step() };
  } catch (error) {
    return { ok: false, failure: describe(error) };
  }
}

function describe(error: unknown): ThreadFailure {
  const message = error instanceof Error ? error.message : String(error);
  if (error instanceof StartError) return { kind: "refused", message };
  const reason = explainSqliteFailure(error);
  if (reason !== null) return { kind: "away", message: `${reason} (SQLite: ${message})` };
  return { kind: "bug", message };
}

function database(): SqliteDatabase {
  if (opened === null) throw new Error("The database is not open");
  return opened;
}
