import { z } from "zod";
import type { FieldRefusal } from "./error-reply.ts";
import { ValidationError } from "./validation-error.ts";

export interface ParseOrder<Schema extends z.ZodType> {
  readonly schema: Schema;
  readonly value: unknown;
  /** Where the value was, as the first element of each `loc`. */
  readonly place: "body" | "query";
}

/** @throws ValidationError with one entry per bad field. */
export function parseRequest<Schema extends z.ZodType>(
  order: ParseOrder<Schema>,
): z.output<Schema> {
  refuseHugeFields(order);
  const parsed = order.schema.safeParse(order.value);
  if (parsed.success) return parsed.data;
  throw toValidationError(parsed.error.issues, order);
}

/** More than any field may hold. A body of half a million bad items would otherwise be half a million issues. */
const MAX_ITEMS = 1000;

/** Only fields that the schema knows: the others are not looked at, whatever they hold. */
function refuseHugeFields({ schema, value, place }: ParseOrder<z.ZodType>): void {
  if (!(schema instanceof z.ZodObject) || typeof value !== "object" || value === null) return;
  const [first, ...others] = Object.keys(schema.shape)
    .filter((field) => countItems(Reflect.get(value, field)) > MAX_ITEMS)
    .map((field) => {
      const msg = `Too big: at most ${MAX_ITEMS} items are read`;
      return { type: "too_big", loc: [place, field], msg };
    });
  if (first !== undefined) throw new ValidationError([first, ...others]);
}

function countItems(field: unknown): number {
  if (Array.isArray(field)) return field.length;
  return typeof field === "object" && field !== null ? Object.keys(field).length : 0;
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
  return new ValidationError([tell(first), ...refusals], { reason: paramOf(first, "reason") });
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

function shorten(text: string): string {
  return text.length <= MAX_TEXT_LENGTH ? text : `${text.slice(0, MAX_TEXT_LENGTH)}…`;
}
