import type { OpenApiParameter } from "./open-api-document.ts";

export type RequestHeader = keyof typeof REQUEST_HEADERS;

/** The headers that requests may have beside the key's. */
export const REQUEST_HEADERS = {
  "Idempotency-Key": {
    in: "header",
    required: false,
    description:
      "Only with `processing_mode` async: the same key with the same body within 24 hours gives the first reply again, with another body 409. 1 to 255 visible ASCII characters.",
    schema: { type: "string", minLength: 1, maxLength: 255 },
  },
  "If-None-Match": {
    in: "header",
    required: false,
    description: "The `ETag` of a state that is known: 304 while it is still that.",
    schema: { type: "string" },
  },
  "Last-Event-ID": {
    in: "header",
    required: false,
    description: "The `id` of the last event that was seen: only what came after it is sent.",
    schema: { type: "string" },
  },
} as const satisfies Record<string, Omit<OpenApiParameter, "name">>;
