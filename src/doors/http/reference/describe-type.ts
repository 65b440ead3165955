import type { JsonSchema } from "../open-api/json-schema.ts";
import { listAlternatives, type Schemas } from "./resolve-schema.ts";

/** What a value may be, in words: `integer 1000…300000 or null`. */
export function describeType(schema: JsonSchema, schemas: Schemas): string {
  const words = listAlternatives(schema, schemas).flatMap((one) => describeOne(one, schemas));
  // Null comes last: it is the exception, or the default.
  const unique = [...new Set(words)].toSorted((one, other) => rank(one) - rank(other));
  return unique.join(" or ");
}

function rank(word: string): number {
  return word === "null" ? 1 : 0;
}

function describeOne(schema: JsonSchema, schemas: Schemas): string[] {
  if (schema.const !== undefined) return [JSON.stringify(schema.const)];
  if (schema.enum !== undefined) return [describeEnum(schema.enum)];
  return [schema.type ?? "any"].flat().map((type) => describeKind(type, schema, schemas));
}

/** A long list, as of error codes, has a table of its own. */
const MAX_LISTED_VALUES = 8;

function describeEnum(values: readonly unknown[]): string {
  if (values.length > MAX_LISTED_VALUES) return "string";
  return values.map((value) => JSON.stringify(value)).join(", ");
}

function describeKind(type: string, schema: JsonSchema, schemas: Schemas): string {
  if (type === "array") return `list of ${describeType(schema.items ?? {}, schemas)}`;
  if (type === "object" && typeof schema.additionalProperties === "object") {
    return `object of ${describeType(schema.additionalProperties, schemas)}`;
  }
  if (type === "string") return [schema.format ?? "string", describeLength(schema)].join("");
  return [type, describeRange(schema)].join("");
}

function describeLength({ maxLength }: JsonSchema): string {
  return maxLength === undefined ? "" : `, at most ${maxLength} characters`;
}

function describeRange({ minimum, maximum }: JsonSchema): string {
  if (minimum === undefined && maximum === undefined) return "";
  return ` ${minimum ?? ""}…${maximum ?? ""}`;
}
