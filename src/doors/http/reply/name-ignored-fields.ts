import type { FastifyReply } from "fastify";
import type { z } from "zod";
import { listIgnoredFields } from "../../../contract/ignored-fields.ts";
import { toIgnoredFieldsHeader } from "./to-ignored-fields-header.ts";

/** Tells the caller what its request has that the schema does not know, so that a typo is seen. */
export function nameIgnoredFields(reply: FastifyReply, schema: z.ZodType, value: unknown): void {
  const ignored = toIgnoredFieldsHeader(listIgnoredFields(schema, value));
  if (ignored !== null) void reply.header("x-ignored-fields", ignored);
}
