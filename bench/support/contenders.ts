import { join } from "node:path";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";
import { startQuern } from "../../test/support/start-quern.ts";
import { installPeer, PEERS } from "./install-peer.ts";

export const CONTENDERS = ["quern", "diy", "floor"] as const;

export type ContenderName = (typeof CONTENDERS)[number];

/** A server under measurement: all of them answer POST /v1/extract with `data.markdown`. */
export interface Contender {
  readonly name: ContenderName;
  readonly url: string;
  readonly pid: number;
  readonly headers: Readonly<Record<string, string>>;
  [Symbol.asyncDispose](): Promise<void>;
}

/** Starts a server that may read pages from the origin's port. */
export async function startContender(name: ContenderName, originPort: string): Promise<Contender> {
  return name === "quern" ? startQuernFor(originPort) : startPeer(name);
}

export function installPeers(): Promise<void> {
  return installPeer("diy");
}

async function startQuernFor(originPort: string): Promise<Contender> {
  const quern = await startQuern({
    env: {
      QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${originPort}`,
      // All pages are on one host and asked with one key here, as no user's are.
      QUERN_HOST_CONCURRENCY: "64",
      QUERN_KEY_CONCURRENCY: "64",
    },
  });
  return {
    name: "quern",
    url: quern.url,
    pid: quern.pid,
    headers: { "x-api-key": quern.key },
    [Symbol.asyncDispose]: async () => {
      await quern.stop();
    },
  };
}

async function startPeer(name: "diy" | "floor"): Promise<Contender> {
  const program = await startProgram({
    args: [join(PEERS, name, "server.mjs")],
    cwd: join(PEERS, name),
    env: {},
    firstLineTimeoutMs: 60_000,
  });
  return {
    name,
    url: listeningUrl(program.firstLine),
    pid: program.pid,
    headers: {},
    [Symbol.asyncDispose]: async () => {
      await program.stop();
    },
  };
}
