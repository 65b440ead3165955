import { join } from "node:path";
import { listeningUrl } from "../../test/support/listening-url.ts";
import { startProgram } from "../../test/support/start-program.ts";
import { startQuern } from "../../test/support/start-quern.ts";
import { installPeer, PEERS } from "../support/install-peer.ts";
import { findService, type ServiceProgram } from "./find-service.ts";
import { POSTGRES, startPostgres } from "./start-postgres.ts";
import { REDIS, startRedis } from "./start-redis.ts";
import type { Service } from "./start-service.ts";

export const QUEUES = ["quern", "bullmq", "pgboss"] as const;

export type QueueName = (typeof QUEUES)[number];

/** A server that takes jobs: 202 of POST /v1/extract means on disk, GET /v1/statistics counts those that are done. */
export interface Queue {
  readonly name: QueueName;
  readonly url: string;
  readonly headers: Readonly<Record<string, string>>;
  /** The server's process, and that of the database that it stands on. */
  readonly pids: readonly number[];
  [Symbol.asyncDispose](): Promise<void>;
}

export interface QueueOrder {
  /** False: jobs are taken, and none is run. */
  readonly works: boolean;
  /** Where pages may be read. */
  readonly pagePort: number;
}

/** How a contender is started with nothing in it; null where the machine lacks what it needs. */
export type StartQueue = (order: QueueOrder) => Promise<Queue>;

export async function prepareQueue(name: QueueName): Promise<StartQueue | null> {
  if (name === "quern") return startQuernQueue;
  const { program, startService } = PEER_SERVICES[name];
  const programs = findService(program);
  if (programs === null) return null;
  await installPeer(name);
  return (order) => startPeer(name, order, () => startService(programs));
}

/** As many as the peers are set to: see peers/serve-queue.mjs. */
const JOBS_AT_ONCE = 50;

const PEER_SERVICES: Readonly<Record<Exclude<QueueName, "quern">, PeerService>> = {
  bullmq: { program: REDIS, startService: startRedis },
  pgboss: { program: POSTGRES, startService: startPostgres },
};

interface PeerService {
  readonly program: ServiceProgram;
  readonly startService: (programs: string) => Promise<Service>;
}

async function startQuernQueue({ works, pagePort }: QueueOrder): Promise<Queue> {
  const quern = await startQuern({
    env: {
      QUERN_ALLOW_NETWORKS: `127.0.0.1/32:${pagePort}`,
      // It cannot be told to run nothing, so it is given one place and pages that never come.
      QUERN_CONCURRENCY: String(works ? JOBS_AT_ONCE : 1),
      // All pages are on one host and asked with one key here, as no user's are.
      QUERN_HOST_CONCURRENCY: String(JOBS_AT_ONCE),
      QUERN_KEY_CONCURRENCY: String(JOBS_AT_ONCE),
      // What runs when a burst is over is of no interest.
      QUERN_STOP_MS: "0",
    },
  });
  return {
    name: "quern",
    url: quern.url,
    headers: { "x-api-key": quern.key },
    pids: [quern.pid],
    [Symbol.asyncDispose]: async () => {
      await quern.stop();
    },
  };
}

async function startPeer(
  name: QueueName,
  { works }: QueueOrder,
  startService: () => Promise<Service>,
): Promise<Queue> {
  await using stack = new AsyncDisposableStack();
  const service = stack.use(await startService());
  const program = await startProgram({
    args: [join(PEERS, name, "server.mjs"), String(service.port), ...(works ? [] : ["--no-work"])],
    cwd: join(PEERS, name),
    env: {},
    firstLineTimeoutMs: 60_000,
  });
  stack.defer(async () => {
    await program.stop();
  });
  const opened = stack.move();
  return {
    name,
    url: listeningUrl(program.firstLine),
    headers: {},
    pids: [program.pid, service.pid],
    [Symbol.asyncDispose]: () => opened.disposeAsync(),
  };
}
