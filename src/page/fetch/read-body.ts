import type { EgressAnswer } from "../../egress/egress.ts";
import { concatBytes } from "./concat-bytes.ts";
import { decodeContent, parseContentEncoding } from "./content-encoding.ts";
import { SNIFFED_BYTES } from "./sniff-media-type.ts";
import { tooLargeError } from "./too-large-error.ts";

interface BodyOrder {
  readonly body: EgressAnswer["body"];
  readonly contentEncoding: string | undefined;
  /** As it comes, and after each coding that is taken off. */
  readonly maxBytes: number;
  /** Ends the unpacking; the body has its own. */
  readonly signal: AbortSignal;
  /** Sees the first bytes, early where they come as they are, and may throw to refuse the rest. */
  readonly judgeStart: (start: Uint8Array) => void;
}

/**
 * A body without its codings, in memory of its own.
 * @throws PageError NETWORK_ERROR (`decode`, `reset`), UNPROCESSABLE_CONTENT (`too_large`), and what `judgeStart` throws.
 */
export async function readBody(order: BodyOrder): Promise<Uint8Array<ArrayBuffer>> {
  const encoding = parseContentEncoding(order.contentEncoding);
  const isPlain = encoding.length === 0;
  const received = await gather(order, isPlain);
  if (isPlain) return received;
  const bytes = await decodeContent(received, encoding, order);
  order.judgeStart(bytes.subarray(0, SNIFFED_BYTES));
  return bytes;
}

async function gather(
  { body, maxBytes, judgeStart }: BodyOrder,
  isPlain: boolean,
): Promise<Uint8Array<ArrayBuffer>> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  let isJudged = !isPlain;
  for await (const chunk of body) {
    chunks.push(chunk);
    size += chunk.length;
    if (size > maxBytes) throw tooLargeError(maxBytes);
    if (isJudged || size < SNIFFED_BYTES) continue;
    judgeStart(concatBytes(chunks, SNIFFED_BYTES));
    isJudged = true;
  }
  const bytes = concatBytes(chunks, size);
  if (!isJudged) judgeStart(bytes);
  return bytes;
}
