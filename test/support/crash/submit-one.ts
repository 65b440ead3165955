import { setTimeout as sleep } from "node:timers/promises";
import { z } from "zod";
import type { ApiAnswer, ApiRequest } from "../api.ts";
import { type AskThroughCrashes, createAsk } from "./ask-through-crashes.ts";
import { followEvents } from "./follow-events.ts";
import type { Answer, Cancel, Entry } from "./ledger.ts";
import type { Submission } from "./plan-submissions.ts";

export interface SubmitDeps {
  readonly url: string;
  readonly key: string;
  readonly siteUrl: string;
  readonly signal: AbortSignal;
  readonly onAnswer: () => void;
}

/** Makes one request as a client would, and everything that comes after it. */
export async function submitOne(submission: Submission, deps: SubmitDeps): Promise<Entry> {
  const ask = createAsk(deps, deps.signal);
  const answer = await submit(submission, ask, deps.siteUrl);
  deps.onAnswer();
  if (answer.kind !== "accepted") return { submission, answer, cancel: "not asked", events: null };
  const [cancel, events] = await Promise.all([
    cancelLater(submission, answer.jobId, { ask, signal: deps.signal }),
    submission.isFollowed ? followEvents({ ...deps, jobId: answer.jobId }) : null,
  ]);
  return { submission, answer, cancel, events };
}

/** The request for a submission: the same each time. */
export function toRequest(submission: Submission, siteUrl: string): ApiRequest {
  const { idempotencyKey, mode, path } = submission;
  return {
    method: "POST",
    path: "/v1/extract",
    headers: {
      "content-type": "application/json",
      ...(idempotencyKey === null ? {} : { "idempotency-key": idempotencyKey }),
    },
    body: JSON.stringify({ url: siteUrl + path, formats: ["markdown"], processing_mode: mode }),
  };
}

async function submit(
  submission: Submission,
  ask: AskThroughCrashes,
  siteUrl: string,
): Promise<Answer> {
  for (;;) {
    const answer = await ask(toRequest(submission, siteUrl));
    if (answer !== null) return readAnswer(submission, answer);
    if (submission.idempotencyKey === null) return { kind: "unknown" };
  }
}

function readAnswer({ mode }: Submission, answer: ApiAnswer): Answer {
  const { status, text } = answer;
  if (mode === "sync" && (status === 200 || status === 422)) {
    return { kind: "extracted", httpStatus: status };
  }
  if (mode === "async" && status === 202) {
    return { kind: "accepted", jobId: accepted.parse(answer.json()).job_id };
  }
  return { kind: "odd", text: `${status} ${text.slice(0, 300)}` };
}

const accepted = z.looseObject({ job_id: z.uuid() });

async function cancelLater(
  { cancelAfterMs }: Submission,
  jobId: string,
  { ask, signal }: { readonly ask: AskThroughCrashes; readonly signal: AbortSignal },
): Promise<Cancel> {
  if (cancelAfterMs === null) return "not asked";
  await sleep(cancelAfterMs, undefined, { signal });
  const answer = await ask({ method: "DELETE", path: `/v1/extract/${jobId}` });
  if (answer === null) return "unknown";
  return answer.status === 202 ? "acknowledged" : "refused";
}
