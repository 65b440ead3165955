import { z } from "zod";

/**
 * Dotted paths of the fields of `body` that `schema` does not know, in the body's order. For the
 * `X-Ignored-Fields` header, so that a typo is seen although unknown fields are no error.
 */
export function listIgnoredFields(schema: z.ZodType, body: unknown): string[] {
  return walk(schema, body, []);
}

function walk(schema: unknown, value: unknown, path: readonly string[]): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isObject(value)) return walkObject(inner, value, path);
  if (inner instanceof z.ZodArray && Array.isArray(value) && holdsFields(inner.element)) {
    return value.flatMap((item, index) => walk(inner.element, item, [...path, String(index)]));
  }
  return [];
}

function walkObject(
  { shape }: z.ZodObject,
  value: Record<string, unknown>,
  path: readonly string[],
): string[] {
  return Object.entries(value).flatMap(([key, inner]) => {
    const here = [...path, key];
    return Object.hasOwn(shape, key) ? walk(shape[key], inner, here) : [here.join(".")];
  });
}

function holdsFields(schema: unknown): boolean {
  const inner = unwrap(schema);
  return inner instanceof z.ZodObject || inner instanceof z.ZodArray;
}

/** The schema that the value is written for, without what is done to it afterwards. */
function unwrap(schema: unknown): unknown {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap());
  }
  return schema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
