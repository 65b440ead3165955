import type { FastifyRequest } from "fastify";
import type { ApiKey } from "../../../contract/api-key.ts";
import { RequestError } from "../../../contract/app-error.ts";

/** The key of a request to a route that wants one. */
export function keyOf({ apiKey }: FastifyRequest): ApiKey {
  if (apiKey === null) throw new RequestError("UNAUTHORIZED");
  return apiKey;
}
