import type { FastifyRequest } from "fastify";

/**
 * The event that a reader has seen last. Null where it names none, or one that can't be: browsers send by themselves
 * what they saw last, wherever that was, and never ask again after a refusal.
 */
export function readLastEventId(
  { headers }: FastifyRequest,
  { newest }: { readonly newest: number },
): number | null {
  const text = headers["last-event-id"];
  if (typeof text !== "string" || !/^\d+$/.test(text)) return null;
  return Number(text) <= newest ? Number(text) : null;
}
