import assert from "node:assert/strict";
import { test } from "node:test";
import { decodeBrotli } from "./decode-brotli.ts";

/** RFC 7932: a window of 64 KiB and an empty metadata block, as many more as asked, and the last block. */
function emptyBlocks(count: number): Uint8Array {
  return Uint8Array.of(0x0c, ...new Uint8Array(count).fill(0x06), 0x03);
}

const patient = new AbortController().signal;

test("others run while much input makes no output", async () => {
  await decodeBrotli(emptyBlocks(1), { maxBytes: 1, signal: patient });
  let turns = 0;
  const count = () => {
    turns += 1;
    timer = setImmediate(count);
  };
  let timer = setImmediate(count);
  const decoded = await decodeBrotli(emptyBlocks(100_000), { maxBytes: 1, signal: patient });
  clearImmediate(timer);
  assert.equal(decoded.length, 0);
  assert.ok(turns >= 6, `${turns} turns`);
});
