import { z } from "zod";
import { FORMATS } from "./format.ts";
import { DEFAULT_TIMEOUT_MS, MAX_TIMEOUT_MS, MIN_TIMEOUT_MS } from "./limits.ts";
import type { PageRequest } from "./page.ts";
import { judgeHeaders } from "./target-headers.ts";

/** Checks that belong to other rooms: which URL may be asked, which selector can be matched. */
export interface ExtractRequestChecks {
  /** The normalised URL, or why it is refused. */
  readonly judgeUrl: (url: string) => UrlJudgement;
  readonly isSelector: (selector: string) => boolean;
}

export type UrlJudgement =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: string; readonly message: string };

export type ExtractRequest = z.infer<ReturnType<typeof createExtractRequestSchema>>;

/** `processing_mode` beside the page that is asked for. */
export interface ExtractOrder {
  readonly processingMode: "sync" | "async";
  readonly page: PageRequest;
  /** What the caller wrote, for the answer's metadata: the page's own fields have defaults filled in. */
  readonly asked: Pick<ExtractRequest, "proxy" | "headers" | "wait_config">;
}

/**
 * The body of POST /v1/extract. Null of an optional field means its default; unknown fields are dropped
 * (see {@link listIgnoredFields}). Issues come in the order of the fields here, which is the contract's.
 */
export function createExtractRequestSchema(checks: ExtractRequestChecks) {
  const selectors = z
    .array(
      z
        .string()
        .min(1)
        .max(MAX_SELECTOR_LENGTH)
        .refine(checks.isSelector, { error: "Not a CSS selector that can be matched" }),
    )
    .max(20);
  return z
    .object({
      url: z
        .string()
        .min(1)
        .transform((url, context) => {
          const judgement = checks.judgeUrl(url);
          if (judgement.ok) return judgement.url;
          context.addIssue({
            code: "custom",
            message: judgement.message,
            params: { type: "invalid_url", reason: judgement.reason },
          });
          return z.NEVER;
        })
        .meta({ description: "Absolute http or https URL of the page.", format: "uri" }),
      formats: withDefault(
        z
          .array(z.enum(FORMATS))
          .min(1)
          .refine((formats) => new Set(formats).size === formats.length, {
            error: "Formats may not repeat",
          }),
        ["html"],
      ).meta({
        description:
          "What the answer holds: `markdown`, `text` and `content_html` are the main content, `html` is the page as served.",
      }),
      render_js: orNull(
        z.union([z.boolean(), z.literal("auto")], { error: 'Must be true, false or "auto"' }),
      ).meta({
        description:
          '`true`: read the page in Chromium. `"auto"`: only where the plain page is an empty shell. Default: true with a `wait_config`, else false.',
      }),
      processing_mode: withDefault(z.enum(["sync", "async"]), "sync").meta({
        description: "`sync`: the answer is the page. `async`: the answer is a job that is polled.",
      }),
      proxy: orNull(proxySchema()).meta({
        description: "A proxy of the operator's pool that fits; null leaves it to the operator.",
      }),
      headers: orNull(headersSchema()).meta({
        description:
          "Sent to the page's own origin. At most 50, and 16 KiB in all; connection headers are refused.",
      }),
      wait_config: orNull(waitConfigSchema(checks)).meta({
        description: "What to wait for in the browser; switches rendering on.",
      }),
      extract_links: withDefault(z.boolean(), false).meta({
        description: "Adds the absolute http(s) links of the whole page.",
      }),
      timeout: orNull(z.int().min(MIN_TIMEOUT_MS).max(MAX_TIMEOUT_MS)).meta({
        description: `Milliseconds for all tries together. Default ${DEFAULT_TIMEOUT_MS.plain}, when rendering ${DEFAULT_TIMEOUT_MS.rendered}.`,
      }),
      explain: withDefault(z.boolean(), false).meta({
        description: "Adds `metadata.explain`: stages, what was kept or dropped and why.",
      }),
      only_main_content: withDefault(z.boolean(), true).meta({
        description:
          "`false`: `markdown`, `text` and `content_html` hold the whole page without scripts and styles.",
      }),
      include_selectors: withDefault(selectors, []).meta({
        description: "CSS selectors of what the content is; at most 20.",
      }),
      exclude_selectors: withDefault(selectors, []).meta({
        description: "CSS selectors of what is left out; at most 20.",
      }),
    })
    .superRefine(
      (body, context) => {
        if (body.wait_config === null || body.render_js !== false) return;
        context.addIssue({
          code: "custom",
          path: ["render_js"],
          message: "wait_config needs the browser: set render_js to true",
        });
      },
      // Told beside what is wrong with other fields, once these two can be read.
      {
        when: ({ issues }) =>
          issues.every(
            ({ path: [field] = [] }) => field !== undefined && !CROSS_CHECKED.has(field),
          ),
      },
    );
}

