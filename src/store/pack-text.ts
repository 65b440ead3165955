import { promisify } from "node:util";
import { constants, zstdCompress, zstdDecompress } from "node:zlib";

const compress = promisify(zstdCompress);
const decompress = promisify(zstdDecompress);

/**
 * JSON as it is kept: zstd (RFC 8878), since a page of HTML shrinks to a fifth at little cost. What is short stays as it
 * is: there a compressor costs more than the room that it saves.
 */
export async function packText(json: string): Promise<Uint8Array> {
  const bytes = Buffer.from(json);
  return bytes.byteLength < SHORT_BYTES ? bytes : compress(bytes, { params: PARAMETERS });
}

export async function unpackText(packed: Uint8Array): Promise<string> {
  return Buffer.from(isPacked(packed) ? await decompress(packed) : packed).toString();
}

const SHORT_BYTES = 2048;
const PARAMETERS = { [constants.ZSTD_c_compressionLevel]: 3 };
/** What every zstd frame begins with (section 3.1.1); no JSON begins so. */
const MAGIC = Buffer.from([0x28, 0xb5, 0x2f, 0xfd]);

function isPacked(bytes: Uint8Array): boolean {
  return MAGIC.equals(bytes.subarray(0, MAGIC.byteLength));
}
