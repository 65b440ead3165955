import type { ServerResponse } from "node:http";

/** A signal that is aborted when the caller is gone before its answer. */
export function abortOnHangUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  response.once("close", () => {
    if (!response.writableFinished) controller.abort(new Error("The caller hung up"));
  });
  return controller.signal;
}
