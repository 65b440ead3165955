import { z } from "zod";

const daySchema = z.iso.datetime().meta({ description: "Midnight UTC of the day." });

/** 200 of GET /v1/statistics. Cancelled jobs don't count. */
export const statisticsSchema = z.object({
  extraction_count: z.int().min(0).meta({ description: "Completed and failed." }),
  previous_period_extraction_count: z
    .int()
    .min(0)
    .meta({ description: "Of the window of equal length before." }),
  success_rate: z
    .number()
    .min(0)
    .max(1)
    .meta({ description: "Completed of completed and failed; 0 where nothing ended." }),
  average_extraction_duration: z.int().min(0).meta({ description: "Milliseconds." }),
  period_tokens_used: z.int().min(0),
  requests: z.array(
    z.object({
      date: daySchema,
      success_request_count: z.int().min(0),
      failed_request_count: z.int().min(0),
    }),
  ),
  tokens_used: z.array(z.object({ date: daySchema, tokens_used: z.int().min(0) })),
});

/** 200 of GET /v1/usage/concurrency. */
export const concurrencyUsageSchema = z.object({
  work_concurrency_in_use: z
    .int()
    .min(0)
    .meta({ description: "Pages worked on now for this key." }),
  work_concurrency_limit: z.int().min(1),
});

export type Statistics = z.infer<typeof statisticsSchema>;
export type ConcurrencyUsage = z.infer<typeof concurrencyUsageSchema>;

/** What a key did on one day. */
export interface DailyTotals {
  /** Midnight UTC. */
  readonly day: Date;
  readonly completed: number;
  readonly failed: number;
  readonly tokens: number;
  /** All durations together. */
  readonly durationMs: number;
}
