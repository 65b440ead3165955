import { addAbortSignal, type Transform } from "node:stream";
import { concatBytes } from "./concat-bytes.ts";
import { tooLargeError } from "./too-large-error.ts";

export interface UnpackLimits {
  readonly maxBytes: number;
  readonly signal: AbortSignal;
}

/**
 * What one of zlib's streams makes of the bytes, in memory of its own. The stream ends with the signal and at the
 * limit: zlib's thread then does no more than the piece that it is at.
 * @throws PageError UNPROCESSABLE_CONTENT (`too_large`), what zlib throws, and whatever `signal` is aborted with.
 */
export async function unpack(
  stream: Transform,
  bytes: Uint8Array,
  { maxBytes, signal }: UnpackLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  addAbortSignal(signal, stream).end(bytes);
  try {
    return await gather(stream, maxBytes);
  } catch (error) {
    signal.throwIfAborted();
    throw error;
  }
}

async function gather(stream: AsyncIterable<Uint8Array>, maxBytes: number) {
  const pieces: Uint8Array[] = [];
  let size = 0;
  for await (const piece of stream) {
    pieces.push(piece);
    size += piece.length;
    if (size > maxBytes) throw tooLargeError(maxBytes);
  }
  return concatBytes(pieces, size);
}
