import { execFile, execFileSync } from "node:child_process";
import { chown, mkdtemp, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { promisify } from "node:util";
import type { ServiceProgram } from "./find-service.ts";
import { type Service, type ServiceOrder, startService } from "./start-service.ts";

export const POSTGRES: ServiceProgram = {
  name: "postgres",
  debianPackage: "postgresql",
  // Debian keeps every version's programs in a folder of its own.
  elsewhere: ["/usr/lib/postgresql/*/bin"],
};

/** A PostgreSQL that answers a commit after it is on disk. */
export async function startPostgres(programs: string): Promise<Service> {
  const folder = await mkdtemp(join(tmpdir(), "quern-bench-postgres-"));
  const user = findUser();
  if (user !== null) await chown(folder, user.uid, user.gid);
  const initialize = ["--pgdata", folder, "--username", "postgres", "--auth", "trust"];
  await promisify(execFile)(join(programs, "initdb"), initialize, { cwd: folder, ...user });
  const service = await startService({
    file: join(programs, POSTGRES.name),
    args: (port) => [...["-D", folder, "-p", String(port)], ...SETTINGS.flatMap(toFlag)],
    folder,
    user,
    // "Fast": ends connections instead of waiting for them.
    stopSignal: "SIGINT",
  });
  return {
    ...service,
    [Symbol.asyncDispose]: async () => {
      await service[Symbol.asyncDispose]();
      await rm(folder, { recursive: true, force: true });
    },
  };
}

const SETTINGS = [
  "listen_addresses=127.0.0.1",
  "unix_socket_directories=",
  "fsync=on",
  "synchronous_commit=on",
  // A quarter of a small machine's memory, as its manual advises; the default is made for tiny ones.
  "shared_buffers=512MB",
];

const toFlag = (setting: string) => ["-c", setting];

/** PostgreSQL refuses to run as root. */
function findUser(): ServiceOrder["user"] {
  if (process.getuid?.() !== 0) return null;
  const idOf = (flag: string) =>
    Number(execFileSync("id", [flag, "postgres"], { encoding: "utf8" }));
  return { uid: idOf("-u"), gid: idOf("-g") };
}
