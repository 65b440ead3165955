import { promisify } from "node:util";
import { constants, zstdCompress, zstdCompressSync, zstdDecompress } from "node:zlib";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/** Text as it is kept: zstd (RFC 8878), since a page of HTML shrinks to a fifth at little cost. */
export async function packText(text: string): Promise<Uint8Array> {
  const bytes = Buffer.from(text);
  // Below that the way to another thread costs more than the work.
  if (bytes.byteLength >= SMALL_BYTES) return compress(bytes, { params: PARAMETERS });
  // Told how little comes, it takes little memory.
  const chunkSize = Math.max(bytes.byteLength, constants.Z_MIN_CHUNK);
  return zstdCompressSync(bytes, {
    params: PARAMETERS,
    pledgedSrcSize: bytes.byteLength,
    chunkSize,
  });
}

export async function unpackText(packed: Uint8Array): Promise<string> {
  return (await decompress(packed)).toString();
}

const SMALL_BYTES = 8 * 1024;
const PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 3 };
