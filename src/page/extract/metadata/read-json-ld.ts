import { asList, isJsonObject, type Json, type JsonObject } from "./json.ts";
import { parseLenientJson } from "./parse-lenient-json.ts";

const MAX_THINGS = 500;
const MAX_DEPTH = 6;
/** Where the things that a page is about are put inside of others. */
const NESTED = ["@graph", "mainEntity", "mainEntityOfPage", "hasPart", "about"];

/** The things that the JSON-LD scripts of a page describe, those inside of others after them; references resolved. */
export function readJsonLd(scripts: readonly string[]): readonly JsonObject[] {
  const things: JsonObject[] = [];
  for (const script of scripts) {
    const value = parseLenientJson(script);
    if (value !== undefined) collect(value, 0, things);
  }
  return resolveReferences(things);
}

function collect(value: Json, depth: number, things: JsonObject[]): void {
  if (depth > MAX_DEPTH || things.length >= MAX_THINGS) return;
  if (!isJsonObject(value)) {
    if (typeof value === "object")
      for (const item of asList(value)) collect(item, depth + 1, things);
    return;
  }
  if (value["@type"] !== undefined) things.push(value);
  for (const key of NESTED) {
    const inner = value[key];
    if (typeof inner === "object" && inner !== null) collect(inner, depth + 1, things);
  }
}

/** Things may name others by their `@id` alone. */
function resolveReferences(things: readonly JsonObject[]): readonly JsonObject[] {
  const byId = new Map<string, JsonObject>();
  for (const thing of things) {
    const id = thing["@id"];
    if (typeof id === "string" && !byId.has(id)) byId.set(id, thing);
  }
  const resolve = (value: Json): Json => {
    if (!isJsonObject(value)) return value;
    const id = value["@id"];
    const isBare = typeof id === "string" && value["name"] === undefined;
    return isBare ? (byId.get(id) ?? value) : value;
  };
  return things.map((thing) =>
    Object.fromEntries(
      Object.entries(thing).map(([key, value]) => [
        key,
        typeof value === "object" && value !== null && !isJsonObject(value)
          ? asList(value).map(resolve)
          : resolve(value),
      ]),
    ),
  );
}

/** Whether a thing is of one of these schema.org types, however its type is written. */
export function isOfType(thing: JsonObject, types: RegExp): boolean {
  return asList(thing["@type"]).some(
    (type) =>
      typeof type === "string" && types.test(type.replace(/^https?:\/\/schema\.org\//i, "")),
  );
}

/** The text of a property: a string, the name of a thing, or the first of several. */
export function textOf(value: Json | undefined): string {
  for (const item of asList(value)) {
    if (typeof item === "string") return item;
    if (typeof item === "number") return String(item);
    if (!isJsonObject(item)) continue;
    const inner = item["name"] ?? item["@value"] ?? item["headline"];
    if (typeof inner === "string") return inner;
  }
  return "";
}
