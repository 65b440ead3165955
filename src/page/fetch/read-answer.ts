import { PageError } from "../../contract/app-error.ts";
import type { EgressAnswer } from "../../egress/egress.ts";
import { parseContentType } from "./content-type.ts";
import type { FetchedPage } from "./fetched-page.ts";
import { readableAs } from "./media-type.ts";
import { readBody } from "./read-body.ts";
import { saysNothing, sniffMediaType } from "./sniff-media-type.ts";
import { tooLargeError } from "./too-large-error.ts";

/** The part of a page that one answer brings. */
export type ReadAnswer = Omit<FetchedPage, "url" | "finalUrl" | "redirects">;

interface ReadLimits {
  readonly maxPageBytes: number;
  readonly signal: AbortSignal;
}

/**
 * Reads an answer's body. That of a success has to be readable and whole; that of another status is left out where
 * it is not, since the status alone says enough.
 * @throws PageError UNPROCESSABLE_CONTENT (`content_type`, `too_large`), NETWORK_ERROR (`decode`, `reset`)
 */
export async function readAnswer(answer: EgressAnswer, limits: ReadLimits): Promise<ReadAnswer> {
  const { status } = answer;
  const headers = joinHeaders(answer.headers);
  const declared = parseContentType(headers["content-type"]);
  const head = { status, headers, charset: declared?.charset ?? null };
  try {
    return {
      ...head,
      ...(await readContent(answer, headers, declared?.mediaType ?? null, limits)),
    };
  } catch (error) {
    const isSuccess = status >= 200 && status <= 299;
    if (isSuccess || limits.signal.aborted || !(error instanceof PageError)) throw error;
    return { ...head, kind: null, mediaType: declared?.mediaType ?? "", body: new Uint8Array() };
  } finally {
    answer.body.destroy();
  }
}

async function readContent(
  { body }: EgressAnswer,
  headers: Readonly<Record<string, string>>,
  declared: string | null,
  { maxPageBytes, signal }: ReadLimits,
) {
  // What the headers tell already need not be downloaded.
  if (declared !== null && !saysNothing(declared)) requireReadable(declared);
  if (Number(headers["content-length"] ?? 0) > maxPageBytes) throw tooLargeError(maxPageBytes);
  let mediaType = "";
  const bytes = await readBody({
    body,
    contentEncoding: headers["content-encoding"],
    maxBytes: maxPageBytes,
    signal,
    judgeStart: (start) => {
      mediaType = sniffMediaType(declared, start);
      requireReadable(mediaType);
    },
  });
  return { mediaType, kind: requireReadable(mediaType), body: bytes };
}

function requireReadable(mediaType: string) {
  const kind = readableAs(mediaType);
  if (kind !== null) return kind;
  throw new PageError("UNPROCESSABLE_CONTENT", {
    message: `Pages of type ${mediaType} are not read.`,
    details: { reason: "content_type", content_type: mediaType },
  });
}

function joinHeaders(headers: EgressAnswer["headers"]): Record<string, string> {
  const joined = new Map<string, string>();
  for (const [name, value] of headers) {
    const before = joined.get(name);
    joined.set(name, before === undefined ? value : `${before}, ${value}`);
  }
  return Object.fromEntries(joined);
}
