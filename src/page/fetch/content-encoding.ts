import { promisify } from "node:util";
import {
  constants,
  type InputType,
  inflate,
  inflateRaw,
  type ZlibOptions,
  type ZstdOptions,
  zstdDecompress,
} from "node:zlib";
import { PageError } from "../../contract/app-error.ts";
import { BrotliError, decodeBrotli } from "./decode-brotli.ts";
import { decodeGzip } from "./decode-gzip.ts";
import { tooLargeError } from "./too-large-error.ts";

/** One coding taken off; stops as soon as there is more than `maxBytes`. */
type Decode = (bytes: Uint8Array, maxBytes: number) => Promise<Uint8Array>;

const inflateAsync = promisify<InputType, ZlibOptions, Buffer>(inflate);
const inflateRawAsync = promisify<InputType, ZlibOptions, Buffer>(inflateRaw);
const unzstdAsync = promisify<InputType, ZstdOptions, Buffer>(zstdDecompress);

/** More layers than any server needs are a way to hide a bomb. */
const MAX_LAYERS = 3;
/** RFC 9659: as a content coding, zstd may ask for a window of 8 MiB and no more. */
const ZSTD_WINDOW_LOG = 23;

const gunzip: Decode = (bytes, maxBytes) => decodeGzip(bytes, limitsOf(bytes, maxBytes));

/** HTTP means zlib's format (RFC 9110 section 8.4.1.2), but some servers send the raw stream. */
const deflated: Decode = (bytes, maxBytes) => {
  const decode = hasZlibHeader(bytes) ? inflateAsync : inflateRawAsync;
  return decode(bytes, limitsOf(bytes, maxBytes));
};

const unzstd: Decode = (bytes, maxBytes) =>
  unzstdAsync(bytes, {
    ...limitsOf(bytes, maxBytes),
    params: { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG },
  });

/** Null: the bytes are what they are. */
const CODINGS: ReadonlyMap<string, Decode | null> = new Map([
  ["", null],
  ["identity", null],
  // No codings, but said by so many servers that browsers read on.
  ["none", null],
  ["utf-8", null],
  ["gzip", gunzip],
  ["x-gzip", gunzip],
  ["deflate", deflated],
  ["zstd", unzstd],
  ["br", decodeBrotli],
]);

/** The codings of a Content-Encoding header that have to be taken off. */
export type ContentEncoding = readonly Decode[];

/** @throws PageError NETWORK_ERROR (`decode`) */
export function parseContentEncoding(header: string | undefined): ContentEncoding {
  const names = (header ?? "").split(",").map((name) => name.trim().toLowerCase());
  const layers = names.flatMap((name) => findDecode(name) ?? []);
  if (layers.length <= MAX_LAYERS) return layers;
  throw decodeError(`The body is packed in more than ${MAX_LAYERS} layers.`);
}

/**
 * The bytes of a body without its codings.
 * @throws PageError NETWORK_ERROR (`decode`), UNPROCESSABLE_CONTENT (`too_large`)
 */
export async function decodeContent(
  body: Uint8Array,
  encoding: ContentEncoding,
  maxBytes: number,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = body;
  try {
    for (const decode of encoding.toReversed()) {
      // No body at all is not a broken one, whatever the header says of it.
      if (bytes.length > 0) bytes = await decode(bytes, maxBytes);
    }
  } catch (error) {
    throw toPageError(error, maxBytes);
  }
  // What zlib returns may lie in memory that it shares out.
  return new Uint8Array(bytes);
}

function findDecode(name: string): Decode | null {
  const decode = CODINGS.get(name);
  if (decode !== undefined) return decode;
  throw decodeError(`The body is packed as ${name}, which is not known here.`);
}

const CHUNK_BYTES = { min: 16 * 1024, max: 256 * 1024 } as const;

/** Output comes in pieces: large ones cost fewer trips to zlib's thread, and small pages need none so large. */
function limitsOf(bytes: Uint8Array, maxBytes: number) {
  const chunkSize = Math.min(CHUNK_BYTES.max, Math.max(CHUNK_BYTES.min, bytes.length * 5));
  return { chunkSize, maxOutputLength: maxBytes };
}

function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  // RFC 1950: compression method 8, and a header that is a multiple of 31.
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

function toPageError(error: unknown, maxBytes: number): unknown {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  if (code === "ERR_BUFFER_TOO_LARGE") return tooLargeError(maxBytes);
  const isBroken = error instanceof BrotliError || /^(?:Z|ZSTD)_/.test(code);
  return isBroken ? decodeError("The body cannot be unpacked.", error) : error;
}

function decodeError(message: string, cause?: unknown): PageError {
  return new PageError("NETWORK_ERROR", { message, details: { reason: "decode" }, cause });
}
