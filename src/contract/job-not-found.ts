import { RequestError } from "./app-error.ts";

/** One answer for an id that there is not, for one that is none, and for one of another account. */
export function jobNotFound(jobId: string): RequestError {
  return new RequestError("NOT_FOUND", { message: `There is no job ${jobId}.` });
}
