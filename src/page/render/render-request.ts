import type { PageRequest } from "../../contract/page.ts";

export type RenderRequest = Pick<PageRequest, "url" | "headers" | "proxy" | "wait">;

/** Where the page is, for the failure that the end of its time is. */
export interface Progress {
  step: "start" | "navigation" | "wait" | "selector" | "capture";
}
