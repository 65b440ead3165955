import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Readable, Writable } from "node:stream";
import { sleep } from "../../../concurrency/sleep.ts";
import { type CdpConnection, connectCdp } from "../cdp/cdp-connection.ts";
import type { Browser } from "./browser.ts";
import { browserFlags } from "./browser-flags.ts";
import { type BrowserFolder, makeBrowserFolder } from "./browser-folder.ts";
import { endGroup, endProcess } from "./end-process.ts";
import { listGroup, markProcess, type ProcessMark, residentBytes } from "./process-facts.ts";
import { startWatchdog } from "./start-watchdog.ts";

export interface BrowserOrder {
  readonly path: string;
  readonly proxyServer: string;
  readonly userAgent: string;
  readonly isSandboxed: boolean;
  /** Where its folder is made. */
  readonly tempDir: string;
  /** For a start on a busy machine. */
  readonly startTimeoutMs: number;
}

/** @throws Error that says what Chromium said, where it does not start */
export async function startBrowser(order: BrowserOrder): Promise<Browser> {
  const folder = await makeBrowserFolder(order.tempDir);
  const process = await spawnBrowser(order, folder).catch(async (error: unknown) => {
    await folder.remove();
    throw error;
  });
  const pid = process.pid ?? 0;
  const mark = markProcess(pid);
  const watchdog = startWatchdog({ pid, folder: folder.path });
  const ended = once(process, "exit").then(() => undefined);
  const complaints = collectComplaints(process);
  const cdp = connectPipes(process);

  let ending: Promise<void> | null = null;
  const end = (): Promise<void> => {
    ending ??= endBrowser({ mark, ended, folder, watchdog });
    return ending;
  };
  const started = new AbortController();
  try {
    await folder.note(mark);
    await Promise.race([
      introduce(cdp),
      ended.then(() => fail("Chromium ended as it started", complaints())),
      sleep(order.startTimeoutMs, started.signal).then(() =>
        fail(`Chromium did not start within ${order.startTimeoutMs} ms`, complaints()),
      ),
    ]);
  } catch (error) {
    await end();
    throw error;
  } finally {
    started.abort();
  }
  let rendererEndedAt = Number.NEGATIVE_INFINITY;
  return {
    cdp,
    pid,
    startedAt: performance.now(),
    ended,
    get hasEnded() {
      return process.exitCode !== null || process.signalCode !== null;
    },
    readRenderers: () => readRenderers(cdp),
    endRenderer(rendererPid) {
      rendererEndedAt = performance.now();
      endProcess(rendererPid);
    },
    get rendererEndedAt() {
      return rendererEndedAt;
    },
    end,
  };
}

async function spawnBrowser(order: BrowserOrder, folder: BrowserFolder): Promise<ChildProcess> {
  const child = spawn(order.path, browserFlags({ ...order, profileDir: folder.profileDir }), {
    // Its own group, so that all its processes can be ended together.
    detached: true,
    stdio: ["ignore", "ignore", "pipe", "pipe", "pipe"],
    cwd: folder.path,
    env: { ...ENVIRONMENT, HOME: folder.path, TMPDIR: folder.path },
  });
  await once(child, "spawn");
  return child;
}

/** Proxies and keys in our own are not for it. */
const ENVIRONMENT = {
  PATH: "/usr/local/bin:/usr/bin:/bin",
  LANG: "C.UTF-8",
  TZ: "UTC",
  // It speaks to nobody.
  DBUS_SESSION_BUS_ADDRESS: "disabled:",
} as const;

function connectPipes({ stdio }: ChildProcess): CdpConnection {
  const [, , , commands, answers] = stdio;
  if (!(commands instanceof Writable && answers instanceof Readable)) {
    throw new Error("Chromium was started without its pipes.");
  }
  return connectCdp({ commands, answers });
}

async function introduce({ root }: CdpConnection): Promise<void> {
  await root.send("Browser.getVersion", {});
  await root.send("Target.setDiscoverTargets", { discover: true, filter: [{}] });
}

function fail(what: string, complaints: string): never {
  throw new Error(complaints === "" ? `${what}.` : `${what}: ${complaints}`);
}

/** The last that it said, for the log. */
const COMPLAINTS_LENGTH = 2000;

function collectComplaints({ stderr }: ChildProcess): () => string {
  let text = "";
  stderr?.setEncoding("utf8").on("data", (more: string) => {
    text = (text + more).slice(-COMPLAINTS_LENGTH);
  });
  return () => text.trim();
}

async function readRenderers({ root }: CdpConnection): Promise<ReadonlyMap<number, number>> {
  const { processInfo } = await root.send("SystemInfo.getProcessInfo", {});
  const renderers = processInfo.filter(({ type }) => type === "renderer");
  return new Map(renderers.map(({ id }) => [id, residentBytes(id)]));
}

interface Ending {
  readonly mark: ProcessMark;
  readonly ended: Promise<void>;
  readonly folder: BrowserFolder;
  readonly watchdog: ChildProcess;
}

/** Its children die with it, but not in the same moment. */
const GONE_WITHIN_MS = 2000;

async function endBrowser({ mark, ended, folder, watchdog }: Ending): Promise<void> {
  if (listGroup(mark).length > 0) endGroup(mark.pid);
  await ended;
  const tooLate = AbortSignal.timeout(GONE_WITHIN_MS);
  while (listGroup(mark).length > 0 && !tooLate.aborted) {
    await sleep(10, new AbortController().signal);
  }
  await folder.remove();
  watchdog.kill("SIGKILL");
}
