import type { ServerResponse } from "node:http";

/** A signal that is aborted when the caller is gone before its answer, and when `stopping` is. */
export function abortOnHangUp(response: ServerResponse, stopping?: AbortSignal): AbortSignal {
  const controller = new AbortController();
  const stop = (): void => controller.abort(stopping?.reason);
  if (stopping?.aborted) stop();
  stopping?.addEventListener("abort", stop);
  response.once("close", () => {
    stopping?.removeEventListener("abort", stop);
    if (!response.writableFinished) controller.abort(new Error("The caller hung up"));
  });
  return controller.signal;
}
