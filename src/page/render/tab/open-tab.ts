import { PageError } from "../../../contract/app-error.ts";
import type { Browser } from "../browser/browser.ts";
import { BrowserGone, type CdpConnection, type CdpSession } from "../cdp/cdp-connection.ts";
import { BLOCKED_URLS } from "./blocked-urls.ts";
import { keepNetworkLog } from "./network-log.ts";
import { quietPage } from "./quiet-script.ts";
import type { Tab } from "./tab.ts";

const VIEW = { width: 1280, height: 1024 } as const;

/** @throws BrowserGone, CdpError */
export async function openTab(browser: Browser, proxyServer: string): Promise<Tab> {
  const { cdp } = browser;
  const { browserContextId } = await cdp.root.send("Target.createBrowserContext", {
    disposeOnDetach: true,
    proxyServer,
    proxyBypassList: "<-loopback>",
  });
  try {
    return await openIn(browser, browserContextId);
  } catch (error) {
    await dispose(cdp, browserContextId);
    throw error;
  }
}

async function openIn(browser: Browser, browserContextId: string): Promise<Tab> {
  const { cdp, ended } = browser;
  const { root } = cdp;
  const target = { url: "about:blank", browserContextId, ...VIEW };
  const { targetId } = await root.send("Target.createTarget", target);
  const { sessionId } = await root.send("Target.attachToTarget", { targetId, flatten: true });
  const session = cdp.openSession(sessionId);
  const network = keepNetworkLog(session, targetId);
  const failure = Promise.withResolvers<never>();
  // Whoever waits for the page hears of it; nobody may wait just then.
  failure.promise.catch(() => undefined);
  const stopListening = [
    root.on("Target.targetCrashed", (crash) => {
      if (crash.targetId === targetId) failure.reject(crashError(crash.status, browser));
    }),
    root.on("Target.targetCreated", ({ targetInfo }) => {
      const isPopup = targetInfo.type === "page" && targetInfo.targetId !== targetId;
      if (isPopup && targetInfo.browserContextId === browserContextId) {
        root.send("Target.closeTarget", targetInfo).catch(() => undefined);
      }
    }),
  ];
  void ended.then(() => failure.reject(new BrowserGone("The browser ended under the page.")));
  await setUp(session, cdp, browserContextId);
  return {
    session,
    id: targetId,
    network,
    failed: failure.promise,
    async close() {
      for (const stop of stopListening) stop();
      cdp.closeSession(sessionId);
      await dispose(cdp, browserContextId);
    },
  };
}

/** Its pages are ended without being asked, scripts that run or not. */
async function dispose({ root }: CdpConnection, browserContextId: string): Promise<void> {
  try {
    await root.send("Target.disposeBrowserContext", { browserContextId });
  } catch (error) {
    // With the browser its contexts are gone too.
    if (!(error instanceof BrowserGone)) throw error;
  }
}

/** Chromium tells that a renderer was ended, not by whom. */
const JUST_NOW_MS = 3000;

function crashError(status: string, { rendererEndedAt }: Browser): PageError {
  const wasEnded = status === "killed" && performance.now() - rendererEndedAt < JUST_NOW_MS;
  if (wasEnded || status === "oom") {
    return new PageError("UNPROCESSABLE_CONTENT", {
      message: "The page takes more memory than a page may.",
      details: { reason: "too_complex" },
    });
  }
  return new PageError("INTERNAL_ERROR", {
    message: "The page's process in the browser ended.",
    details: { reason: "renderer_ended" },
    cause: new Error(status),
  });
}

async function setUp(
  session: CdpSession,
  { root }: CdpConnection,
  browserContextId: string,
): Promise<void> {
  session.on("Page.javascriptDialogOpening", () => {
    // A page that has gone on has no dialog any more.
    session.send("Page.handleJavaScriptDialog", { accept: false }).catch(() => undefined);
  });
  await Promise.all([
    root.send("Browser.setDownloadBehavior", { behavior: "deny", browserContextId }),
    session.send("Page.enable", {}),
    session.send("Page.setLifecycleEventsEnabled", { enabled: true }),
    // Bodies are not asked for.
    session.send("Network.enable", { maxTotalBufferSize: 0, maxResourceBufferSize: 0 }),
    session.send("Network.setBlockedURLs", { urls: BLOCKED_URLS }),
    session.send("Network.setBypassServiceWorker", { bypass: true }),
    session.send("Emulation.setFocusEmulationEnabled", { enabled: true }),
    session.send("Page.addScriptToEvaluateOnNewDocument", { source: `(${quietPage})()` }),
  ]);
}
