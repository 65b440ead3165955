import { readFile } from "node:fs/promises";
import { setImmediate as letOthersRun } from "node:timers/promises";
import { fileURLToPath } from "node:url";
import { concatBytes } from "./concat-bytes.ts";
import { tooLargeError } from "./too-large-error.ts";
import type { UnpackLimits } from "./unpack.ts";

type Brotli = typeof import("brotli-dec-wasm/web");
type Decoder = InstanceType<Brotli["BrotliDecStream"]>;

const OUTPUT_BYTES = 256 * 1024;
/** Input may cost time without any output: 16 KiB of empty blocks take well under a millisecond. */
const INPUT_BYTES = 16 * 1024;

/**
 * Brotli by a decoder in WebAssembly: the one in Node has an open memory-safety advisory (CVE-2026-111497).
 * It runs on the event loop, so it pauses after each piece of input and output, and sees there whether it is wanted.
 */
export async function decodeBrotli(
  bytes: Uint8Array,
  { maxBytes, signal }: UnpackLimits,
): Promise<Uint8Array<ArrayBuffer>> {
  const { BrotliDecStream, BrotliStreamResultCode } = await loadBrotli();
  const decoder = new BrotliDecStream();
  try {
    const pieces: Uint8Array[] = [];
    let size = 0;
    let rest = bytes;
    while (true) {
      signal.throwIfAborted();
      const { code, consumed, output } = decodePiece(decoder, rest.subarray(0, INPUT_BYTES));
      pieces.push(output);
      size += output.length;
      if (size > maxBytes) throw tooLargeError(maxBytes);
      if (code === BrotliStreamResultCode.ResultSuccess) return concatBytes(pieces, size);
      rest = rest.subarray(consumed);
      if (code === BrotliStreamResultCode.NeedsMoreInput && rest.length === 0)
        throw new BrotliError("It ends too early.");
      await letOthersRun();
    }
  } finally {
    decoder.free();
  }
}

/** The data is broken. */
export class BrotliError extends Error {
  override readonly name = "BrotliError";
}

function decodePiece(decoder: Decoder, input: Uint8Array) {
  try {
    const result = decoder.dec(input, OUTPUT_BYTES);
    const { code, input_offset: consumed, buf: output } = result;
    result.free();
    return { code, consumed, output };
  } catch (cause) {
    throw new BrotliError("It is not Brotli.", { cause });
  }
}

let loading: Promise<Brotli> | null = null;

/** Loaded by the first page that needs it: few servers send what they were not offered. */
function loadBrotli(): Promise<Brotli> {
  loading ??= instantiate();
  return loading;
}

async function instantiate(): Promise<Brotli> {
  const brotli = await import("brotli-dec-wasm/web");
  const file = fileURLToPath(import.meta.resolve("brotli-dec-wasm/web/bg.wasm"));
  await brotli.default({ module_or_path: await readFile(file) });
  return brotli;
}
