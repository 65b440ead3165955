import { mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { ServiceProgram } from "./find-service.ts";
import { type Service, startService } from "./start-service.ts";

export const REDIS: ServiceProgram = {
  name: "redis-server",
  debianPackage: "redis-server",
  elsewhere: [],
};

/** A Redis that answers a write after it is on disk. */
export async function startRedis(programs: string): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "quern-bench-redis-"));
  const service = await startService({
    file: join(programs, REDIS.name),
    args: (port) => [
      ...["--bind", "127.0.0.1", "--port", String(port), "--dir", folder],
      // The log is the only copy: no snapshots beside it.
      ...["--appendonly", "yes", "--appendfsync", "always", "--save", ""],
      // As BullMQ asks for: a queue must not forget.
      ...["--maxmemory-policy", "noeviction"],
    ],
    folder,
    user: null,
    stopSignal: "SIGTERM",
  });
  return {
    ...service,
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}
