import { z } from "zod";
import { DEFAULT_TIMEOUT_MS, MAX_SELECTORS_LENGTH } from "./limits.ts";
import type { PageRequest } from "./page.ts";
import {
  flagField,
  formatsField,
  headersField,
  processingModeField,
  proxyField,
  type RequestChecks,
  renderField,
  selectorsField,
  timeoutField,
  urlField,
  waitConfigField,
} from "./request-fields.ts";

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
export function createExtractRequestSchema(checks: RequestChecks) {
  return z
    .object(
      {
        url: urlField(checks),
        formats: formatsField(["html"]),
        render_js: renderField(),
        processing_mode: processingModeField(),
        proxy: proxyField(),
        headers: headersField(),
        wait_config: waitConfigField(checks),
        extract_links: flagField({
          fallback: false,
          description: "Adds the absolute http(s) links of the whole page.",
        }),
        timeout: timeoutField(),
        explain: flagField({
          fallback: false,
          description: "Adds `metadata.explain`: stages, what was kept or dropped and why.",
        }),
        only_main_content: flagField({
          fallback: true,
          description:
            "`false`: `markdown`, `text` and `content_html` hold the whole page without scripts and styles.",
        }),
        include_selectors: selectorsField(checks, "CSS selectors of what the content is"),
        exclude_selectors: selectorsField(checks, "CSS selectors of what is left out"),
      },
      { error: "Must be a JSON object with at least a url" },
    )
    .superRefine(refuseWaitWithoutBrowser, { when: canRead("render_js", "wait_config") })
    .superRefine(refuseLongSelectors, { when: canRead("include_selectors", "exclude_selectors") });
}

export function toExtractOrder(body: ExtractRequest): ExtractOrder {
  return {
    processingMode: body.processing_mode,
    asked: { proxy: body.proxy, headers: body.headers, wait_config: body.wait_config },
    page: toPageRequest(body),
  };
}

/** The two that only make sense together. */
interface WaitFields {
  readonly render_js: boolean | "auto" | null;
  readonly wait_config: object | null;
}

function refuseWaitWithoutBrowser(
  { render_js, wait_config }: WaitFields,
  context: z.core.$RefinementCtx,
): void {
  if (wait_config === null || render_js !== false) return;
  context.addIssue({
    code: "custom",
    path: ["render_js"],
    message: "wait_config needs the browser: set render_js to true",
  });
}

interface SelectorFields {
  readonly include_selectors: readonly string[];
  readonly exclude_selectors: readonly string[];
}

/** Each of them is looked for in every page: what a request may cost is bounded by their length. */
function refuseLongSelectors(
  { include_selectors, exclude_selectors }: SelectorFields,
  context: z.core.$RefinementCtx,
): void {
  const included = include_selectors.join("").length;
  if (included + exclude_selectors.join("").length <= MAX_SELECTORS_LENGTH) return;
  context.addIssue({
    code: "custom",
    path: [included > MAX_SELECTORS_LENGTH ? "include_selectors" : "exclude_selectors"],
    message: `Selectors may be ${MAX_SELECTORS_LENGTH} characters long, those of include_selectors and exclude_selectors together`,
  });
}

/** Told beside what is wrong with other fields, once these can be read. */
function canRead(...fields: readonly string[]) {
  return ({ issues }: z.core.ParsePayload): boolean => {
    const unreadable = issues.map(({ path }) => path?.[0]);
    return ![undefined, ...fields].some((field) => unreadable.includes(field));
  };
}

function toPageRequest(body: ExtractRequest): PageRequest {
  const render = toRenderMode(body);
  return {
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
      body.timeout ?? (render === "never" ? DEFAULT_TIMEOUT_MS.plain : DEFAULT_TIMEOUT_MS.rendered),
    onlyMainContent: body.only_main_content,
    includeSelectors: body.include_selectors,
    excludeSelectors: body.exclude_selectors,
    explain: body.explain,
  };
}

function toRenderMode({ render_js, wait_config }: WaitFields): PageRequest["render"] {
  if (render_js === "auto") return "auto";
  return (render_js ?? wait_config !== null) ? "always" : "never";
}
