import { createGunzip, createInflateRaw, type ZlibOptions } from "node:zlib";
import { type UnpackLimits, unpack } from "./unpack.ts";

/** Gunzips; what follows the data and is no gzip is left alone, as browsers do. */
export async function decodeGzip(
  bytes: Uint8Array,
  options: ZlibOptions,
  limits: UnpackLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  try {
    return await unpack(createGunzip(options), bytes, limits);
  } catch (error) {
    const end = isWrongHeader(error) ? await findMemberEnd(bytes, limits) : bytes.length;
    if (end >= bytes.length) throw error;
    return await unpack(createGunzip(options), bytes.subarray(0, end), limits);
  }
}

/** Zlib says so of bytes at the beginning, and of bytes after a whole member. */
function isWrongHeader(error: unknown): boolean {
  return error instanceof Error && error.message === "incorrect header check";
}

/** CRC-32 and length of the data. */
const TRAILER_BYTES = 8;

/** Where the first member ends; the length of all where it cannot be told. */
async function findMemberEnd(bytes: Uint8Array, limits: UnpackLimits): Promise<number> {
  const start = findDataStart(bytes);
  if (start === null) return bytes.length;
  const inflate = createInflateRaw();
  await unpack(inflate, bytes.subarray(start), limits);
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
