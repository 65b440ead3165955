import type { SeenEvent } from "./follow-events.ts";
import type { Submission } from "./plan-submissions.ts";

/** What the driver knows of one submission: the answers that reached it, and no more. */
export interface Entry {
  readonly submission: Submission;
  readonly answer: Answer;
  readonly cancel: Cancel;
  /** Null: nobody read them. */
  readonly events: readonly SeenEvent[] | null;
}

export type Answer =
  /** 202: from now on it may not be lost. */
  | { readonly kind: "accepted"; readonly jobId: string }
  /** A synchronous extraction, which is over. */
  | { readonly kind: "extracted"; readonly httpStatus: number }
  /** The server died first: it may have been taken, once, or not at all. */
  | { readonly kind: "unknown" }
  /** An answer that there should not be. */
  | { readonly kind: "odd"; readonly text: string };

/** `refused`: the job was final already. */
export type Cancel = "not asked" | "acknowledged" | "refused" | "unknown";
