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
import type { JsonSchema } from "./json-schema.ts";

export type ComponentName = keyof ReturnType<typeof listSchemas>;

/** The contract's schemas as JSON Schema 2020-12, which is what OpenAPI 3.1 speaks. */
export function createComponents(): Record<string, JsonSchema> {
  const registry = z.registry<{ id: string }>();
  for (const [id, schema] of Object.entries(listSchemas())) registry.add(schema, { id });
  const { schemas } = z.toJSONSchema(registry, {
    // As callers write it, and open to keys that come later.
    io: "input",
    uri: toSchemaRef,
    override: ({ zodSchema, jsonSchema }) => {
      restoreDefault(zodSchema, jsonSchema);
      dropSafeIntegerBounds(jsonSchema);
    },
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
    ErrorReply: errorReplySchema,
    ExtractionErrorReply: extractionErrorReplySchema,
    JobError: jobErrorSchema,
    FieldRefusal: fieldRefusalSchema,
    Health: healthSchema,
  };
}

/** zod leaves out the default of a field that is transformed; ours are filled in by a transform. */
function restoreDefault(zodSchema: z.core.$ZodType, jsonSchema: z.core.JSONSchema.BaseSchema) {
  const meta = z.globalRegistry.get(zodSchema);
  if (meta !== undefined && "default" in meta)
    Object.assign(jsonSchema, { default: meta["default"] });
}

/** Every integer has them, and they tell nobody anything. */
function dropSafeIntegerBounds(jsonSchema: z.core.JSONSchema.BaseSchema): void {
  if (jsonSchema.maximum === Number.MAX_SAFE_INTEGER) delete jsonSchema.maximum;
  if (jsonSchema.minimum === Number.MIN_SAFE_INTEGER) delete jsonSchema.minimum;
}
