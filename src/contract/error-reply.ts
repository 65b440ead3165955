import { z } from "zod";
import { JOB_ERROR_CODES, REQUEST_ERROR_CODES } from "./error-table.ts";

const detailsSchema = z
  .record(z.string(), z.string())
  .nullable()
  .meta({ description: "Facts to act on. `reason` is the finer code." });

const correlationIdSchema = z
  .string()
  .meta({ description: "The request id, as in X-Request-Id and in the log." });

/** One field that was refused. */
export const fieldRefusalSchema = z.object({
  type: z.string().meta({ description: "A short slug: missing, invalid_type, too_big, …" }),
  loc: z
    .array(z.union([z.string(), z.int()]))
    .meta({ description: "Where: `body` or `query`, then the path of the field." }),
  msg: z.string(),
});

/** The shape of every reply that is not 2xx. */
export const errorReplySchema = z.object({
  code: z.enum([...new Set([...REQUEST_ERROR_CODES, ...JOB_ERROR_CODES])]),
  message: z.string().meta({ description: "What failed and what to do, for people." }),
  correlation_id: correlationIdSchema,
  retryable: z.boolean().meta({ description: "Whether the same request may work later." }),
  details: detailsSchema,
  detail: z
    .array(fieldRefusalSchema)
    .optional()
    .meta({ description: "Only on VALIDATION_ERROR: one entry per bad field." }),
});

/** Why a page or a job failed. */
export const jobErrorSchema = z.object({
  code: z.enum(JOB_ERROR_CODES),
  message: z.string(),
  retryable: z.boolean(),
  details: detailsSchema,
  correlation_id: correlationIdSchema.nullable(),
});

/** Every 422 of POST /v1/extract: the vendor's shape, since its client reads nothing else there, plus ours. */
export const extractionErrorReplySchema = z.object({
  error: jobErrorSchema,
  tokens_charged: z.literal(0),
  ...errorReplySchema.shape,
});

export type FieldRefusal = z.infer<typeof fieldRefusalSchema>;
export type ErrorReply = z.infer<typeof errorReplySchema>;
export type JobError = z.infer<typeof jobErrorSchema>;
export type ExtractionErrorReply = z.infer<typeof extractionErrorReplySchema>;
