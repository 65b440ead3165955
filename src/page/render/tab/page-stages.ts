import type { Tab } from "./tab.ts";

/** How far the document in the tab has come. */
export interface PageStages {
  has(stage: Stage): boolean;
  /** Resolves when it has. */
  reach(stage: Stage): Promise<void>;
}

/** As Chromium names them. */
export type Stage = "commit" | "DOMContentLoaded" | "load" | "networkIdle";

export function watchStages({ session, id }: Pick<Tab, "session" | "id">): PageStages {
  const reached = new Set<string>();
  const waiting = new Map<Stage, () => void>();
  session.on("Page.lifecycleEvent", ({ frameId, name }) => {
    if (frameId !== id) return;
    // Another document begins.
    if (name === "init") reached.clear();
    reached.add(name);
    for (const [stage, wake] of waiting) if (reached.has(stage)) wake();
  });
  return {
    has: (stage) => reached.has(stage),
    reach: (stage) =>
      new Promise((resolve) => {
        if (reached.has(stage)) resolve();
        else waiting.set(stage, resolve);
      }),
  };
}
