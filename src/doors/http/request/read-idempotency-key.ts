import type { FastifyRequest } from "fastify";
import { ValidationError } from "../../../contract/validation-error.ts";

/**
 * What the caller calls this request, so that it may send it again; null where it has no name.
 * @throws ValidationError
 */
export function readIdempotencyKey({ headers }: FastifyRequest): string | null {
  const key = headers["idempotency-key"];
  if (key === undefined) return null;
  if (typeof key === "string" && USABLE.test(key)) return key;
  const msg = "Must be 1 to 255 visible ASCII characters";
  throw new ValidationError([{ type: "invalid_value", loc: ["header", "Idempotency-Key"], msg }]);
}

const USABLE = /^[\x21-\x7e]{1,255}$/;
