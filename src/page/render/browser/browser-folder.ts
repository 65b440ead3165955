import { lstat, mkdir, mkdtemp, readdir, readFile, rm, stat, writeFile } from "node:fs/promises";
import { join } from "node:path";
import { PREFERENCES } from "./browser-flags.ts";
import { endGroup } from "./end-process.ts";
import {
  isRunning,
  listGroup,
  markProcess,
  type ProcessMark,
  processNamespace,
} from "./process-facts.ts";

/** A browser's own folder: its profile, and whose it is. */
export interface BrowserFolder {
  readonly path: string;
  readonly profileDir: string;
  /** Says which browser lives here, so that it is found when nobody is left to end it. */
  note(browser: ProcessMark): Promise<void>;
  remove(): Promise<void>;
}

interface Owner {
  readonly namespace: string;
  readonly server: ProcessMark;
  readonly browser: ProcessMark | null;
}

const PREFIX = "quern-browser-";
const OWNER_FILE = "owner.json";

export async function makeBrowserFolder(parent: string): Promise<BrowserFolder> {
  const path = await mkdtemp(join(parent, PREFIX));
  const profileDir = join(path, "profile");
  const owner: Owner = {
    namespace: processNamespace(),
    server: markProcess(process.pid),
    browser: null,
  };
  await writeOwner(path, owner);
  await mkdir(join(profileDir, "Default"), { recursive: true });
  await writeFile(join(profileDir, "Default", "Preferences"), JSON.stringify(PREFERENCES));
  return {
    path,
    profileDir,
    note: (browser) => writeOwner(path, { ...owner, browser }),
    remove: () => removeFolder(path),
  };
}

/** Ends browsers and removes folders of servers that are no more. Those of servers that run are left alone. */
export async function sweepBrowserFolders(parent: string): Promise<void> {
  const names = await readdir(parent);
  for (const name of names.filter((each) => each.startsWith(PREFIX))) {
    const path = join(parent, name);
    if (!(await isAbandoned(path))) continue;
    await removeFolder(path);
  }
}

async function isAbandoned(path: string): Promise<boolean> {
  if (!(await isOurs(path))) return false;
  const owner = await readOwner(path);
  // Somebody makes it just now, or somebody whose processes can't be seen from here owns it.
  if (owner === null || owner.namespace !== processNamespace()) return isOld(path);
  if (isRunning(owner.server)) return false;
  if (owner.browser !== null && listGroup(owner.browser).length > 0) endGroup(owner.browser.pid);
  return true;
}

/** No browser lives as long: it is replaced after an hour. */
const OLD_MS = 24 * 3_600_000;

/** Anybody may make a folder of this name, and name processes in it. */
async function isOurs(path: string): Promise<boolean> {
  const folder = await lstat(path).catch(() => null);
  return folder?.isDirectory() === true && folder.uid === process.getuid?.();
}

async function isOld(path: string): Promise<boolean> {
  try {
    return Date.now() - (await stat(path)).mtimeMs > OLD_MS;
  } catch {
    // Another server has removed it.
    return false;
  }
}

function writeOwner(path: string, owner: Owner): Promise<void> {
  return writeFile(join(path, OWNER_FILE), JSON.stringify(owner));
}

async function readOwner(path: string): Promise<Owner | null> {
  try {
    return toOwner(JSON.parse(await readFile(join(path, OWNER_FILE), "utf8")));
  } catch {
    // Not there yet, half written, or gone.
    return null;
  }
}

function toOwner(value: unknown): Owner | null {
  if (typeof value !== "object" || value === null) return null;
  const { namespace, server, browser }: Partial<Record<keyof Owner, unknown>> = value;
  const [serverMark, browserMark] = [toMark(server), toMark(browser)];
  if (typeof namespace !== "string" || serverMark === null) return null;
  return { namespace, server: serverMark, browser: browserMark };
}

function toMark(value: unknown): ProcessMark | null {
  if (typeof value !== "object" || value === null) return null;
  const { pid, startedAt }: Partial<Record<keyof ProcessMark, unknown>> = value;
  if (!Number.isInteger(pid) || typeof pid !== "number" || pid <= 1) return null;
  return typeof startedAt === "string" ? { pid, startedAt } : null;
}

/** A browser that is just ending may still write. */
function removeFolder(path: string): Promise<void> {
  return rm(path, { recursive: true, force: true, maxRetries: 10, retryDelay: 50 });
}
