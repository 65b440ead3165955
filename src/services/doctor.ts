import { getServers } from "node:dns";
import type { StatsFs } from "node:fs";
import { statfs } from "node:fs/promises";
import { createServer } from "node:net";
import { dirname, resolve } from "node:path";
import { RequestError } from "../contract/app-error.ts";
import type { DoctorFinding } from "../contract/doctor-finding.ts";
import { StartError } from "../contract/start-error.ts";
import type { Store } from "../store/store.ts";

interface DoctorDeps {
  readonly dataDir: string;
  readonly openStore: () => Promise<Store>;
  /** `QUERN_BROWSER_PATH`. */
  readonly browserPath: string | null;
  /** The browser's program; null where there is none. */
  readonly findBrowser: () => Promise<string | null>;
}

/** Looks at everything that a server needs, without sending anything to anybody. */
export async function examine({
  dataDir,
  openStore,
  ...browser
}: DoctorDeps): Promise<DoctorFinding[]> {
  return [
    await examineDatabase(openStore),
    await examineBrowser(browser),
    await examineEgress(),
    await examineDisk(resolve(dataDir)),
  ];
}

async function examineDatabase(openStore: DoctorDeps["openStore"]): Promise<DoctorFinding> {
  try {
    const store = await openStore();
    try {
      await store.ping();
      return judgeDatabase(await store.check());
    } finally {
      await store.stop();
    }
  } catch (error) {
    return {
      subject: "database",
      status: "failed",
      message: explain(error),
      hint: "Set QUERN_DATA_DIR to a folder that this user may write, or put a backup in its place.",
    };
  }
}

function judgeDatabase(faults: readonly string[]): DoctorFinding {
  if (faults.length === 0) {
    return { subject: "database", status: "ok", message: "can be read and written, no damage" };
  }
  return {
    subject: "database",
    status: "failed",
    message: `damaged: ${faults.join("; ")}`,
    hint: "Stop the server and put a backup in its place (quern backup makes them).",
  };
}

/** Pages without scripts are read without one, so that its absence is no failure unless one is configured. */
async function examineBrowser({
  browserPath,
  findBrowser,
}: Pick<DoctorDeps, "browserPath" | "findBrowser">): Promise<DoctorFinding> {
  const path = await findBrowser();
  if (path !== null) return { subject: "browser", status: "ok", message: path };
  if (browserPath !== null) {
    return {
      subject: "browser",
      status: "failed",
      message: `${browserPath} is no program`,
      hint: "Set QUERN_BROWSER_PATH to Chromium or its headless shell, or leave it out.",
    };
  }
  return {
    subject: "browser",
    status: "skipped",
    message: "none: render_js and wait_config are answered with 503",
    hint: "Install the package chromium-headless-shell or chromium, or set QUERN_BROWSER_PATH.",
  };
}

async function examineEgress(): Promise<DoctorFinding> {
  const servers = getServers();
  if (servers.length === 0) {
    return {
      subject: "egress",
      status: "failed",
      message: "no name server is configured",
      hint: "Name one in /etc/resolv.conf: without it no host name leads anywhere.",
    };
  }
  try {
    await listenOnce();
    return { subject: "egress", status: "ok", message: `names are asked of ${servers.join(", ")}` };
  } catch (error) {
    return {
      subject: "egress",
      status: "failed",
      message: `no socket can be opened on 127.0.0.1: ${explain(error)}`,
      hint: "Look for limits of this user, container or firewall.",
    };
  }
}

function listenOnce(): Promise<void> {
  const server = createServer();
  return new Promise((done, fail) => {
    server.once("error", fail);
    server.listen(0, "127.0.0.1", () => server.close(() => done()));
  });
}

async function examineDisk(dataDir: string): Promise<DoctorFinding> {
  const { bavail, bsize } = await statfsOfNearest(dataDir);
  const freeMiB = Math.floor((bavail * bsize) / 1024 ** 2);
  const message = `${freeMiB} MiB free for ${dataDir}`;
  if (freeMiB >= LEAST_FREE_MIB) return { subject: "disk", status: "ok", message };
  return {
    subject: "disk",
    status: "failed",
    message,
    hint: `Make room for at least ${LEAST_FREE_MIB} MiB, or set QUERN_DATA_DIR to another disk.`,
  };
}

/** A day of results of a busy server; below that it is full before anybody looks. */
const LEAST_FREE_MIB = 512;

/** The folder itself may still have to be made. */
async function statfsOfNearest(path: string): Promise<StatsFs> {
  try {
    return await statfs(path);
  } catch (error) {
    if (path === dirname(path)) throw error;
    return statfsOfNearest(dirname(path));
  }
}

function explain(error: unknown): string {
  if (error instanceof StartError) return error.message;
  if (error instanceof RequestError && error.cause instanceof Error) return error.cause.message;
  return error instanceof Error ? error.message : String(error);
}
