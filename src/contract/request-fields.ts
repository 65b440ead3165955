import { z } from "zod";
import { FORMATS, type Format } from "./format.ts";
import {
  DEFAULT_TIMEOUT_MS,
  MAX_SELECTORS_LENGTH,
  MAX_TARGET_HEADERS,
  MAX_TIMEOUT_MS,
  MIN_TIMEOUT_MS,
} from "./limits.ts";
import { PROXY_TYPES, WAIT_EVENTS } from "./page.ts";
import { judgeHeaders } from "./target-headers.ts";

// The fields that requests for pages share. Each says what it is for, in the words of the reference, and in one
// sentence what is allowed: whatever is wrong with a value, its caller is told the same.

/** Checks that belong to other rooms: which URL may be asked, which selector can be matched. */
export interface RequestChecks {
  /** The normalised URL, or why it is refused. */
  readonly judgeUrl: (url: string) => UrlJudgement;
  readonly isSelector: (selector: string) => boolean;
}

export type UrlJudgement =
  | { readonly ok: true; readonly url: string }
  | { readonly ok: false; readonly reason: string; readonly message: string };

export function urlField({ judgeUrl }: RequestChecks) {
  const error = "Must be an absolute http or https URL";
  return z
    .string({ error })
    .min(1, { error })
    .transform((url, context) => {
      const judgement = judgeUrl(url);
      if (judgement.ok) return judgement.url;
      context.addIssue({
        code: "custom",
        message: judgement.message,
        params: { type: "invalid_url", reason: judgement.reason },
      });
      return z.NEVER;
    })
    .meta({ description: "Absolute http or https URL of the page.", format: "uri" });
}

export function formatsField(fallback: Format[]) {
  const error = `Must be a list of one or more of ${FORMATS.join(", ")}, each at most once`;
  const formats = z
    .array(z.enum(FORMATS, { error: mustBeOneOf(FORMATS) }), { error })
    .min(1, { error })
    .refine((list) => new Set(list).size === list.length, { error });
  return withDefault(formats, fallback).meta({
    description:
      "What the answer holds: `markdown`, `text` and `content_html` are the main content, `html` is the page as served.",
  });
}

export function renderField() {
  const render = z.union([z.boolean(), z.literal("auto")], {
    error: 'Must be true, false or "auto"',
  });
  return orNull(render).meta({
    description:
      '`true`: read the page in Chromium. `"auto"`: only where the plain page is an empty shell. Default: true with a `wait_config`, else false.',
  });
}

const PROCESSING_MODES = ["sync", "async"] as const;

export function processingModeField() {
  return withDefault(
    z.enum(PROCESSING_MODES, { error: mustBeOneOf(PROCESSING_MODES) }),
    "sync",
  ).meta({
    description: "`sync`: the answer is the page. `async`: the answer is a job that is polled.",
  });
}

export function proxyField() {
  const error = "Must be a two-letter country code";
  const country = z
    .string({ error })
    .regex(/^[A-Za-z]{2}$/, { error })
    .toUpperCase();
  const type = z.enum(PROXY_TYPES, { error: mustBeOneOf(PROXY_TYPES) });
  const proxy = z.object(
    {
      country: orNull(country).meta({
        description: "Two letters (ISO 3166); null fits any country.",
      }),
      type: withDefault(type, "residential").meta({ description: "`mix` fits either." }),
    },
    { error: mustHold(["country", "type"]) },
  );
  return orNull(proxy).meta({
    description: "A proxy of the operator's pool that fits; null leaves it to the operator.",
  });
}

export function headersField() {
  const value = z.string({ error: "Must be text, the header's value" });
  const headers = z
    .record(z.string(), value, {
      error: `Must be an object of at most ${MAX_TARGET_HEADERS} header names with their values`,
    })
    .superRefine((record, context) => {
      for (const { name, message } of judgeHeaders(record)) {
        context.addIssue({ code: "custom", path: name === null ? [] : [name], message });
      }
    });
  return orNull(headers).meta({
    description:
      "Sent to the page's own origin. At most 50, and 16 KiB in all; connection headers are refused.",
  });
}

