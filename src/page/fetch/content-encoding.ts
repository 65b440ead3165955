import { constants, createInflate, createInflateRaw, createZstdDecompress } from "node:zlib";
import { PageError } from "../../contract/app-error.ts";
import { BrotliError, decodeBrotli } from "./decode-brotli.ts";
import { decodeGzip } from "./decode-gzip.ts";
import { type UnpackLimits, unpack } from "./unpack.ts";

/** One coding taken off, in memory of its own; stops at the limit, and when the signal says so. */
type Decode = (bytes: Uint8Array, limits: UnpackLimits) => Promise<Uint8Array<ArrayBuffer>>;

/** More layers than any server needs are a way to hide a bomb. */
const MAX_LAYERS = 3;
/** RFC 9659: as a content coding, zstd may ask for a window of 8 MiB and no more. */
const ZSTD_WINDOW_LOG = 23;

const gunzip: Decode = (bytes, limits) => decodeGzip(bytes, piecesOf(bytes), limits);

/** HTTP means zlib's format (RFC 9110 section 8.4.1.2), but some servers send the raw stream. */
const deflated: Decode = (bytes, limits) => {
  const create = hasZlibHeader(bytes) ? createInflate : createInflateRaw;
  return unpack(create(piecesOf(bytes)), bytes, limits);
};

const unzstd: Decode = (bytes, limits) => {
  const params = { [constants.ZSTD_d_windowLogMax]: ZSTD_WINDOW_LOG };
  return unpack(createZstdDecompress({ ...piecesOf(bytes), params }), bytes, limits);
};

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
 * @throws PageError NETWORK_ERROR (`decode`), UNPROCESSABLE_CONTENT (`too_large`), and whatever the signal is aborted with.
 */
export async function decodeContent(
  body: Uint8Array<ArrayBuffer>,
  encoding: ContentEncoding,
  limits: UnpackLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  let bytes = body;
  try {
    for (const decode of encoding.toReversed()) {
      // No body at all is not a broken one, whatever the header says of it.
      if (bytes.length > 0) bytes = await decode(bytes, limits);
    }
  } catch (error) {
    throw isBroken(error) ? decodeError("The body cannot be unpacked.", error) : error;
  }
  return bytes;
}

function findDecode(name: string): Decode | null {
  const decode = CODINGS.get(name);
  if (decode !== undefined) return decode;
  throw decodeError(`The body is packed as ${name}, which is not known here.`);
}

const CHUNK_BYTES = { min: 16 * 1024, max: 256 * 1024 } as const;

/** Output comes in pieces: large ones cost fewer trips to zlib's thread, and small pages need none so large. */
function piecesOf(bytes: Uint8Array) {
  return { chunkSize: Math.min(CHUNK_BYTES.max, Math.max(CHUNK_BYTES.min, bytes.length * 5)) };
}

function hasZlibHeader([method = 0, flags = 0]: Uint8Array): boolean {
  // RFC 1950: compression method 8, and a header that is a multiple of 31.
  return (method & 0x0f) === 8 && ((method << 8) | flags) % 31 === 0;
}

function isBroken(error: unknown): boolean {
  const code = error instanceof Error && "code" in error ? String(error.code) : "";
  return error instanceof BrotliError || /^(?:Z|ZSTD)_/.test(code);
}

function decodeError(message: string, cause?: unknown): PageError {
  return new PageError("NETWORK_ERROR", { message, details: { reason: "decode" }, cause });
}
