import { z } from "zod";

/**
 * Dotted paths of the fields of `body` that `schema` does not know, in the body's order. For the
 * `X-Ignored-Fields` header, so that a typo is seen although unknown fields are no error.
 */
export function listIgnoredFields(schema: z.ZodType, body: unknown): string[] {
  return walk(schema, body, []);
}

function walk(schema: z.ZodType, value: unknown, path: readonly string[]): string[] {
  const inner = unwrap(schema);
  if (inner instanceof z.ZodObject && isObject(value)) {
    const shape: Record<string, z.ZodType> = inner.shape;
    return Object.keys(value).flatMap((key) => {
      const field = Object.hasOwn(shape, key) ? shape[key] : undefined;
      const here = [...path, key];
      return field === undefined ? [here.join(".")] : walk(field, value[key], here);
    });
  }
  if (inner instanceof z.ZodArray && Array.isArray(value)) {
    return value.flatMap((item, index) =>
      walk(inner.element as z.ZodType, item, [...path, String(index)]),
    );
  }
  return [];
}

function unwrap(schema: z.ZodType): z.ZodType {
  if (schema instanceof z.ZodPipe) return unwrap(schema.in as z.ZodType);
  if (schema instanceof z.ZodOptional || schema instanceof z.ZodNullable) {
    return unwrap(schema.unwrap() as z.ZodType);
  }
  return schema;
}

function isObject(value: unknown): value is Record<string, unknown> {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
