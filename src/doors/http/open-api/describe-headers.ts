import type { OpenApiResponse } from "./open-api-document.ts";

export type ReplyHeader = keyof typeof REPLY_HEADERS;

/** The headers of a reply beside those that HTTP itself has. */
export function describeHeaders(names: readonly ReplyHeader[]): OpenApiResponse["headers"] {
  return Object.fromEntries(names.map((name) => [name, REPLY_HEADERS[name]]));
}

const REPLY_HEADERS = {
  "X-Request-Id": {
    description: "The id of this request in the log: the caller's own, or a new UUID v7.",
    schema: { type: "string" },
  },
  "X-Ignored-Fields": {
    description: "Fields of the request that Quern does not know, as dotted paths; at most 20.",
    schema: { type: "string" },
  },
  "Retry-After": {
    description: "Seconds after which the same request is worth another try.",
    schema: { type: "integer" },
  },
  ETag: {
    description: "A name of this state, for `If-None-Match`.",
    schema: { type: "string" },
  },
  "X-Result-Expires": {
    description: "Until when the result of a job that has ended is kept, as ISO 8601.",
    schema: { type: "string", format: "date-time" },
  },
} as const;
