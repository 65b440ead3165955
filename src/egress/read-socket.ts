import type { Socket } from "node:net";

/** Exactly so many bytes, or a rejection where the connection ends before. What follows them stays unread. */
export async function readBytes(
  socket: Socket,
  count: number,
  signal: AbortSignal,
): Promise<Uint8Array> {
  for (;;) {
    const bytes: Uint8Array | null = socket.read(count);
    if (bytes !== null && bytes.length === count) return bytes;
    await untilReadable(socket, signal);
  }
}

/** Everything up to and with the mark. What follows it stays unread. */
export async function readUntil(
  socket: Socket,
  { mark, maxBytes, signal }: { mark: string; maxBytes: number; signal: AbortSignal },
): Promise<string> {
  let text = "";
  while (text.length < maxBytes) {
    const chunk: Uint8Array | null = socket.read();
    if (chunk === null) {
      await untilReadable(socket, signal);
      continue;
    }
    text += Buffer.from(chunk).toString("latin1");
    const end = text.indexOf(mark);
    if (end < 0) continue;
    const rest = text.slice(end + mark.length);
    if (rest !== "") socket.unshift(Buffer.from(rest, "latin1"));
    return text.slice(0, end + mark.length);
  }
  throw new Error(`no end within ${maxBytes} bytes`);
}

function untilReadable(socket: Socket, signal: AbortSignal): Promise<void> {
  return new Promise((resolve, reject) => {
    const settle = (act: () => void) => {
      socket.off("readable", onReadable).off("end", onEnd).off("close", onEnd);
      signal.removeEventListener("abort", onAbort);
      act();
    };
    const onReadable = () => settle(resolve);
    const onEnd = () => settle(() => reject(socket.errored ?? new Error("the connection ended")));
    const onAbort = () => settle(() => reject(signal.reason));
    if (signal.aborted) return reject(signal.reason);
    if (socket.destroyed || socket.readableEnded) return onEnd();
    socket.on("readable", onReadable).on("end", onEnd).on("close", onEnd);
    signal.addEventListener("abort", onAbort, { once: true });
  });
}
