import type { Logger } from "../../../telemetry/create-logger.ts";
import type { Browser } from "./browser.ts";

/** The one browser that runs, while somebody needs it. */
export interface BrowserKeeper {
  /** A browser for one page, started where none runs. Whoever takes it gives it back. @throws what its start fails with */
  take(): Promise<BrowserLease>;
  /** Browsers that run: the one for new pages, and those whose last pages have not ended. */
  readonly running: number;
  /** Ends them all; no new one is started. */
  stop(): Promise<void>;
}

export interface BrowserLease {
  readonly browser: Browser;
  release(): void;
}

export interface KeeperLimits {
  /** Without a page for so long it is ended. */
  readonly idleMs: number;
  readonly maxAgeMs: number;
  readonly maxPages: number;
  /** Of one renderer: over it the page is ended. */
  readonly maxRendererBytes: number;
  /** Of the browser with all its renderers: over it the next page gets a new one. */
  readonly maxBytes: number;
}

interface KeeperDeps {
  readonly start: () => Promise<Browser>;
  readonly limits: KeeperLimits;
  readonly logger: Logger;
}

/** A browser with what is known of it. */
interface Kept {
  readonly browser: Browser;
  pages: number;
  served: number;
  isWorn: boolean;
}

/** How often memory is looked at while there are pages. */
const LOOK_MS = 1000;

export function createBrowserKeeper({ start, limits, logger }: KeeperDeps): BrowserKeeper {
  const all = new Set<Kept>();
  let current: Promise<Kept> | null = null;
  let isStopped = false;
  let idle: NodeJS.Timeout | undefined;
  let looking: NodeJS.Timeout | undefined;

  async function take(): Promise<BrowserLease> {
    if (isStopped) throw new Error("Quern is stopping.");
    clearTimeout(idle);
    current ??= begin();
    const mine = current;
    const kept = await mine;
    if (kept.browser.hasEnded || isWorn(kept)) {
      if (current === mine) current = null;
      endWhenFree(kept);
      return take();
    }
    kept.pages += 1;
    kept.served += 1;
    looking ??= setInterval(() => void look(), LOOK_MS).unref();
    let isHeld = true;
    return {
      browser: kept.browser,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        kept.pages -= 1;
        giveBack(kept);
      },
    };
  }

  async function begin(): Promise<Kept> {
    try {
      const browser = await start();
      const kept: Kept = { browser, pages: 0, served: 0, isWorn: false };
      all.add(kept);
      logger.info({ pid: browser.pid }, "browser started");
      void browser.ended.then(() => forget(kept));
      if (isStopped) await browser.end();
      return kept;
    } catch (error) {
      current = null;
      throw error;
    }
  }

  /** It died, or was ended: what it left is removed. */
  async function forget(kept: Kept): Promise<void> {
    all.delete(kept);
    if ((await current?.catch(() => null)) === kept) current = null;
    await kept.browser.end();
    logger.info({ pid: kept.browser.pid, pages: kept.served }, "browser ended");
  }

  function isWorn({ browser, served, isWorn }: Kept): boolean {
    const age = performance.now() - browser.startedAt;
    return isWorn || served >= limits.maxPages || age > limits.maxAgeMs;
  }

  function giveBack(kept: Kept): void {
    if (isWorn(kept)) endWhenFree(kept);
    if ([...all].some(({ pages }) => pages > 0)) return;
    clearInterval(looking);
    looking = undefined;
    clearTimeout(idle);
    idle = setTimeout(() => void endAll(), limits.idleMs).unref();
  }

  function endWhenFree(kept: Kept): void {
    kept.isWorn = true;
    if (kept.pages === 0) void kept.browser.end();
  }

  async function look(): Promise<void> {
    for (const kept of all) {
      try {
        await judgeMemory(kept);
      } catch (error) {
        // It ended while it was asked.
        logger.debug({ err: error }, "browser memory");
      }
    }
  }

  async function judgeMemory(kept: Kept): Promise<void> {
    const renderers = await kept.browser.readRenderers();
    let total = 0;
    for (const [pid, bytes] of renderers) {
      total += bytes;
      if (bytes <= limits.maxRendererBytes) continue;
      logger.warn({ pid, bytes }, "a page took too much memory");
      kept.browser.endRenderer(pid);
    }
    if (total > limits.maxBytes) kept.isWorn = true;
  }

  async function endAll(): Promise<void> {
    current = null;
    await Promise.all([...all].map(({ browser }) => browser.end()));
  }

  return {
    take,
    get running() {
      return all.size;
    },
    async stop() {
      isStopped = true;
      clearTimeout(idle);
      clearInterval(looking);
      await current?.catch(() => null);
      await endAll();
    },
  };
}
