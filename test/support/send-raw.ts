import { connect } from "node:net";

/** Bytes past every HTTP client: what comes back until the server closes, or until nothing more comes. */
export function sendRaw(
  serverUrl: string,
  bytes: string | Uint8Array,
  { quietMs = 1000 }: { readonly quietMs?: number } = {},
): Promise<string> {
  const { hostname, port } = new URL(serverUrl);
  return new Promise((resolve) => {
    let received = "";
    const socket = connect({ host: hostname, port: Number(port) }, () => socket.write(bytes));
    socket.setEncoding("latin1").setTimeout(quietMs);
    socket.on("data", (text: string) => {
      received += text;
    });
    socket.on("timeout", () => socket.destroy());
    // A server that closes on nonsense may reset the connection; what it said before counts.
    socket.on("error", () => socket.destroy());
    socket.on("close", () => resolve(received));
  });
}
