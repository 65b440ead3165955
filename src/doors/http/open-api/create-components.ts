import { z } from "zod";
import {
  errorReplySchema,
  extractionErrorReplySchema,
  fieldRefusalSchema,
  jobErrorSchema,
} from "../../../contract/error-reply.ts";
import { createExtractRequestSchema } from "../../../contract/extract-request.ts";
import {
  extractAcceptedSchema,
  extractDataSchema,
  extractMetadataSchema,
  extractResponseSchema,
} from "../../../contract/extract-response.ts";
import { healthSchema } from "../../../contract/health.ts";
import {
  extractJobListSchema,
  extractJobSchema,
  jobCancelledSchema,
  jobListItemSchema,
  jobMetadataSchema,
} from "../../../contract/job-response.ts";
import { concurrencyUsageSchema, statisticsSchema } from "../../../contract/usage.ts";
import type { JsonSchema } from "./json-schema.ts";
import { JSON_SCHEMA_OPTIONS } from "./json-schema-options.ts";

export type ComponentName = keyof ReturnType<typeof listSchemas>;

/** The contract's schemas as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export function createComponents(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(listSchemas())) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    ...JSON_SCHEMA_OPTIONS,
    uri: toSchemaRef,
  });
  const components = Object.entries(schemas).map(([id, { $id, $schema, ...schema }]) => [
    id,
    schema,
  ]);
  // zod's type has room for all of JSON Schema; of the contract's schemas it writes this part.
  return Object.fromEntries(components) as Record<string, JsonSchema>;
}

export function toSchemaRef(id: string): string {
  return `#/components/schemas/${id}`;
}

function listSchemas() {
  return {
    ExtractRequest: createExtractRequestSchema({
      // Checks have no JSON Schema: what they refuse is said in the descriptions.
      judgeUrl: (url) => ({ ok: true, url }),
      isSelector: () => true,
    }),
    ExtractResponse: extractResponseSchema,
    ExtractData: extractDataSchema,
    ExtractMetadata: extractMetadataSchema,
    ExtractAccepted: extractAcceptedSchema,
    ExtractJob: extractJobSchema,
    JobMetadata: jobMetadataSchema,
    JobCancelled: jobCancelledSchema,
    ExtractJobList: extractJobListSchema,
    JobListItem: jobListItemSchema,
    Statistics: statisticsSchema,
    ConcurrencyUsage: concurrencyUsageSchema,
    ErrorReply: errorReplySchema,
    ExtractionErrorReply: extractionErrorReplySchema,
    JobError: jobErrorSchema,
    FieldRefusal: fieldRefusalSchema,
    Health: healthSchema,
  };
}
