import { isIPv6, type Socket } from "node:net";

/** Starts a connection to one address. Nothing is looked up. */
export type Dial = (address: string, port: number) => Socket;

export interface DialOrder {
  readonly addresses: readonly string[];
  readonly port: number;
  readonly dial: Dial;
  readonly signal: AbortSignal;
}

/**
 * The first connection that stands, of all addresses (Happy Eyeballs, RFC 8305): families take turns, and the
 * next address is tried when one fails or is not there after a while, without giving up on it.
 * @throws AggregateError where none stands; whatever the signal is aborted with.
 */
export function dialFirst({ addresses, port, dial, signal }: DialOrder): Promise<Socket> {
  return new Promise((resolve, reject) => {
    const waiting = takeTurns(addresses);
    const attempts = new Set<Socket>();
    const failures: unknown[] = [];
    let timer: NodeJS.Timeout | undefined;

    const end = () => {
      clearTimeout(timer);
      signal.removeEventListener("abort", giveUp);
      for (const socket of attempts) socket.destroy();
    };
    const giveUp = () => {
      end();
      reject(signal.reason);
    };
    const win = (socket: Socket) => {
      attempts.delete(socket);
      end();
      resolve(socket);
    };
    const tryNext = () => {
      clearTimeout(timer);
      const address = waiting.shift();
      if (address !== undefined) {
        start(address);
      } else if (attempts.size === 0) {
        end();
        reject(new AggregateError(failures, "no address accepted a connection"));
      }
    };
    const start = (address: string) => {
      const socket = dial(address, port);
      attempts.add(socket);
      timer = setTimeout(tryNext, ATTEMPT_DELAY_MS);
      socket.once("connect", () => win(socket));
      // Stays for good: without a listener an error would end the process. Later users notice by the close.
      socket.on("error", (error) => {
        if (!attempts.delete(socket)) return;
        failures.push(error);
        tryNext();
      });
    };

    if (signal.aborted) return reject(signal.reason);
    signal.addEventListener("abort", giveUp, { once: true });
    tryNext();
  });
}

// RFC 8305 section 8: the recommended Connection Attempt Delay.
const ATTEMPT_DELAY_MS = 250;

// A name may have thousands, chosen by somebody who would like them to be knocked at.
const MOST_ATTEMPTS = 16;

/** The families one by one, beginning with that of the first address (RFC 8305 section 4). */
function takeTurns(addresses: readonly string[]): string[] {
  const unique = [...new Set(addresses)];
  const isFirstFamily = (address: string) => isIPv6(address) === isIPv6(unique[0] ?? "");
  const first = unique.filter(isFirstFamily);
  const second = unique.filter((address) => !isFirstFamily(address));
  const rounds = Array.from({ length: Math.max(first.length, second.length) }, (_, round) => [
    first[round],
    second[round],
  ]);
  return rounds
    .flat()
    .filter((address) => address !== undefined)
    .slice(0, MOST_ATTEMPTS);
}
