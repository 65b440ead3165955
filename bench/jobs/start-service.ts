import { spawn } from "node:child_process";
import { once } from "node:events";
import { connect } from "node:net";
import { freePort } from "../../test/support/free-port.ts";
import { waitUntil } from "../../test/support/wait-until.ts";

export interface ServiceOrder {
  readonly file: string;
  readonly args: (port: number) => readonly string[];
  readonly folder: string;
  /** Whose process it is; null: this one's own. */
  readonly user: { readonly uid: number; readonly gid: number } | null;
  /** Ends it in good order. */
  readonly stopSignal: NodeJS.Signals;
}

/** A database that a peer stands on, on a loopback port. */
export interface Service {
  readonly pid: number;
  readonly port: number;
  [Symbol.asyncDispose](): Promise<void>;
}

export async function startService(order: ServiceOrder): Promise<Service> {
  const port = await freePort();
  const child = spawn(order.file, order.args(port), {
    cwd: order.folder,
    stdio: ["ignore", "ignore", "pipe"],
    ...order.user,
  });
  let said = "";
  child.stderr.setEncoding("utf8").on("data", (text: string) => {
    said += text;
  });
  const exit = once(child, "exit");
  const stop = async () => {
    child.kill(order.stopSignal);
    await exit;
  };
  try {
    await waitUntil(() => isListening(port), READY_WITHIN_MS);
    return { pid: child.pid ?? Number.NaN, port, [Symbol.asyncDispose]: stop };
  } catch (cause) {
    await stop();
    throw new Error(`${order.file} does not listen:\n${said}`, { cause });
  }
}

const READY_WITHIN_MS = 30_000;

function isListening(port: number): Promise<boolean> {
  const socket = connect(port, "127.0.0.1");
  const connected = once(socket, "connect").then(
    () => true,
    () => false,
  );
  return connected.finally(() => socket.destroy());
}
