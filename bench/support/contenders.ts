import { execFile } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { promisify } from "node:util";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";
import { startQuern } from "../../test/support/start-quern.ts";
import { say } from "./say.ts";

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

/** Brings what the peers need: nothing of it belongs to the product. */
export async function installPeers(): Promise<void> {
  if (existsSync(join(PEERS, "diy/node_modules"))) return;
  say("installs the libraries of bench/peers/diy");
  const options = { cwd: join(PEERS, "diy"), timeout: 300_000 };
  await promisify(execFile)("npm", ["ci", "--ignore-scripts"], options);
}

const PEERS = join(import.meta.dirname, "../peers");

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
