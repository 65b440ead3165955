import { RequestError } from "./app-error.ts";
import type { FieldRefusal } from "./error-reply.ts";

export type FieldRefusals = readonly [FieldRefusal, ...FieldRefusal[]];

/** A request whose fields are missing or out of range. */
export class ValidationError extends RequestError {
  /** In the order of the schema's fields. */
  readonly refusals: FieldRefusals;

  constructor(
    refusals: FieldRefusals,
    { reason = null }: { readonly reason?: string | null } = {},
  ) {
    super("VALIDATION_ERROR", {
      message: toMessage(refusals),
      details: reason === null ? null : { reason },
    });
    this.refusals = refusals;
  }
}

function toMessage([first, ...others]: FieldRefusals): string {
  const [place, ...path] = first.loc;
  const more = others.length === 0 ? "" : ` (and ${others.length} more, see detail)`;
  return `${path.length === 0 ? place : path.join(".")}: ${first.msg}${more}`;
}
