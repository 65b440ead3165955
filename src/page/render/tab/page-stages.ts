import type { Tab } from "./tab.ts";

/** How far the document in the tab has come. */
export interface PageStages {
  /** Resolves when it has come so far. */
  reach(stage: Stage): Promise<void>;
}

/** As Chromium names them. */
export type Stage = "DOMContentLoaded" | "load" | "networkIdle";

export function watchStages({ session, id }: Pick<Tab, "session" | "id">): PageStages {
  const reached = new Set<string>();
  const waiting = new Set<() => void>();
  session.on("Page.lifecycleEvent", ({ frameId, name }) => {
    if (frameId !== id) return;
    // Another document begins.
    if (name === "init") reached.clear();
    reached.add(name);
    for (const look of waiting) look();
  });
  return {
    reach: (stage) =>
      new Promise((resolve) => {
        const look = () => {
          if (reached.has(stage)) resolve();
        };
        waiting.add(look);
        look();
      }),
  };
}
