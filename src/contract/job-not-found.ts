import { RequestError } from "./app-error.ts";

/** One answer for an id that there is not, that is no id at all, and that is another account's. */
export function jobNotFound(): RequestError {
  return new RequestError("NOT_FOUND", { message: "There is no job with this id." });
}
