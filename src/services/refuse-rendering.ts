import { RequestError } from "../contract/app-error.ts";
import type { ExtractOrder } from "../contract/extract-request.ts";

/** @throws RequestError UNAVAILABLE for a page that needs a browser */
export function refuseRendering({ page }: ExtractOrder): void {
  if (page.render === "never") return;
  throw new RequestError("UNAVAILABLE", {
    message:
      "This version cannot render pages yet: set render_js to false and leave wait_config out.",
  });
}