export function waitConfigField({ isSelector }: RequestChecks) {
  const waitFor = selector((text) => isXPath(text) || isSelector(text), {
    error: `Must be a CSS selector, or an XPath that starts with //, (// or xpath=, of 1 to ${MAX_SELECTOR_LENGTH} characters`,
  });
  const waitConfig = z.object(
    {
      wait_until: orNull(z.enum(WAIT_EVENTS, { error: mustBeOneOf(WAIT_EVENTS) })).meta({
        description: "The event to wait for first.",
      }),
      wait_for: orNull(waitFor).meta({
        description: "Then the element: a CSS selector, or XPath after `//`, `(//` or `xpath=`.",
      }),
      wait_timeout: orNull(wholeNumber({ min: 0, max: 30_000 })).meta({
        description: "Then a pause in milliseconds before the page is read.",
      }),
    },
    { error: mustHold(["wait_until", "wait_for", "wait_timeout"]) },
  );
  return orNull(waitConfig).meta({
    description: "What to wait for in the browser; switches rendering on.",
  });
}

export function timeoutField() {
  return orNull(wholeNumber({ min: MIN_TIMEOUT_MS, max: MAX_TIMEOUT_MS })).meta({
    description: `Milliseconds for all tries together. Default ${DEFAULT_TIMEOUT_MS.plain}, when rendering ${DEFAULT_TIMEOUT_MS.rendered}.`,
  });
}

export function flagField({ fallback, description }: { fallback: boolean; description: string }) {
  return withDefault(z.boolean({ error: "Must be true or false" }), fallback).meta({ description });
}

export function selectorsField({ isSelector }: RequestChecks, description: string) {
  const error = `Must be a list of at most ${MAX_SELECTORS} CSS selectors`;
  const css = selector(isSelector, {
    error: `Must be a CSS selector that can be matched, of 1 to ${MAX_SELECTOR_LENGTH} characters`,
  });
  return withDefault(z.array(css, { error }).max(MAX_SELECTORS, { error }), []).meta({
    description: `${description}; at most ${MAX_SELECTORS}, of ${MAX_SELECTORS_LENGTH} characters together with the other list.`,
  });
}

const MAX_SELECTORS = 20;
const MAX_SELECTOR_LENGTH = 4096;
/** Each level of `:is()` and `:not()` makes compiling dearer. */
const MAX_SELECTOR_DEPTH = 10;

function selector(canBeMatched: (text: string) => boolean, { error }: { error: string }) {
  return z
    .string({ error })
    .min(1, { error, abort: true })
    .max(MAX_SELECTOR_LENGTH, { error, abort: true })
    .refine((text) => depthOf(text) <= MAX_SELECTOR_DEPTH, {
      error: `Parentheses may be nested ${MAX_SELECTOR_DEPTH} deep at most`,
      abort: true,
    })
    .refine(canBeMatched, { error });
}

/** What may hide that a parenthesis closes nothing: then only the opening ones count. */
const MAY_HIDE = /["'\\]|\/\*/;

function depthOf(text: string): number {
  const closing = MAY_HIDE.test(text) ? 0 : 1;
  let depth = 0;
  let deepest = 0;
  for (const character of text) {
    if (character === "(") depth += 1;
    else if (character === ")") depth -= closing;
    deepest = Math.max(deepest, depth);
  }
  return deepest;
}

function isXPath(text: string): boolean {
  return /^(?:\/\/|\(\/\/|xpath=)/.test(text);
}

function wholeNumber({ min, max }: { min: number; max: number }) {
  const error = `Must be a whole number from ${min} to ${max}`;
  return z.int({ error }).min(min, { error }).max(max, { error });
}

function mustBeOneOf(words: readonly string[]): string {
  return `Must be one of ${words.join(", ")}`;
}

function mustHold(fields: readonly string[]): string {
  return `Must be an object that may hold ${fields.join(", ")}`;
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
