import { finished } from "node:stream/promises";
import { promisify } from "node:util";
import { createInflateRaw, gunzip, type InputType, type ZlibOptions } from "node:zlib";

const gunzipAsync = promisify<InputType, ZlibOptions, Buffer>(gunzip);

/** Gunzips; what follows the data and is no gzip is left alone, as browsers do. */
export async function decodeGzip(bytes: Uint8Array, options: ZlibOptions): Promise<Uint8Array> {
  try {
    return await gunzipAsync(bytes, options);
  } catch (error) {
    const end = isWrongHeader(error) ? await findMemberEnd(bytes) : bytes.length;
    if (end >= bytes.length) throw error;
    return await gunzipAsync(bytes.subarray(0, end), options);
  }
}

/** Zlib says so of bytes at the beginning, and of bytes after a whole member. */
function isWrongHeader(error: unknown): boolean {
  return error instanceof Error && error.message === "incorrect header check";
}

/** CRC-32 and length of the data. */
const TRAILER_BYTES = 8;

/** Where the first member ends; the length of all where it cannot be told. */
async function findMemberEnd(bytes: Uint8Array): Promise<number> {
  const start = findDataStart(bytes);
  if (start === null) return bytes.length;
  const inflate = createInflateRaw();
  inflate.end(bytes.subarray(start));
  inflate.resume();
  await finished(inflate);
  return start + inflate.bytesWritten + TRAILER_BYTES;
}

/** RFC 1952: which fields follow the ten bytes of the header. */
const FLAG = { headerCrc: 2, extra: 4, name: 8, comment: 16 } as const;

function findDataStart(bytes: Uint8Array): number | null {
  if (bytes[0] !== 0x1f || bytes[1] !== 0x8b || bytes[2] !== 8) return null;
  const flags = bytes[3] ?? 0;
  let at = 10;
  if (flags & FLAG.extra) at += 2 + (bytes[at] ?? 0) + (bytes[at + 1] ?? 0) * 0x100;
  if (flags & FLAG.name) at = bytes.indexOf(0, at) + 1;
  if (flags & FLAG.comment) at = bytes.indexOf(0, at) + 1;
  return flags & FLAG.headerCrc ? at + 2 : at;
}
