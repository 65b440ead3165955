import { z } from "zod";

/** How zod's schemas become JSON Schema here. */
export const JSON_SCHEMA_OPTIONS = {
  // As callers write it, and open to keys that come later.
  io: "input",
  override: ({ zodSchema, jsonSchema }: Override) => {
    restoreDefault(zodSchema, jsonSchema);
    dropSafeIntegerBounds(jsonSchema);
  },
} as const;

interface Override {
  readonly zodSchema: z.core.$ZodType;
  readonly jsonSchema: z.core.JSONSchema.BaseSchema;
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
