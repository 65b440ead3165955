import type { Job } from "../../../contract/job.ts";

/** A strong tag: of one state of a job there is one answer. */
export function toEtag({ id, version }: Pick<Job, "id" | "version">): string {
  return `"${id}-${version}"`;
}
