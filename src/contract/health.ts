import { z } from "zod";

export const HEALTH_STATUSES = ["ok", "degraded", "unavailable"] as const;

export type HealthStatus = (typeof HEALTH_STATUSES)[number];

/** GET /health: 200 while Quern can do its work, 503 while it is stopping or its database is away. */
export const healthSchema = z.object({
  service: z.literal("quern"),
  status: z.enum(HEALTH_STATUSES),
  timestamp: z.iso.datetime(),
  version: z.string(),
});

export type Health = z.infer<typeof healthSchema>;
