import assert from "node:assert/strict";
import { test } from "node:test";
import { Validator } from "@seriousme/openapi-schema-validator";
import { z } from "zod";
import { errorReplySchema, extractionErrorReplySchema } from "../../../contract/error-reply.ts";
import { REQUEST_ERRORS } from "../../../contract/error-table.ts";
import { createExtractRequestSchema } from "../../../contract/extract-request.ts";
import {
  extractAcceptedSchema,
  extractResponseSchema,
} from "../../../contract/extract-response.ts";
import { healthSchema } from "../../../contract/health.ts";
import {
  extractJobListSchema,
  extractJobSchema,
  jobCancelledSchema,
} from "../../../contract/job-response.ts";
import { concurrencyUsageSchema, statisticsSchema } from "../../../contract/usage.ts";
import { ROUTE_DESCRIPTIONS } from "../routes/route-descriptions.ts";
import { createOpenApi } from "./create-open-api.ts";
import type { OpenApiContent } from "./open-api-document.ts";

const document = createOpenApi({ version: "1.2.3", routes: ROUTE_DESCRIPTIONS });
const operations = Object.entries(document.paths).flatMap(([path, methods]) =>
  Object.entries(methods).map(([method, operation]) => ({ name: `${method} ${path}`, operation })),
);

test("the document is valid OpenAPI 3.1", async () => {
  const validator = new Validator();
  const { valid, errors } = await validator.validate(structuredClone({ ...document }));
  assert.ok(valid, JSON.stringify(errors));
  assert.equal(validator.version, "3.1");
});

test("every component is used, and every reference has a component", () => {
  const used = [...JSON.stringify(document).matchAll(/"#\/components\/schemas\/(\w+)"/g)];
  const names = new Set(used.map(([, name]) => name));
  assert.deepEqual([...names].toSorted(), Object.keys(document.components.schemas).toSorted());
});

test("request fields are described with their default and range", () => {
  const { properties = {}, required } = document.components.schemas["ExtractRequest"] ?? {};
  assert.deepEqual(required, ["url"]);
  for (const [name, field] of Object.entries(properties)) {
    assert.ok(field.description, name);
    assert.equal("default" in field, name !== "url", name);
  }
  assert.deepEqual(properties["timeout"]?.anyOf?.[0], {
    type: "integer",
    minimum: 1000,
    maximum: 300_000,
  });
});

const SCHEMAS: Readonly<Record<string, z.ZodType>> = {
  ExtractRequest: createExtractRequestSchema({
    judgeUrl: (url) => ({ ok: true, url }),
    isSelector: () => true,
  }),
  ExtractResponse: extractResponseSchema,
  ExtractAccepted: extractAcceptedSchema,
  ExtractJob: extractJobSchema,
  ExtractJobList: extractJobListSchema,
  JobCancelled: jobCancelledSchema,
  Statistics: statisticsSchema,
  ConcurrencyUsage: concurrencyUsageSchema,
  ErrorReply: errorReplySchema,
  ExtractionErrorReply: extractionErrorReplySchema,
  Health: healthSchema,
};

test("every example is what its schema says", () => {
  for (const { name, operation } of operations) {
    const bodies = Object.values(operation.responses).map(({ content }) => content);
    if (operation.requestBody) bodies.push(operation.requestBody.content);
    for (const content of bodies.flatMap((body) => Object.values(body)))
      checkExamples(name, content);
  }
});

function checkExamples(name: string, { schema, examples }: OpenApiContent): void {
  const component = schema.$ref?.split("/").at(-1);
  if (component === undefined) return;
  const zodSchema = SCHEMAS[component] ?? assert.fail(`${name} refers to ${component}`);
  for (const { value } of Object.values(examples)) {
    const { error } = zodSchema.safeParse(value);
    assert.ok(error === undefined, `${name}: ${error && z.prettifyError(error)}`);
  }
}

test("an extraction names every status that it may have, with the codes of each", () => {
  const responses = document.paths["/v1/extract"]?.["post"]?.responses ?? {};
  const codes = Object.entries(responses).map(([status, { content }]) => [
    Number(status),
    Object.keys(content["application/json"]?.examples ?? {}),
  ]);
  assert.deepEqual(
    codes.map(([status]) => status),
    [200, 202, 400, 401, 402, 403, 406, 409, 413, 415, 422, 429, 500, 503],
  );
  for (const { name, operation } of operations) {
    for (const [status, { content }] of Object.entries(operation.responses)) {
      for (const [code, { value }] of Object.entries(content["application/json"]?.examples ?? {})) {
        if (code === "reply") continue;
        const own = Object.entries(REQUEST_ERRORS).find(([other]) => other === code)?.[1];
        const isPage = z
          .object({ error: z.object({ code: z.literal(code) }) })
          .safeParse(value).success;
        assert.equal(isPage ? 422 : own?.status, Number(status), `${name} ${code}`);
      }
    }
  }
});

test("parameters are described with their place, default and range", () => {
  const { parameters = [] } = document.paths["/v1/extract/{job_id}"]?.["get"] ?? {};
  assert.deepEqual(
    parameters.map(({ name, in: place, required }) => `${place} ${name} ${required}`),
    ["path job_id true", "query wait false", "header If-None-Match false"],
  );
  assert.deepEqual(parameters[1]?.schema, { type: "integer", minimum: 0, maximum: 60, default: 0 });
  for (const { name, operation } of operations) {
    for (const parameter of operation.parameters) assert.ok(parameter.description, name);
  }
});

test("what a caller may wait for says how long", () => {
  const { responses } = document.paths["/v1/extract"]?.["post"] ?? {};
  for (const status of ["429", "503"]) assert.ok(responses?.[status]?.headers["Retry-After"]);
  for (const [status, { headers }] of Object.entries(responses ?? {})) {
    assert.ok(headers["X-Request-Id"], status);
  }
});

test("only the open paths say that no key is needed", () => {
  const open = operations.filter(({ operation }) => operation.security.length === 0);
  assert.deepEqual(
    open.map(({ name }) => name),
    ["get /health", "get /openapi.json", "get /docs"],
  );
});
