import type { JsonSchema } from "../open-api/json-schema.ts";

export type Schemas = Readonly<Record<string, JsonSchema>>;

/** The schema itself where there is only a reference to it. */
export function resolveSchema(schema: JsonSchema, schemas: Schemas): JsonSchema {
  const name = schema.$ref?.split("/").at(-1);
  return name === undefined ? schema : (schemas[name] ?? schema);
}

/** What a value may be, without the references between. */
export function listAlternatives(schema: JsonSchema, schemas: Schemas): JsonSchema[] {
  const resolved = resolveSchema(schema, schemas);
  return resolved.anyOf?.flatMap((inner) => listAlternatives(inner, schemas)) ?? [resolved];
}
