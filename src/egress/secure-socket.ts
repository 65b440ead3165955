import { isIP, type Socket } from "node:net";
import { connect, type TLSSocket } from "node:tls";

interface SecureOrder {
  readonly socket: Socket;
  /** A name, or an address without brackets: the certificate has to be for it. */
  readonly host: string;
  readonly signal: AbortSignal;
}

/** TLS over a connection that stands, verified. The socket is destroyed where it fails. */
export function secureSocket({ socket, host, signal }: SecureOrder): Promise<TLSSocket> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return fail(signal.reason);
    // Certificates know no dot at the end, and SNI allows none (RFC 6066 section 3).
    const name = host.replace(/\.$/, "");
    const secured = connect({
      socket,
      host: name,
      ...(isIP(name) === 0 ? { servername: name } : {}),
      ALPNProtocols: ["http/1.1"],
      // The default is what NODE_TLS_REJECT_UNAUTHORIZED says.
      rejectUnauthorized: true,
    });

    function fail(reason: unknown) {
      signal.removeEventListener("abort", giveUp);
      socket.destroy();
      reject(reason);
    }
    const giveUp = () => fail(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    // Stays for good, as in dialFirst.
    secured.on("error", fail);
    secured.once("close", () => fail(new Error("closed during the handshake")));
    secured.once("secureConnect", () => {
      signal.removeEventListener("abort", giveUp);
      resolve(secured);
    });
  });
}
