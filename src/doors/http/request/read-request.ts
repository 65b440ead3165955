import type { FastifyReply, FastifyRequest } from "fastify";
import type { z } from "zod";
import { parseRequest } from "../../../contract/parse-request.ts";
import { nameIgnoredFields } from "../reply/name-ignored-fields.ts";
import { readJsonBody } from "./read-json-body.ts";

interface BodyOrder<Schema extends z.ZodType> {
  readonly request: FastifyRequest;
  readonly reply: FastifyReply;
  readonly schema: Schema;
  readonly maxBodyBytes: number;
}

/**
 * The body of a request as its schema wants it. Fields that the schema does not know are named in the reply.
 * @throws RequestError UNSUPPORTED_MEDIA_TYPE, PAYLOAD_TOO_LARGE, INVALID_JSON; ValidationError
 */
export async function readRequest<Schema extends z.ZodType>({
  request,
  reply,
  schema,
  maxBodyBytes,
}: BodyOrder<Schema>): Promise<z.output<Schema>> {
  const value = await readJsonBody(request.raw, { maxBytes: maxBodyBytes });
  nameIgnoredFields(reply, schema, value);
  return parseRequest({ schema, value, place: "body" });
}
