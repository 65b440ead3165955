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
} as const;
