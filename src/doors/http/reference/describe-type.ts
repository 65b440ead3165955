import type { JsonSchema } from "../open-api/json-schema.ts";
import { listAlternatives, type Schemas } from "./resolve-schema.ts";

/** What a value may be, in words, but null: `boolean or "auto"`, `integer 1000…300000`. */
export function describeType(schema: JsonSchema, schemas: Schemas): string {
  const words = listAlternatives(schema, schemas).flatMap((one) => describeOne(one, schemas));
  const [last, ...others] = [...new Set(words)].toReversed();
  return others.length === 0 ? (last ?? "null") : `${others.toReversed().join(", ")} or ${last}`;
}

export function isNullable(schema: JsonSchema, schemas: Schemas): boolean {
  return listAlternatives(schema, schemas).some(({ type = [] }) => [type].flat().includes("null"));
}

function describeOne(schema: JsonSchema, schemas: Schemas): string[] {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) return describeEnum(schema.enum);
  return [schema.type ?? "any"]
    .flat()
    .filter((type) => type !== "null")
    .map((type) => describeKind(type, schema, schemas));
}

/** A long list, as of error codes, has a table of its own. */
const MAX_LISTED_VALUES = 8;

function describeEnum(values: readonly unknown[]): string[] {
  return values.length > MAX_LISTED_VALUES
    ? ["string"]
    : values.map((value) => JSON.stringify(value));
}

/** What readers call the formats of JSON Schema. */
const FORMATS: Readonly<Record<string, string>> = { uri: "URL", uuid: "UUID", "date-time": "time" };

function describeKind(type: string, schema: JsonSchema, schemas: Schemas): string {
  const { format, items, additionalProperties, maxLength, minimum, maximum } = schema;
  if (type === "array") return `list of ${describeType(items ?? {}, schemas)}`;
  if (type === "object" && typeof additionalProperties === "object") {
    return `object of ${describeType(additionalProperties, schemas)}`;
  }
  if (type === "string") {
    const kind = FORMATS[format ?? ""] ?? "string";
    return maxLength === undefined ? kind : `${kind} of at most ${maxLength} characters`;
  }
  return maximum === undefined ? type : `${type} ${minimum ?? ""}…${maximum}`;
}
