import { z } from "zod";
import { parseTime, type SpanEdge } from "./parse-time.ts";
import { parseUuid } from "./parse-uuid.ts";

// What a query string can carry is text. An empty value means the default, as null does in a body: some clients write
// a filter that they don't set as `status=`.

interface QueryField<Value, Fallback> {
  readonly description: string;
  /** What is allowed, in one sentence. */
  readonly error: string;
  readonly fallback: Fallback;
  /** Null: it is no such value. */
  readonly parse: (text: string) => Value | null;
  /** What the text stands for, in the words of JSON Schema. */
  readonly meaning: object;
}

function queryField<Value, Fallback>(field: QueryField<Value, Fallback>) {
  const { description, error, fallback, parse, meaning } = field;
  return z
    .string({ error })
    .optional()
    .transform((text = "", context): Value | Fallback => {
      if (text === "") return fallback;
      const value = parse(text);
      if (value !== null) return value;
      context.addIssue({ code: "custom", message: error });
      return z.NEVER;
    })
    .meta({ ...meaning, description, ...(fallback !== null && { default: fallback }) });
}

interface NumberRange {
  readonly min: number;
  readonly max: number;
  readonly fallback: number;
}

export function numberQuery({ min, max, fallback }: NumberRange, description: string) {
  return queryField({
    description,
    error: `Must be a whole number from ${min} to ${max}`,
    fallback,
    meaning: { type: "integer", minimum: min, maximum: max },
    parse: (text) => {
      const value = Number(text);
      return /^\d+$/.test(text) && value >= min && value <= max ? value : null;
    },
  });
}

export function wordQuery<const Word extends string>(words: readonly Word[], description: string) {
  return queryField({
    description,
    error: `Must be one of ${words.join(", ")}`,
    fallback: null,
    meaning: { enum: words },
    parse: (text) => words.find((word) => word === text) ?? null,
  });
}

export function flagQuery(description: string) {
  return queryField({
    description,
    error: "Must be true or false",
    fallback: false,
    meaning: { type: "boolean" },
    parse: (text) => (text === "true" || text === "false" ? text === "true" : null),
  });
}

export function textQuery(description: string) {
  return queryField({
    description,
    error: "Must be given once",
    fallback: null,
    meaning: {},
    parse: (text) => text,
  });
}

export function uuidQuery(description: string) {
  return queryField({
    description,
    error: "Must be a UUID",
    fallback: null,
    meaning: { format: "uuid" },
    parse: parseUuid,
  });
}

export function timeQuery(edge: SpanEdge, description: string) {
  return queryField({
    description,
    error: "Must be an ISO 8601 time such as 2026-01-30T12:00:00Z, or a date such as 2026-01-30",
    fallback: null,
    meaning: {},
    parse: (text) => parseTime(text, edge),
  });
}