export function toExtractOrder(body: ExtractRequest): ExtractOrder {
  const render = toRenderMode(body);
  return {
    processingMode: body.processing_mode,
    asked: { proxy: body.proxy, headers: body.headers, wait_config: body.wait_config },
    page: {
      url: body.url,
      formats: body.formats,
      render,
      proxy: body.proxy,
      headers: body.headers ?? {},
      wait: body.wait_config && {
        waitUntil: body.wait_config.wait_until,
        waitFor: body.wait_config.wait_for,
        waitTimeoutMs: body.wait_config.wait_timeout,
      },
      extractLinks: body.extract_links,
      timeoutMs:
        body.timeout ??
        (render === "never" ? DEFAULT_TIMEOUT_MS.plain : DEFAULT_TIMEOUT_MS.rendered),
      onlyMainContent: body.only_main_content,
      includeSelectors: body.include_selectors,
      excludeSelectors: body.exclude_selectors,
      explain: body.explain,
    },
  };
}

const MAX_SELECTOR_LENGTH = 4096;

/** Fields whose values only make sense together. */
const CROSS_CHECKED: ReadonlySet<PropertyKey> = new Set(["render_js", "wait_config"]);

function toRenderMode(body: ExtractRequest): PageRequest["render"] {
  if (body.render_js === "auto") return "auto";
  return (body.render_js ?? body.wait_config !== null) ? "always" : "never";
}

function proxySchema() {
  return z.object({
    country: orNull(
      z
        .string()
        .regex(/^[A-Za-z]{2}$/, { error: "Must be a two-letter country code" })
        .toUpperCase(),
    ).meta({ description: "Two letters (ISO 3166); null fits any country." }),
    type: withDefault(z.enum(["residential", "datacenter", "mix"]), "residential").meta({
      description: "`mix` fits either.",
    }),
  });
}

function headersSchema() {
  return z.record(z.string(), z.string()).superRefine((headers, context) => {
    for (const { name, message } of judgeHeaders(headers)) {
      context.addIssue({ code: "custom", path: name === null ? [] : [name], message });
    }
  });
}

function waitConfigSchema({ isSelector }: ExtractRequestChecks) {
  return z.object({
    wait_until: orNull(z.enum(["commit", "domcontentloaded", "load", "networkidle"])).meta({
      description: "The event to wait for first.",
    }),
    wait_for: orNull(
      z
        .string()
        .min(1)
        .max(MAX_SELECTOR_LENGTH)
        .refine((selector) => isXPath(selector) || isSelector(selector), {
          error: "Not a CSS selector, nor an XPath that starts with // or xpath=",
        }),
    ).meta({
      description: "Then the element: a CSS selector, or XPath after `//`, `(//` or `xpath=`.",
    }),
    wait_timeout: orNull(z.int().min(0).max(30_000)).meta({
      description: "Then a pause in milliseconds before the page is read.",
    }),
  });
}

function isXPath(selector: string): boolean {
  return /^(?:\/\/|\(\/\/|xpath=)/.test(selector);
}

/** Absent and null alike become `fallback`. */
function withDefault<Schema extends z.ZodType>(schema: Schema, fallback: z.output<Schema>) {
  return schema
    .nullish()
    .transform((value): z.output<Schema> => value ?? fallback)
    .meta({ default: fallback });
}

function orNull<Schema extends z.ZodType>(schema: Schema) {
  return schema
    .nullish()
    .transform((value): z.output<Schema> | null => value ?? null)
    .meta({ default: null });
}
