import type { ServerResponse } from "node:http";

/** Answers that are still owed. */
export interface WorkUnderWay {
  readonly add: (response: ServerResponse) => void;
  /** Resolves when every answer that was owed is sent, or its client is gone. */
  readonly whenDone: () => Promise<void>;
}

export function createWorkUnderWay(): WorkUnderWay {
  const open = new Set<ServerResponse>();
  return {
    add: (response) => {
      open.add(response);
      response.once("close", () => open.delete(response));
    },
    whenDone: async () => {
      const ends = [...open].map(
        (response) => new Promise<void>((resolve) => response.once("close", resolve)),
      );
      await Promise.all(ends);
    },
  };
}
