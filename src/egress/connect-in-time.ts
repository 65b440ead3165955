import type { Socket } from "node:net";
import { startDeadline } from "../concurrency/deadline.ts";
import { PageError } from "../contract/app-error.ts";

export interface Patience {
  readonly timeoutMs: number;
  readonly signal: AbortSignal;
}

/**
 * A connection that stands when its time is over, or none.
 * @throws PageError TIMEOUT (`connect`); whatever `signal` is aborted with, or `connect` throws.
 */
export async function connectInTime(
  connect: (signal: AbortSignal) => Promise<Socket>,
  { timeoutMs, signal }: Patience,
): Promise<Socket> {
  const deadline = startDeadline({ timeoutMs, signal });
  try {
    const socket = await connect(deadline.signal);
    // Aborted between the connection's last step and here.
    if (signal.aborted) socket.destroy();
    signal.throwIfAborted();
    return socket;
  } catch (error) {
    if (signal.aborted) throw signal.reason;
    throw deadline.isOver && !(error instanceof PageError) ? connectTimeout(error) : error;
  } finally {
    deadline.stop();
  }
}

function connectTimeout(cause: unknown): PageError {
  return new PageError("TIMEOUT", {
    message: "The host could not be connected to in time.",
    details: { reason: "connect" },
    cause,
  });
}
