import { tmpdir } from "node:os";
import { createPlaces, type Place } from "../../concurrency/places.ts";
import { PageError } from "../../contract/app-error.ts";
import type { BrowserProxy } from "../../egress/browser-proxy.ts";
import type { Egress } from "../../egress/egress.ts";
import type { Logger } from "../../telemetry/create-logger.ts";
import { sweepBrowserFolders } from "./browser/browser-folder.ts";
import { BrowserKeeper } from "./browser/browser-keeper.ts";
import { chooseSandbox, type SandboxSetting } from "./browser/choose-sandbox.ts";
import { findBrowser } from "./browser/find-browser.ts";
import { startBrowser } from "./browser/start-browser.ts";
import { createRenderPage, type RenderPage } from "./render-page.ts";

/** Pages in a browser that runs while somebody needs it. */
export interface Renderer {
  /** A place in the browser (`QUERN_BROWSER_PAGES`), in the order of asking. @throws whatever `signal` is aborted with */
  readonly waitForPlace: (signal: AbortSignal) => Promise<Place>;
  readonly renderPage: RenderPage;
  /** The program that would be started; null where there is none. */
  findBrowser(): Promise<string | null>;
  /** Ends what servers have left behind that were killed together with everything that watched them. */
  cleanUp(): Promise<void>;
  readonly browsers: number;
  stop(): Promise<void>;
}

export interface RendererDeps {
  readonly egress: Pick<Egress, "startBrowserProxy">;
  readonly logger: Logger;
  readonly userAgent: string;
  readonly maxPageBytes: number;
  /** `QUERN_BROWSER_PATH`. */
  readonly browserPath: string | null;
  readonly maxTabs: number;
  readonly idleMs: number;
  readonly sandbox: SandboxSetting;
  readonly memoryBytes: number;
  readonly connectTimeoutMs: number;
}

/** A browser that has worked for so long or so often has grown. */
const WORN = { maxAgeMs: 3_600_000, maxPages: 500 } as const;
const MIB = 1024 ** 2;
const START_TIMEOUT_MS = 20_000;

/** Nothing is started yet: the first page does that. */
export function openRenderer(deps: RendererDeps): Renderer {
  const { egress, logger, browserPath } = deps;
  const tempDir = tmpdir();
  const lookFor = () => findBrowser(browserPath);
  let proxy: Promise<BrowserProxy> | null = null;
  const openProxy = () => {
    proxy ??= egress.startBrowserProxy(proxyLimits(deps));
    return proxy;
  };
  const keeper = new BrowserKeeper({
    logger,
    limits: {
      idleMs: deps.idleMs,
      ...WORN,
      maxRendererBytes: Math.max(384 * MIB, Math.min(768 * MIB, deps.memoryBytes / 4)),
      maxBytes: Math.max(1024 * MIB, deps.memoryBytes / 2),
    },
    start: async () => {
      const path = await lookFor();
      if (path === null) throw noBrowserError();
      const { isOn, warning } = chooseSandbox(deps.sandbox);
      if (warning !== null) logger.warn({}, warning);
      return startBrowser({
        ...{ path, tempDir, isSandboxed: isOn, startTimeoutMs: START_TIMEOUT_MS },
        userAgent: deps.userAgent,
        proxyServer: (await openProxy()).server,
      });
    },
  });
  const places = createPlaces({ limit: deps.maxTabs, maxWaiting: Number.POSITIVE_INFINITY });
  return {
    async waitForPlace(signal) {
      const place = await places.acquire({ signal, maxWaitMs: Number.POSITIVE_INFINITY });
      if (place === null) throw new PageError("INTERNAL_ERROR");
      return place;
    },
    renderPage: createRenderPage({ ...deps, keeper, proxy: openProxy }),
    findBrowser: lookFor,
    cleanUp: () => sweepBrowserFolders(tempDir),
    get browsers() {
      return keeper.running;
    },
    async stop() {
      await keeper.stop();
      await (await proxy)?.stop();
    },
  };
}

function proxyLimits({ connectTimeoutMs, maxTabs }: RendererDeps) {
  return {
    connectTimeoutMs,
    idleTimeoutMs: 60_000,
    // As many as Chromium opens to one proxy.
    connectionsPerPass: 32,
    maxConnections: maxTabs * 64,
  };
}

function noBrowserError(): PageError {
  return new PageError("INTERNAL_ERROR", {
    message:
      "There is no browser on this machine: install Chromium, or set QUERN_BROWSER_PATH to it.",
    details: { reason: "no_browser" },
  });
}
