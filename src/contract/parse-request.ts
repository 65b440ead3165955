import { z } from "zod";
import { RequestError } from "./app-error.ts";
import type { FieldRefusal } from "./error-reply.ts";

/** A request whose fields are missing or out of range. */
export class ValidationError extends RequestError {
  /** At least one, in the order of the schema's fields. */
  readonly refusals: readonly [FieldRefusal, ...FieldRefusal[]];

  constructor(refusals: readonly [FieldRefusal, ...FieldRefusal[]], reason: string | null) {
    super("VALIDATION_ERROR", {
      message: toMessage(refusals),
      details: reason === null ? null : { reason },
    });
    this.refusals = refusals;
  }
}

interface ParseOrder<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly value: unknown;
  /** Where the value was, as the first element of each `loc`. */
  readonly place: "body" | "query";
}

/** @throws ValidationError with one entry per bad field. */
export function parseRequest<Schema extends z.ZodType>(
  order: ParseOrder<Schema>,
): z.output<Schema> {
  const parsed = order.schema.safeParse(order.value);
  if (parsed.success) return parsed.data;
  throw toValidationError(parsed.error.issues, order);
}

/** What is told of a bad request; more is a way to make us work. */
const MAX_REFUSALS = 100;
const MAX_TEXT_LENGTH = 300;

/** zod's codes that clients need not tell apart. `custom` says its slug in `params.type`. */
const SLUGS: Readonly<Record<string, string>> = {
  invalid_union: "invalid_type",
  invalid_format: "invalid_value",
  custom: "invalid_value",
};

type Issue = z.core.$ZodIssue;

function toValidationError(
  issues: readonly Issue[],
  { schema, value, place }: ParseOrder<z.ZodType>,
): ValidationError {
  const [first, ...others] = firstOfEachField(inFieldOrder(issues, schema));
  if (first === undefined) throw new TypeError("A parse failed without an issue");
  const tell = (issue: Issue): FieldRefusal => toRefusal(issue, { value, place });
  const refusals = others.slice(0, MAX_REFUSALS - 1).map(tell);
  return new ValidationError([tell(first), ...refusals], paramOf(first, "reason"));
}

/** Checks across fields come last from zod; a caller reads the list in the order of the fields. */
function inFieldOrder(issues: readonly Issue[], schema: z.ZodType): Issue[] {
  const fields: string[] = schema instanceof z.ZodObject ? Object.keys(schema.shape) : [];
  const placeOf = ({ path }: Issue): number => fields.indexOf(String(path[0]));
  return issues.toSorted((one, other) => placeOf(one) - placeOf(other));
}

function firstOfEachField(issues: readonly Issue[]): Issue[] {
  const byField = new Map<string, Issue>();
  for (const issue of issues) {
    const field = JSON.stringify(issue.path);
    if (!byField.has(field)) byField.set(field, issue);
  }
  return [...byField.values()];
}

function toRefusal(
  issue: Issue,
  { value, place }: Pick<ParseOrder<z.ZodType>, "value" | "place">,
): FieldRefusal {
  const isMissing = issue.code === "invalid_type" && valueAt(value, issue.path) === undefined;
  return {
    type: isMissing ? "missing" : slugOf(issue),
    loc: [place, ...issue.path.map(toSegment)],
    msg: isMissing ? "Field required" : shorten(issue.message),
  };
}

function slugOf(issue: Issue): string {
  return paramOf(issue, "type") ?? SLUGS[issue.code] ?? issue.code;
}

function paramOf(issue: Issue, name: string): string | null {
  const param: unknown = issue.code === "custom" ? issue.params?.[name] : null;
  return typeof param === "string" ? param : null;
}

function toSegment(key: PropertyKey): string | number {
  return typeof key === "number" ? key : shorten(String(key));
}

function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  return path.reduce<unknown>(
    (here, key) => (typeof here === "object" && here !== null ? Reflect.get(here, key) : undefined),
    value,
  );
}

function toMessage([first, ...others]: readonly [FieldRefusal, ...FieldRefusal[]]): string {
  const [place, ...path] = first.loc;
  const more = others.length === 0 ? "" : ` (and ${others.length} more, see detail)`;
  return `${path.length === 0 ? place : path.join(".")}: ${first.msg}${more}`;
}

function shorten(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH)}…`;
}
