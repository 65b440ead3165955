import { RequestError } from "../contract/app-error.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";

/** @throws RequestError UNAVAILABLE for a page that needs a browser where there is none */
export type RefuseRendering = (order: ExtractOrder) => Promise<void>;

interface RenderingDeps {
  /** The browser's program; null where there is none. */
  readonly findBrowser: () => Promise<string | null>;
}

/** Pages that may need one are not refused: most don't. */
export function createRefuseRendering({ findBrowser }: RenderingDeps): RefuseRendering {
  return async ({ page }) => {
    if (page.render !== "always" || (await findBrowser()) !== null) return;
    throw new RequestError("UNAVAILABLE", {
      message:
        "This server has no browser to render pages: its operator can install Chromium or set QUERN_BROWSER_PATH. Without render_js and wait_config the page is read plainly.",
      details: { setting: "QUERN_BROWSER_PATH" },
    });
  };
}
