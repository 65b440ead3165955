import { z } from "zod";
import { EXTRA_FORMATS, VENDOR_FORMATS } from "./format.ts";
import { JOB_STATUSES } from "./job-status.ts";
import { PAGE_TYPES, PROXY_TYPES, WAIT_EVENTS } from "./page.ts";

/** Content in the formats that were asked for. */
export const extractDataSchema = z
  .object({
    markdown: z.string().nullable().meta({
      description: "The main content as CommonMark with tables, strikethrough and task lists.",
    }),
    html: z.string().nullable().meta({
      description: "The page as served, decoded to Unicode; after rendering its DOM.",
    }),
    links: z
      .array(z.string())
      .nullable()
      .meta({ description: "Absolute http(s) links of the whole page, with `extract_links`." }),
    text: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "Plain text of the main content; only when asked for." }),
    content_html: z
      .string()
      .nullable()
      .optional()
      .meta({ description: "The main content as clean HTML; only when asked for." }),
  })
  .meta({ description: "Content in the formats that were asked for; null where not asked for." });

const proxySchema = z.object({
  country: z.string().nullable(),
  type: z.enum(PROXY_TYPES),
});

const waitConfigSchema = z.object({
  wait_until: z.enum(WAIT_EVENTS).nullable(),
  wait_for: z.string().nullable(),
  wait_timeout: z.int().nullable(),
});

const transferSchema = z
  .object({
    final_url: z.string().meta({ description: "Where the redirects led." }),
    content_type: z.string().nullable(),
    bytes: z.int().min(0).meta({ description: "Of the body after decompression." }),
    redirects: z.array(z.string()).meta({ description: "The addresses gone to, in order." }),
  })
  .meta({ description: "How the page was got." });

const pageSchema = z
  .object({
    title: z.string().nullable(),
    description: z.string().nullable(),
    author: z.string().nullable(),
    published_at: z
      .string()
      .nullable()
      .meta({ description: "ISO 8601, as exact as the page gives it." }),
    modified_at: z.string().nullable(),
    language: z.string().nullable().meta({ description: "BCP 47." }),
    site_name: z.string().nullable(),
    canonical_url: z.string().nullable(),
    image: z.string().nullable(),
    type: z.enum(PAGE_TYPES).nullable().meta({ description: "What kind of page it looks like." }),
  })
  .meta({ description: "What the page says of itself; null where it says nothing." });

const explainSchema = z
  .object({
    tries: z.int().min(1),
    stages: z.array(
      z.object({
        stage: z.string(),
        duration_ms: z.int().min(0),
        notes: z
          .array(z.string())
          .meta({ description: "What was kept or dropped and why, in words." }),
      }),
    ),
  })
  .meta({ description: "How the content was chosen; only with `explain`." });

export const extractMetadataSchema = z.object({
  url: z.string().meta({ description: "As requested, normalised." }),
  render_js: z.boolean().meta({ description: "Whether the page was read in Chromium." }),
  http_status: z.int().nullable().meta({ description: "Of the answer that was read." }),
  duration_ms: z.int().nullable().meta({ description: "All tries together." }),
  retry_count: z.int().nullable().meta({ description: "Tries minus one." }),
  formats: z
    .array(z.enum(VENDOR_FORMATS))
    .meta({ description: "Those of `markdown` and `html` that were asked for." }),
  extra_formats: z
    .array(z.enum(EXTRA_FORMATS))
    .optional()
    .meta({ description: "Those of `text` and `content_html`; only when some were asked for." }),
  processing_mode: z.enum(["sync", "async"]),
  proxy: proxySchema.optional().meta({ description: "Only when the request had one." }),
  headers: z.record(z.string(), z.string()).optional().meta({
    description: "Only when the request had some; values of sensitive names are `***`.",
  }),
  wait_config: waitConfigSchema.optional().meta({ description: "Only when the request had one." }),
  response: transferSchema,
  page: pageSchema,
  explain: explainSchema.optional(),
});

/** 200 of POST /v1/extract in sync mode. */
export const extractResponseSchema = z.object({
  data: extractDataSchema,
  metadata: extractMetadataSchema,
  tokens_charged: z.int().min(0).meta({ description: "1 for a page, 0 for a failure." }),
});

/** 202 of POST /v1/extract in async mode: the job is on disk. */
export const extractAcceptedSchema = z.object({
  job_id: z.uuid().meta({ description: "UUID v7." }),
  status: z.enum(JOB_STATUSES),
  status_url: z.string().meta({ description: "Where the job is polled." }),
  estimated_tokens: z.int().min(0),
});

export type ExtractData = z.infer<typeof extractDataSchema>;
export type ExtractMetadata = z.infer<typeof extractMetadataSchema>;
export type ExtractResponse = z.infer<typeof extractResponseSchema>;
export type ExtractAccepted = z.infer<typeof extractAcceptedSchema>;
