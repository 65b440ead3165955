import type { Deadline } from "../../concurrency/deadline.ts";
import { PageError } from "../../contract/app-error.ts";

const MESSAGES = {
  headers: "The page's time was over before the site answered.",
  body: "The page's time was over while the site sent it.",
  total: "The page's time was over.",
} as const;

/** Names what was waited for when the time was over; an abort from outside goes on as it came. */
export async function withinTime<T>(
  deadline: Deadline,
  reason: keyof typeof MESSAGES,
  work: Promise<T>,
): Promise<T> {
  try {
    return await work;
  } catch (error) {
    if (deadline.isOver) throw timeoutError(reason, error);
    if (deadline.signal.aborted) throw deadline.signal.reason;
    throw error;
  }
}

function timeoutError(reason: keyof typeof MESSAGES, cause: unknown): PageError {
  if (cause instanceof PageError && cause.code === "TIMEOUT") return cause;
  return new PageError("TIMEOUT", { message: MESSAGES[reason], details: { reason }, cause });
}
