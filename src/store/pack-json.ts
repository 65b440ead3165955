import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from "node:zlib";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** JSON as it is kept: zstd (RFC 8878), since a page of HTML shrinks to a fifth at little cost. */
export async function packJson(value: unknown): Promise<Uint8Array> {
  const json = Buffer.from(JSON.stringify(value));
  // Below that the way to another thread costs more than the work.
  return json.byteLength < SMALL_BYTES ? zstdCompressSync(json, LEVEL) : compress(json, LEVEL);
}

export async function unpackJson(packed: Uint8Array): Promise<unknown> {
  return JSON.parse((await decompress(packed)).toString());
}

const SMALL_BYTES = 8 * 1024;
const LEVEL = { params: { [constants.ZSTD_c_compressionLevel]: 3 } };
