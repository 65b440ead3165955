import { z } from "zod";
import { errorReplySchema } from "../contract/error-reply.ts";
import { QuernError } from "./quern-error.ts";
import { readRetryAfter } from "./read-retry-after.ts";

/** Reads a body of the shape that the contract gives it. @throws QuernError */
export function readAs<Schema extends z.ZodType>(schema: Schema) {
  return async (response: Response, server: string): Promise<z.output<Schema>> =>
    parseAs(schema, { text: await response.text(), server, status: response.status });
}

interface Source {
  readonly text: string;
  readonly server: string;
  readonly status: number;
}

/** @throws QuernError that says what is not as it is with a Quern server */
export function parseAs<Schema extends z.ZodType>(
  schema: Schema,
  { text, server, status }: Source,
): z.output<Schema> {
  const parsed = schema.safeParse(parseJson(text));
  if (parsed.success) return parsed.data;
  const [issue] = parsed.error.issues;
  const place = issue?.path.join(".") || "its answer";
  throw unexpected(`${place} is not what Quern answers`, { server, status });
}

/** @throws QuernError unless the status is 2xx */
export async function throwUnlessOk(response: Response, server: string): Promise<void> {
  if (response.ok) return;
  const { status, headers } = response;
  if (response.type === "opaqueredirect" || (status >= 300 && status < 400)) {
    const target = headers.get("location") ?? "another address";
    throw unexpected(`it leads to ${target}; use the address that is meant`, { server, status });
  }
  const parsed = anyErrorReply.safeParse(parseJson(await response.text()));
  const retryAfterMs = readRetryAfter(headers.get("retry-after"), Date.now());
  if (!parsed.success) {
    // Proxies in front of a server that is just not there have pages of their own.
    const retryable = status >= 500 || status === 429;
    throw unexpected(`status ${status}`, { server, status, retryable, retryAfterMs });
  }
  const { correlation_id: correlationId, ...facts } = parsed.data;
  throw new QuernError({ ...facts, status, correlationId, retryAfterMs });
}

/** A newer server may have codes that this version does not know. */
const anyErrorReply = errorReplySchema.extend({ code: z.string() });

interface Facts {
  readonly server: string;
  readonly status: number;
  readonly retryable?: boolean;
  readonly retryAfterMs?: number | null;
}

export function unexpected(what: string, { server, ...facts }: Facts): QuernError {
  const message = `${server} is not a Quern server, or one of another version: ${what}`;
  return new QuernError({ code: "UNEXPECTED_REPLY", message, ...facts });
}

/** Undefined, which no schema takes, where it is no JSON. */
function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    if (error instanceof SyntaxError) return undefined;
    throw error;
  }
}
