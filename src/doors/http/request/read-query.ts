import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { parseRequest } from "../../../contract/parse-request.ts";
import { nameIgnoredFields } from "../reply/name-ignored-fields.ts";

interface QueryOrder<Schema extends z.ZodType> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly schema: Schema;
}

/**
 * The query of a request as its schema wants it. Parameters that the schema does not know are named in the reply.
 * @throws ValidationError
 */
export function readQuery<Schema extends z.ZodType>({
  request: { query },
  reply,
  schema,
}: QueryOrder<Schema>): z.output<Schema> {
  nameIgnoredFields(reply, schema, query);
  return parseRequest({ schema, value: query, place: "query" });
}
