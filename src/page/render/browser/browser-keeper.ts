import type { Logger } from "../../../telemetry/create-logger.ts";
import type { Browser } from "./browser.ts";

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

/** The one browser that runs, while somebody needs it. */
export class BrowserKeeper {
  readonly #deps: KeeperDeps;
  /** Those whose last pages have not ended too. */
  readonly #all = new Set<Kept>();
  /** For new pages. */
  #current: Promise<Kept> | null = null;
  #isStopped = false;
  #idle: NodeJS.Timeout | undefined;
  #looking: NodeJS.Timeout | undefined;

  constructor(deps: KeeperDeps) {
    this.#deps = deps;
  }

  get running(): number {
    return this.#all.size;
  }

  /** A browser for one page, started where none runs. Whoever takes it gives it back. @throws what its start fails with */
  async take(): Promise<BrowserLease> {
    if (this.#isStopped) throw new Error("Quern is stopping.");
    this.#current ??= this.#begin();
    const mine = this.#current;
    const kept = await mine;
    if (!kept.browser.hasEnded && !this.#isWorn(kept)) return this.#lend(kept);
    if (this.#current === mine) this.#current = null;
    endWhenFree(kept);
    return this.take();
  }

  /** Ends them all; no new one is started. */
  async stop(): Promise<void> {
    this.#isStopped = true;
    clearTimeout(this.#idle);
    clearInterval(this.#looking);
    await this.#current?.catch(() => null);
    await this.#endAll();
  }

  async #begin(): Promise<Kept> {
    const { start, logger } = this.#deps;
    try {
      const browser = await start();
      const kept: Kept = { browser, pages: 0, served: 0, isWorn: false };
      this.#all.add(kept);
      logger.info({ pid: browser.pid }, "browser started");
      void browser.ended.then(() => this.#forget(kept));
      if (this.#isStopped) await browser.end();
      return kept;
    } catch (error) {
      this.#current = null;
      throw error;
    }
  }

  #lend(kept: Kept): BrowserLease {
    clearTimeout(this.#idle);
    this.#looking ??= setInterval(() => void this.#look(), LOOK_MS).unref();
    kept.pages += 1;
    kept.served += 1;
    let isHeld = true;
    return {
      browser: kept.browser,
      release: () => {
        if (!isHeld) return;
        isHeld = false;
        this.#giveBack(kept);
      },
    };
  }

  #giveBack(kept: Kept): void {
    kept.pages -= 1;
    if (this.#isWorn(kept)) endWhenFree(kept);
    if ([...this.#all].some(({ pages }) => pages > 0)) return;
    clearInterval(this.#looking);
    this.#looking = undefined;
    clearTimeout(this.#idle);
    this.#idle = setTimeout(() => void this.#endAll(), this.#deps.limits.idleMs).unref();
  }

  #isWorn({ browser, served, isWorn }: Kept): boolean {
    const { maxPages, maxAgeMs } = this.#deps.limits;
    return isWorn || served >= maxPages || performance.now() - browser.startedAt > maxAgeMs;
  }

  /** It died, or was ended: what it left is removed. */
  async #forget(kept: Kept): Promise<void> {
    this.#all.delete(kept);
    if ((await this.#current?.catch(() => null)) === kept) this.#current = null;
    await kept.browser.end();
    this.#deps.logger.info({ pid: kept.browser.pid, pages: kept.served }, "browser ended");
  }

  async #look(): Promise<void> {
    for (const kept of this.#all) {
      try {
        await this.#judgeMemory(kept);
      } catch (error) {
        // It ended while it was asked.
        this.#deps.logger.debug({ err: error }, "browser memory");
      }
    }
  }

  async #judgeMemory(kept: Kept): Promise<void> {
    const { limits, logger } = this.#deps;
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

  async #endAll(): Promise<void> {
    this.#current = null;
    await Promise.all([...this.#all].map(({ browser }) => browser.end()));
  }
}

function endWhenFree(kept: Kept): void {
  kept.isWorn = true;
  if (kept.pages === 0) void kept.browser.end();
}
