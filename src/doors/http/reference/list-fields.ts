import type { JsonSchema } from "../open-api/json-schema.ts";
import { describeType, isNullable } from "./describe-type.ts";
import { listAlternatives, resolveSchema, type Schemas } from "./resolve-schema.ts";

/** A field of a request or a reply, as a row of a table. */
export interface Field {
  /** Dotted; `[]` stands for each item of a list. */
  readonly path: string;
  /** In words, without null. */
  readonly type: string;
  readonly isNullable: boolean;
  readonly isRequired: boolean;
  /** As JSON; null where there is none to tell. */
  readonly defaultValue: string | null;
  readonly description: string;
}

/** The fields of an object and of the objects in it, in their order. */
export function listFields(schema: JsonSchema, schemas: Schemas): Field[] {
  return walk(schema, "", schemas);
}

function walk(schema: JsonSchema, prefix: string, schemas: Schemas): Field[] {
  const { properties = {}, required = [] } = innerObject(schema, schemas);
  return Object.entries(properties).flatMap(([name, property]) => {
    const path = `${prefix}${name}`;
    const described = resolveSchema(property, schemas);
    const items = itemsOf(described, schemas);
    return [
      {
        path,
        type: describeType(property, schemas),
        isNullable: isNullable(property, schemas),
        isRequired: required.includes(name),
        defaultValue: "default" in described ? JSON.stringify(described.default) : null,
        description: described.description ?? "",
      },
      ...walk(property, `${path}.`, schemas),
      ...(items === undefined ? [] : walk(items, `${path}[].`, schemas)),
    ];
  });
}

function innerObject(schema: JsonSchema, schemas: Schemas): JsonSchema {
  return listAlternatives(schema, schemas).find(({ properties }) => properties !== undefined) ?? {};
}

function itemsOf(schema: JsonSchema, schemas: Schemas): JsonSchema | undefined {
  return listAlternatives(schema, schemas).find(({ items }) => items !== undefined)?.items;
}
