import { z } from "zod";
import type { RouteDescription } from "../http-route.ts";
import type { JsonSchema } from "./json-schema.ts";
import { JSON_SCHEMA_OPTIONS } from "./json-schema-options.ts";
import type { OpenApiParameter } from "./open-api-document.ts";
import { REQUEST_HEADERS } from "./request-headers.ts";

/** What a request may hold beside its body and its key. */
export function describeParameters({ path, operation }: RouteDescription): OpenApiParameter[] {
  const { query, headers = [] } = operation;
  return [
    ...describePath(path),
    ...(query === undefined ? [] : describeQuery(query)),
    ...headers.map((name) => ({ name, ...REQUEST_HEADERS[name] })),
  ];
}

const PATH_PARAMETERS: ReadonlyMap<
  string,
  Omit<OpenApiParameter, "name" | "in" | "required">
> = new Map([
  [
    "job_id",
    {
      description: "The `job_id` that POST answered with.",
      schema: { type: "string", format: "uuid" },
      example: "019a3c5e-7b1f-7c42-9d0e-5f6a8b3c2d10",
    },
  ],
]);

function describePath(path: string): OpenApiParameter[] {
  return [...path.matchAll(/:(\w+)/g)].map(([, name = ""]) => {
    const described = PATH_PARAMETERS.get(name);
    if (described === undefined) throw new TypeError(`Nothing says what :${name} of ${path} is`);
    return { name, in: "path", required: true, ...described };
  });
}

function describeQuery(query: z.ZodObject): OpenApiParameter[] {
  const { properties = {} } = z.toJSONSchema(query, JSON_SCHEMA_OPTIONS);
  // zod's type has room for all of JSON Schema; of the contract's schemas it writes this part.
  return Object.entries(properties as Record<string, JsonSchema>).map(
    ([name, { description = "", ...schema }]) => ({
      name,
      in: "query",
      required: false,
      description,
      schema,
    }),
  );
}
