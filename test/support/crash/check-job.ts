import { z } from "zod";
import type { ApiAnswer } from "../api.ts";
import { type Fault, faultIf } from "./fault.ts";
import type { SeenEvent } from "./follow-events.ts";
import type { Entry } from "./ledger.ts";

/** What is wrong with an accepted job that should be final, as GET answers. */
export function checkJob(entry: Entry, answer: ApiAnswer): Fault[] {
  const name = nameOf(entry);
  const parsed = answer.status === 200 ? finalJob.safeParse(answer.json()) : null;
  if (!parsed?.success) {
    return [{ kind: "lost", what: `${name}: ${answer.status} ${answer.text.slice(0, 300)}` }];
  }
  const job = parsed.data;
  const isCompleted = job.status === "completed";
  const hasPage = (job.data?.markdown ?? "") !== "";
  const mayEndSo = entry.submission.ends.includes(job.status) || isPoison(job);
  return [
    ...faultIf(!mayEndSo, "wrong", `${name} ended as ${job.status}: ${JSON.stringify(job.error)}`),
    ...faultIf(isCompleted && !hasPage, "lost", `${name} is completed without a result`),
    ...faultIf(!isCompleted && job.data !== null, "wrong", `${name} has a result of no page`),
    ...faultIf(isCompleted !== (job.error === null), "wrong", `${name} has the wrong error`),
    ...faultIf(job.tokens_charged !== Number(isCompleted), "wrong", `${name} is charged wrongly`),
    ...checkCancel(entry, job.status),
    ...checkEvents(name, entry.events, job.status),
  ];
}

/** Given up since too many workers died of it: what the driver asks for. */
export function isPoison(job: { readonly error: { readonly code: string } | null }): boolean {
  return job.error?.code === "WORK_CONCURRENCY_LEASE_EXPIRED";
}

export const finalJob = z.strictObject({
  job_id: z.uuid(),
  status: z.enum(["completed", "failed", "cancelled"]),
  created_at: z.iso.datetime(),
  completed_at: z.iso.datetime(),
  data: z.looseObject({ markdown: z.string().nullable() }).nullable(),
  metadata: z.looseObject({ url: z.url() }).nullable(),
  error: z.looseObject({ code: z.string() }).nullable(),
  tokens_charged: z.int(),
});

export function nameOf({ submission, answer }: Entry): string {
  const id = answer.kind === "accepted" ? ` ${answer.jobId}` : "";
  return `${submission.kind}${id} (${submission.path})`;
}

function checkCancel(entry: Entry, status: string): Fault[] {
  const isBroken = entry.cancel === "acknowledged" && status !== "cancelled";
  return faultIf(isBroken, "wrong", `${nameOf(entry)} was cancelled, but is ${status}`);
}

/** Each change once, in order, up to one final state. Its reader may have come late, so the first may have any number. */
function checkEvents(name: string, events: readonly SeenEvent[] | null, status: string): Fault[] {
  if (events === null) return [];
  const seen = events.map((event) => `${event.id} ${event.status}`).join(", ");
  const isRising = events.every(({ id }, index) => id > (events[index - 1]?.id ?? 0));
  const isEnded = events.at(-1)?.status === status;
  return [
    ...faultIf(!isRising, "doubled", `${name} told its events twice: ${seen}`),
    ...faultIf(!isEnded, "lost", `${name} did not tell that it is ${status}: ${seen}`),
  ];
}
